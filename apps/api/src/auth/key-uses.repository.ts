/** Reads and writes the table `key_uses`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, toDateTime } from '@meterhouse/clickhouse';

@Injectable()
export class KeyUsesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances write the same table. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The last call of each key that called at or after an instant; all in epoch milliseconds. */
  async findSince(since: number): Promise<Map<string, number>> {
    const rows = await this.clickhouse.query(
      `
      SELECT key_id, toUnixTimestamp64Milli(max(last_call_at)) AS last_call_at_ms
      FROM key_uses
      WHERE last_call_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      GROUP BY key_id
      `,
      { since },
    );
    return new Map(rows.map((row) => [row.string('key_id'), row.number('last_call_at_ms')]));
  }

  /** @param uses the last call of each key, in epoch milliseconds */
  async insert(uses: ReadonlyMap<string, number>): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO key_uses SETTINGS async_insert = 0 FORMAT JSONEachRow',
      [...uses].map(([key_id, at]) => JSON.stringify({ key_id, last_call_at: toDateTime(at) })).join('\n'),
    );
  }
}
