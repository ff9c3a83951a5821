import { Injectable, Logger } from '@nestjs/common';
import { Clock, DAY } from '@meterhouse/common';
import type { Channel } from './channel';
import { ChannelRegistry } from './channel-registry';
import { DeliveriesRepository } from './deliveries.repository';
import type { NotificationLinks } from './notification';
import { type NotificationRow, NotificationsRepository } from './notifications.repository';
import type { Outcome } from './senders/sender';

/** A channel that only failed for so long is disabled. */
export const MAX_FAILING_MS = 5 * DAY;

/** Disables channels that are there no more, and tells the others of their accounts. */
@Injectable()
export class ChannelHealth {
  private readonly logger = new Logger('AlertChannels');

  constructor(
    private readonly registry: ChannelRegistry,
    private readonly deliveries: DeliveriesRepository,
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * To be called after an attempt that failed, once that is in the log.
   * @param row what was to be delivered
   * @returns what the account's other channels are told, where the channel was disabled: it is stored
   * @throws StorageFailure
   */
  async failed(channel: Channel, { gone, error }: Outcome, row: NotificationRow): Promise<NotificationRow[]> {
    if (gone) return this.disable(channel, 'Its target answered 410 Gone.', row);
    // Since it was changed, it has not been tried for long.
    const since = await this.deliveries.failingSince(channel.id, channel.updatedAt);
    if (since === null || this.clock.now() - since < MAX_FAILING_MS) return [];
    return this.disable(channel, `Nothing was delivered for ${MAX_FAILING_MS / DAY} days. ${error}`, row);
  }

  private async disable(
    channel: Channel,
    disabledReason: string,
    { message }: NotificationRow,
  ): Promise<NotificationRow[]> {
    const { id, version, accountId } = channel;
    const known = this.registry.find(accountId, id);
    if (!known?.enabled || known.version !== version) return [];
    const { links } = JSON.parse(message) as { links: NotificationLinks };
    const now = this.clock.now();
    const notices = this.registry
      .list(accountId)
      .filter((other) => other.enabled && other.id !== id)
      .map((other) => noticeOf(channel, disabledReason, other.id, links, now));
    // Before it is disabled: after a crash in between both are done again, and the ids are the same.
    if (notices.length > 0) await this.notifications.insert(notices);
    await this.registry.write(id, () => {
      const present = this.registry.find(null, id);
      // Changed meanwhile: it deserves another try.
      if (!present?.enabled || present.version !== version) return undefined;
      this.logger.warn(`Disabled channel ${id} of account ${present.accountId}: ${disabledReason}`);
      return { ...present, enabled: false, disabledReason };
    });
    return notices;
  }
}

/** @param links of the message that was not delivered: the service is where they lead */
function noticeOf(
  { id, version, accountId, name, type, shown }: Channel,
  disabledReason: string,
  channelId: string,
  links: NotificationLinks,
  now: number,
): NotificationRow {
  const origin = URL.canParse(links.dashboard) ? new URL(links.dashboard).origin : '';
  return {
    id: `msg_disabled-${id}-${version}-${channelId}`,
    channelId,
    accountId,
    alertId: '',
    kind: 'channelDisabled',
    at: now,
    version: 1,
    status: 'pending',
    attempts: 0,
    lastAttemptAt: null,
    nextAttemptAt: now,
    message: JSON.stringify({
      alert: { id, accountId, name, type, target: shown, enabled: false, disabledReason },
      rule: {},
      links: { dashboard: `${origin}/app/alerts`, usage: `${origin}/alerts/channels/${id}/deliveries` },
    }),
  };
}
