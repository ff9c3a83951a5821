import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';

/** How much an account was used. */
export interface AccountFigures {
  requests: number;
  previousRequests: number;
  failedRequests: number;
}

/** What was used of every account, from the rollups. */
@Injectable()
export class AccountUsageRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /**
   * The figures of accounts with events, by account; the bounds are hours in epoch milliseconds.
   * @param previousFrom start of the period before, which ends at `from`
   * @param to end of the period, not included
   */
  async figures(
    { previousFrom, from, to }: { previousFrom: number; from: number; to: number },
    options: ReadOptions,
  ): Promise<Map<string, AccountFigures>> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          toString(account_id) AS account,
          sumIf(requests, bucket >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AS request_count,
          sumIf(requests, bucket < fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AS previous_count,
          sumIf(failed, bucket >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AS failed_count
      FROM traffic_hour
      WHERE bucket >= fromUnixTimestamp64Milli({previousFrom:Int64}, 'UTC')
          AND bucket < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      GROUP BY account
      `,
      { previousFrom, from, to },
      options,
    );
    return new Map(
      rows.map((row) => [
        row.string('account'),
        {
          requests: row.number('request_count'),
          previousRequests: row.number('previous_count'),
          failedRequests: row.number('failed_count'),
        },
      ]),
    );
  }

  /** When each account had its newest event, in epoch milliseconds; from the day rollup, which is kept for ever. */
  async lastEvents(options: ReadOptions): Promise<Map<string, number>> {
    const rows = await this.clickhouse.query(
      `
      SELECT toString(account_id) AS account, toUnixTimestamp64Milli(max(last_at)) AS last_at_ms
      FROM usage_day
      GROUP BY account
      `,
      {},
      options,
    );
    return new Map(rows.map((row) => [row.string('account'), row.number('last_at_ms')]));
  }
}
