import { Injectable } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import { newId } from '../../auth/secret';
import type { Channel, ChannelSecrets } from '../channel';
import type { Delivery } from '../delivery';
import type { NotificationLinks } from '../notification';
import type { NotificationRow } from '../notifications.repository';
import { SecretBox, UnreadableSecretsError } from '../secret-box';
import { type Message, type Outcome, failure } from '../senders/sender';
import { Senders } from '../senders/senders';

/** Makes attempts: reads what a channel is sent with, sends, and says what the log shows of it. */
@Injectable()
export class Attempts {
  constructor(
    private readonly senders: Senders,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** One attempt; nothing is stored. @throws the signal's reason, and nothing else */
  async make(
    channel: Channel,
    row: NotificationRow,
    signal: AbortSignal,
  ): Promise<{ outcome: Outcome; delivery: Delivery }> {
    const at = this.clock.now();
    const began = performance.now();
    const outcome = await this.send(channel, row, at, signal);
    const { delivered, statusCode, answer, error } = outcome;
    const delivery = {
      id: newId('dlv_'),
      channelId: channel.id,
      accountId: channel.accountId,
      alertId: row.alertId,
      notificationId: row.id,
      kind: row.kind,
      attempt: row.attempts + 1,
      at,
      delivered,
      statusCode,
      durationMs: Math.round(performance.now() - began),
      answer,
      error,
    };
    return { outcome, delivery };
  }

  private async send(channel: Channel, row: NotificationRow, attemptAt: number, signal: AbortSignal): Promise<Outcome> {
    let secrets: ChannelSecrets;
    try {
      secrets = this.box.open(channel.id, channel.sealed);
    } catch (error) {
      if (error instanceof UnreadableSecretsError) return failure(error);
      throw error;
    }
    return this.senders.send(channel.type, messageOf(row, attemptAt), secrets, signal);
  }
}

function messageOf({ id, accountId, alertId, kind, at, message }: NotificationRow, attemptAt: number): Message {
  // `NotificationsService` and `DeliveriesService` wrote it.
  const { alert, rule, links } = JSON.parse(message) as {
    alert: Record<string, unknown>;
    rule: Record<string, unknown>;
    links: NotificationLinks;
  };
  return { id, accountId, alertId, kind, at, attemptAt, alert, rule, links };
}
