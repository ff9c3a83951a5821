/** Reads and writes the table `alert_deliveries`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions, type Row, toDateTime } from '@meterhouse/clickhouse';
import type { Delivery } from './delivery';
import { toKind } from './notifications.repository';

const COLUMNS = `
    channel_id, id, account_id, alert_id, notification_id,
    toUnixTimestamp64Milli(at) AS at_ms,
    toString(kind) AS kind_name,
    attempt, delivered, status_code, duration_ms, answer, error`;

@Injectable()
export class DeliveriesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Stores attempts; doing it again changes nothing. @throws StorageFailure */
  async insert(deliveries: readonly Delivery[]): Promise<void> {
    const lines = deliveries.map((delivery) =>
      JSON.stringify({
        channel_id: delivery.channelId,
        at: toDateTime(delivery.at),
        id: delivery.id,
        account_id: delivery.accountId,
        alert_id: delivery.alertId,
        notification_id: delivery.notificationId,
        kind: delivery.kind,
        attempt: delivery.attempt,
        delivered: delivery.delivered,
        status_code: delivery.statusCode,
        duration_ms: delivery.durationMs,
        answer: delivery.answer.toWellFormed(),
        error: delivery.error.toWellFormed(),
      }),
    );
    await this.clickhouse.insert(
      'INSERT INTO alert_deliveries SETTINGS async_insert = 0 FORMAT JSONEachRow',
      lines.join('\n'),
    );
  }

  /** A page of a channel's attempts, the newest first, and how many there are. */
  async ofChannel(
    channelId: string,
    { limit, offset }: { limit: number; offset: number },
    options: ReadOptions,
  ): Promise<{ deliveries: Delivery[]; total: number }> {
    const [rows, [counted]] = await Promise.all([
      this.clickhouse.query(
        `
        SELECT ${COLUMNS}
        FROM alert_deliveries FINAL
        WHERE channel_id = {channelId:String}
        ORDER BY at DESC, id DESC
        LIMIT {limit:UInt32} OFFSET {offset:UInt32}
        `,
        { channelId, limit, offset },
        options,
      ),
      this.clickhouse.query(
        'SELECT count() AS total FROM alert_deliveries FINAL WHERE channel_id = {channelId:String}',
        { channelId },
        options,
      ),
    ]);
    return { deliveries: rows.map(toDelivery), total: counted?.number('total') ?? 0 };
  }

  /** One attempt of a channel; undefined where there is none. */
  async find(channelId: string, id: string): Promise<Delivery | undefined> {
    const [row] = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}
      FROM alert_deliveries FINAL
      WHERE channel_id = {channelId:String} AND id = {id:String}
      `,
      { channelId, id },
    );
    return row && toDelivery(row);
  }

  /** The last attempt of each channel that has one, of those within 30 days. */
  async lastOf(channelIds: readonly string[], options: ReadOptions = {}): Promise<Map<string, Delivery>> {
    const rows = await this.clickhouse.query(
      `
      SELECT ${COLUMNS}
      FROM alert_deliveries
      WHERE channel_id IN {channelIds:Array(String)}
      ORDER BY channel_id, at DESC, id DESC
      LIMIT 1 BY channel_id
      `,
      { channelIds: [...channelIds] },
      options,
    );
    return new Map(rows.map(toDelivery).map((delivery) => [delivery.channelId, delivery]));
  }

  /** When the first attempt of a channel failed after which none was delivered; null where the last was. @param since epoch milliseconds */
  async failingSince(channelId: string, since: number): Promise<number | null> {
    const [row] = await this.clickhouse.query(
      `
      WITH (
          SELECT max(at) FROM alert_deliveries WHERE channel_id = {channelId:String} AND delivered
      ) AS last_delivered
      SELECT toUnixTimestamp64Milli(minOrNull(at)) AS first_failed_ms
      FROM alert_deliveries
      WHERE channel_id = {channelId:String}
          AND NOT delivered
          AND at > last_delivered
          AND at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      `,
      { channelId, since },
    );
    return row?.numberOrNull('first_failed_ms') ?? null;
  }
}

function toDelivery(row: Row): Delivery {
  return {
    id: row.string('id'),
    channelId: row.string('channel_id'),
    accountId: row.string('account_id'),
    alertId: row.string('alert_id'),
    notificationId: row.string('notification_id'),
    kind: toKind(row.string('kind_name')),
    attempt: row.number('attempt'),
    at: row.number('at_ms'),
    delivered: row.boolean('delivered'),
    statusCode: row.numberOrNull('status_code'),
    durationMs: row.number('duration_ms'),
    answer: row.string('answer'),
    error: row.string('error'),
  };
}
