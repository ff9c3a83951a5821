/** Reads and writes the table `alert_notifications`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row, toDateTime } from '@meterhouse/clickhouse';
import {
  type DeliveryStatus,
  MESSAGE_KINDS,
  NOTIFICATION_STATUSES,
  type MessageKind,
  type StoredNotification,
} from './notification';

/** A notification with its message: JSON of `{alert, rule, links}`. */
export interface NotificationRow extends StoredNotification {
  message: string;
}

/** Names a notification and where it is found. */
export type NotificationRef = Pick<StoredNotification, 'accountId' | 'alertId' | 'channelId' | 'id'>;

const COLUMNS = `
    account_id, alert_id, channel_id, id, version,
    toString(kind) AS kind_name,
    toUnixTimestamp64Milli(at) AS at_ms,
    toString(status) AS status_name,
    attempts,
    toUnixTimestamp64Milli(last_attempt_at) AS last_attempt_ms,
    toUnixTimestamp64Milli(next_attempt_at) AS next_attempt_ms`;

@Injectable()
export class NotificationsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Stores versions of notifications; doing it again changes nothing. @throws StorageFailure */
  async insert(rows: readonly NotificationRow[]): Promise<void> {
    const lines = rows.map((row) =>
      JSON.stringify({
        account_id: row.accountId,
        alert_id: row.alertId,
        channel_id: row.channelId,
        id: row.id,
        version: row.version,
        kind: row.kind,
        at: toDateTime(row.at),
        message: row.message,
        status: row.status,
        attempts: row.attempts,
        last_attempt_at: toDateTime(row.lastAttemptAt),
        next_attempt_at: toDateTime(row.nextAttemptAt),
      }),
    );
    await this.clickhouse.insert(
      'INSERT INTO alert_notifications SETTINGS async_insert = 0 FORMAT JSONEachRow',
      lines.join('\n'),
    );
  }

  /** Those that are still to be sent, the oldest first. */
  async pending(limit: number): Promise<StoredNotification[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}
      FROM alert_notifications FINAL
      WHERE next_attempt_at IS NOT NULL
      ORDER BY at, id
      LIMIT {limit:UInt32}
      `,
      { limit },
    );
    return rows.map(toNotification);
  }

  /** Every notification of some alerts of an account, in the order in which they are sent. */
  async ofAlerts(accountId: string, alertIds: readonly string[]): Promise<StoredNotification[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}
      FROM alert_notifications FINAL
      WHERE account_id = {accountId:String} AND alert_id IN {alertIds:Array(String)}
      ORDER BY alert_notifications.at, channel_id, id
      `,
      { accountId, alertIds: [...alertIds] },
    );
    return rows.map(toNotification);
  }

  /** One notification with its message; undefined where there is none any more. */
  async find({ accountId, alertId, channelId, id }: NotificationRef): Promise<NotificationRow | undefined> {
    const [row] = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}, message
      FROM alert_notifications FINAL
      WHERE account_id = {accountId:String} AND alert_id = {alertId:String}
          AND channel_id = {channelId:String} AND id = {id:String}
      `,
      { accountId, alertId, channelId, id },
    );
    return row && { ...toNotification(row), message: row.string('message') };
  }
}

function toNotification(row: Row): StoredNotification {
  return {
    accountId: row.string('account_id'),
    alertId: row.string('alert_id'),
    channelId: row.string('channel_id'),
    id: row.string('id'),
    version: row.number('version'),
    kind: toKind(row.string('kind_name')),
    at: row.number('at_ms'),
    status: oneOf<DeliveryStatus>(NOTIFICATION_STATUSES, row.string('status_name')),
    attempts: row.number('attempts'),
    lastAttemptAt: row.numberOrNull('last_attempt_ms'),
    nextAttemptAt: row.numberOrNull('next_attempt_ms'),
  };
}

export function toKind(text: string): MessageKind {
  return oneOf<MessageKind>(MESSAGE_KINDS, text);
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((word) => word === text);
  if (found === undefined) throw new Error(`A notification has an unknown word ${JSON.stringify(text)}.`);
  return found;
}
