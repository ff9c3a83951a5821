import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock, FairSlots, HOUR, QueueFullError, iso } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import type { Identity } from '../auth/identity';
import { newId } from '../auth/secret';
import { ApiException } from '../http/api-exception';
import type { Channel } from './channel';
import { ChannelsService } from './channels.service';
import { DeliveriesRepository } from './deliveries.repository';
import type { ChannelListQueryDto } from './dto/channel-request.dto';
import type { DeliveriesDto, OneDeliveryDto } from './dto/channel-response.dto';
import type { NotificationLinks } from './notification';
import { type NotificationRow, NotificationsRepository } from './notifications.repository';
import { AttemptLog } from './outbox/attempt-log';
import { Attempts } from './outbox/attempts';
import { toDeliveryDto } from './to-dto';

/** Attempts that calls wait for, each for as long as its receiver takes. */
const SLOTS = { slots: 8, slotsPerAccount: 2, waiting: 32, waitingPerAccount: 4 };

const RETRY_AFTER_SECONDS = 5;

/** Lists the attempts of a channel, and makes one while a call waits: a test, or an old message again. */
@Injectable()
export class DeliveriesService implements BeforeApplicationShutdown {
  private readonly slots = new FairSlots(SLOTS);
  private readonly stopped = new AbortController();

  constructor(
    private readonly channels: ChannelsService,
    private readonly deliveries: DeliveriesRepository,
    private readonly notifications: NotificationsRepository,
    private readonly attempts: Attempts,
    private readonly log: AttemptLog,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped.abort(new ApiException('OVERLOADED', 'The service stops; try again.'));
  }

  /** @param signal fires when the client has disconnected @throws ApiException CHANNEL_NOT_FOUND; OVERLOADED when too many reads wait */
  async list(caller: Identity, id: string, query: ChannelListQueryDto, signal: AbortSignal): Promise<DeliveriesDto> {
    const { accountId, limit, offset } = query;
    const scope = caller.scope(accountId);
    const channel = this.channels.find(scope, id);
    const { deliveries, total } = await this.gate.run(scope, signal, (gated, limits) =>
      this.deliveries.ofChannel(channel.id, { limit, offset }, { signal: gated, limits }),
    );
    return {
      success: true,
      deliveries: deliveries.map(toDeliveryDto),
      pagination: { total, limit, offset, hasMore: offset + deliveries.length < total },
      timestamp: iso(this.clock.now()),
    };
  }

  /**
   * Sends a test message, also to a channel that is disabled, and says what came of it. It is not repeated.
   * @param links as in a message of an alert
   * @throws ApiException CHANNEL_NOT_FOUND; OVERLOADED when too many attempts wait, or what came of it cannot be stored
   */
  async test(caller: Identity, id: string, links: NotificationLinks, signal: AbortSignal): Promise<OneDeliveryDto> {
    const channel = this.channels.find(caller.scope(undefined), id);
    const at = this.clock.now();
    const row: NotificationRow = {
      id: newId('msg_'),
      channelId: channel.id,
      accountId: channel.accountId,
      alertId: '',
      kind: 'test',
      at,
      version: 1,
      status: 'failed',
      attempts: 0,
      lastAttemptAt: null,
      nextAttemptAt: null,
      message: JSON.stringify({ ...sampleOf(channel, at), links }),
    };
    return this.attempt(channel, row, signal);
  }

  /**
   * Sends the message of an attempt again, under the same id.
   * @throws ApiException CHANNEL_NOT_FOUND; NOT_FOUND for an attempt that the log does not have; OVERLOADED as `test`
   */
  async replay(caller: Identity, id: string, deliveryId: string, signal: AbortSignal): Promise<OneDeliveryDto> {
    const channel = this.channels.find(caller.scope(undefined), id);
    const delivery = await this.deliveries.find(channel.id, deliveryId);
    const row = delivery && (await this.notifications.find({ ...delivery, id: delivery.notificationId }));
    if (row === undefined) {
      throw new ApiException(
        'NOT_FOUND',
        `There is no such delivery; GET /alerts/channels/${id}/deliveries lists them.`,
      );
    }
    return this.attempt(channel, row, signal);
  }

  private async attempt(channel: Channel, row: NotificationRow, signal: AbortSignal): Promise<OneDeliveryDto> {
    const release = await this.slots.take(channel.accountId, signal).catch((error: unknown) => {
      if (!(error instanceof QueueFullError)) throw error;
      throw new ApiException(
        'OVERLOADED',
        'Too many messages are being sent by hand; try again.',
        undefined,
        RETRY_AFTER_SECONDS,
      );
    });
    try {
      const { delivery } = await this.attempts.make(channel, row, this.stopped.signal);
      const { delivered, attempt, at } = delivery;
      const state = { attempts: attempt, lastAttemptAt: at, version: Math.max(this.clock.now(), row.version + 1) };
      // What is delivered need not be sent any more; what is not stays as it was.
      const ended = delivered ? ({ status: 'delivered', nextAttemptAt: null } as const) : {};
      await this.log.store([{ ...row, ...state, ...ended }], [delivery]);
      return { success: true, delivery: toDeliveryDto(delivery), timestamp: iso(this.clock.now()) };
    } finally {
      release();
    }
  }
}

/** An alert as it could be, marked by its ids and names. */
function sampleOf({ accountId, id }: Channel, at: number): { alert: object; rule: object } {
  const [from, to] = [iso(at - HOUR), iso(at)];
  const name = 'Test message';
  const alert = {
    id: 'alr_test',
    ruleId: 'rul_test',
    ruleName: name,
    accountId,
    group: {},
    severity: 'low',
    state: 'firing',
    reason: 'Somebody tests this channel; nothing is wrong.',
    value: 0,
    threshold: 0,
    window: { from, to },
    startedAt: to,
    firingAt: to,
    resolvedAt: null,
    acknowledgedAt: null,
    silenced: false,
    evidence: { usage: `/usage?from=${from}&to=${to}`, requests: 0 },
    notifications: [],
  };
  return { alert, rule: { id: 'rul_test', accountId, name, metric: 'requests', channels: [id] } };
}
