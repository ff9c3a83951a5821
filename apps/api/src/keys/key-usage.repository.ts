import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { bucketStart } from '@meterhouse/common';
import type { AccountScope } from '../auth/key';

/** How much a key was used, by the events that carry its id. */
export interface KeyFigures {
  totalRequests: number;
  /** Since midnight UTC. */
  requestsToday: number;
  /** Since the first of the month, UTC. */
  requestsThisMonth: number;
  /** Epoch milliseconds of the newest event; null: none yet. */
  lastUsedAt: number | null;
}

/** The figures of a key that was never used. */
export const NEVER_USED: Readonly<KeyFigures> = {
  totalRequests: 0,
  requestsToday: 0,
  requestsThisMonth: 0,
  lastUsedAt: null,
};

/** How much keys were used, from the day rollup, which is kept for ever. */
@Injectable()
export class KeyUsageRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /**
   * The figures of those keys that were used at all.
   * @param keyIds null: of all keys in the scope
   * @param now epoch milliseconds; the day and the month that hold it are the running ones
   */
  async figures(scope: AccountScope, keyIds: string[] | null, now: number): Promise<Map<string, KeyFigures>> {
    if (keyIds?.length === 0) return new Map();
    const rows = await this.clickhouse.query(
      `
      SELECT
          key_id,
          sum(requests) AS total_requests,
          sumIf(requests, bucket >= fromUnixTimestamp64Milli({today:Int64}, 'UTC')) AS requests_today,
          sumIf(requests, bucket >= fromUnixTimestamp64Milli({month:Int64}, 'UTC')) AS requests_this_month,
          toUnixTimestamp64Milli(max(last_at)) AS last_used_at_ms
      FROM usage_day
      WHERE true
          ${keyIds === null ? '' : 'AND key_id IN {keyIds:Array(String)}'}
          ${scope === null ? '' : 'AND account_id = {accountId:String}'}
      GROUP BY key_id
      `,
      {
        ...(keyIds === null ? {} : { keyIds }),
        today: bucketStart('day', now),
        month: bucketStart('month', now),
        ...(scope === null ? {} : { accountId: scope }),
      },
    );
    return new Map(
      rows.map((row) => [
        row.string('key_id'),
        {
          totalRequests: row.number('total_requests'),
          requestsToday: row.number('requests_today'),
          requestsThisMonth: row.number('requests_this_month'),
          lastUsedAt: row.number('last_used_at_ms'),
        },
      ]),
    );
  }
}
