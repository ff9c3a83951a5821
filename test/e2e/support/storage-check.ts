/** Looks past the service into its ClickHouse server: what arrived, and how often, in each table. */
import { ClickHouse } from '@meterhouse/clickhouse';
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';
import { loadSettings } from '@meterhouse/common';

/** What a table knows of an account's events; equal in all tables as long as none of the events is throttled. */
export interface Sums {
  requests: number;
  latencyUs: number;
  bytes: number;
}

export class StorageCheck {
  private constructor(readonly clickhouse: ClickHouse) {}

  static async open(url: string): Promise<StorageCheck> {
    return new StorageCheck(await ClickHouse.open(loadSettings({ CLICKHOUSE_URL: url }).storage));
  }

  close(): Promise<void> {
    return this.clickhouse.close();
  }

  /** The ids of an account's raw events, sorted, a repeated one as often as it is stored. */
  async ids(accountId: string): Promise<string[]> {
    const rows = await this.clickhouse.query(
      'SELECT id FROM events WHERE account_id = {accountId:String} AND has_client_id ORDER BY id',
      { accountId },
    );
    return rows.map((row) => row.string('id'));
  }

  /** An account's sums in the raw table and in each rollup. */
  async sums(accountId: string): Promise<Record<string, Sums>> {
    const raw = await this.sumsOf(
      `SELECT count() AS requests, sum(latency_us) AS latency, sum(request_bytes + response_bytes) AS bytes
       FROM events
       WHERE account_id = {accountId:String}`,
      accountId,
    );
    const found: Record<string, Sums> = { events: raw };
    for (const rollup of ROLLUPS) {
      found[rollup] = await this.sumsOf(
        `SELECT sum(requests) AS requests, sum(latency_sum_us) AS latency, sum(bytes) AS bytes
         FROM ${rollup}
         WHERE account_id = {accountId:String}`,
        accountId,
      );
    }
    return found;
  }

  private async sumsOf(sql: string, accountId: string): Promise<Sums> {
    const [row] = await this.clickhouse.query(sql, { accountId });
    return {
      requests: row?.number('requests') ?? 0,
      latencyUs: row?.number('latency') ?? 0,
      bytes: row?.number('bytes') ?? 0,
    };
  }
}
