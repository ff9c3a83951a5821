import { Injectable } from '@nestjs/common';
import { Clock, isoOrNull } from '@meterhouse/common';
import type { AlertNotification, NotificationStatus } from './notification';
import { Outbox } from './outbox/outbox';
import { type NotificationRow, NotificationsRepository } from './notifications.repository';

export type { AlertNotification, NotificationStatus } from './notification';

/** It is signed as `id.timestamp.body`, so that it holds no dot. */
const NOTIFICATION_ID = /^[\w-]{1,128}$/;

/** Takes what alerts have to tell channels; the outbox sends it. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly repository: NotificationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves once the notifications are durable; they are sent from then on, at least once, in the order of `at` for each
   * alert and channel. One that is added again is not sent again.
   * @throws StorageFailure when ClickHouse does not take them: add them again
   */
  async enqueue(list: readonly AlertNotification[]): Promise<void> {
    if (list.length === 0) return;
    const now = this.clock.now();
    const rows = list.map((notification) => toRow(notification, now));
    await this.repository.insert(rows);
    this.outbox.add(rows);
  }

  /** What has become of the notifications of some alerts of an account, in the order in which they are sent. */
  async ofAlerts(accountId: string, alertIds: readonly string[]): Promise<Map<string, NotificationStatus[]>> {
    const statuses = new Map<string, NotificationStatus[]>(alertIds.map((id) => [id, []]));
    if (alertIds.length === 0) return statuses;
    for (const { alertId, channelId, kind, status, attempts, lastAttemptAt } of await this.repository.ofAlerts(
      accountId,
      alertIds,
    )) {
      if (kind === 'test' || kind === 'channelDisabled') continue;
      statuses.get(alertId)?.push({ channelId, kind, status, attempts, lastAttemptAt: isoOrNull(lastAttemptAt) });
    }
    return statuses;
  }
}

function toRow(
  { id, channelId, accountId, alertId, kind, at, alert, rule, links }: AlertNotification,
  now: number,
): NotificationRow {
  if (!NOTIFICATION_ID.test(id)) throw new Error(`The id of a notification is not ${NOTIFICATION_ID}: ${id}`);
  return {
    id,
    channelId,
    accountId,
    alertId,
    kind,
    at: at.getTime(),
    version: 1,
    status: 'pending',
    attempts: 0,
    lastAttemptAt: null,
    // At once, though another clock may be ahead.
    nextAttemptAt: Math.min(at.getTime(), now),
    message: JSON.stringify({ alert, rule, links }),
  };
}
