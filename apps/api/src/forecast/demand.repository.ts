/** Reads the demand of the past by the hour, from the rollups that `GET /usage` reads. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';
import type { AccountScope } from '../auth/key';

/** What a scope's keys asked for in an hour. */
export interface Demand {
  /** All requests, those that were throttled among them: what was wanted, and not only what was served. */
  requests: number;
  throttled: number;
  bytes: number;
}

/** Whose demand, and when. */
export interface DemandOf {
  scope: AccountScope;
  /** None: all keys of the scope. */
  keyIds: readonly string[];
  /** The starts of hours, ascending, in epoch milliseconds; the last one is the end of the last hour. */
  starts: readonly number[];
}

/** Demand of one key by the start of the hour. */
export type DemandByHour = Map<number, Demand>;

@Injectable()
export class DemandRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Of all keys together; hours without requests are left out. */
  async together(of: DemandOf, options: ReadOptions): Promise<DemandByHour> {
    const rows = await this.read('', of, options);
    return new Map(rows.map((row) => [row.number('start') * 1_000, toDemand(row)]));
  }

  /** Of each key that has any. */
  async byKey(of: DemandOf, options: ReadOptions): Promise<Map<string, DemandByHour>> {
    const keys = new Map<string, DemandByHour>();
    for (const row of await this.read('toString(key_id) AS key, ', of, options)) {
      const key = row.string('key');
      const hours = keys.get(key) ?? new Map<number, Demand>();
      keys.set(key, hours.set(row.number('start') * 1_000, toDemand(row)));
    }
    return keys;
  }

  /** Hours that are not those of UTC are put together from minutes. */
  private read(key: string, { scope, keyIds, starts }: DemandOf, options: ReadOptions) {
    const seconds = starts.map((start) => start / 1_000);
    const isOfUtc = seconds.every((start) => start % 3_600 === 0);
    return this.clickhouse.query(
      `
      SELECT
          ${key}toUInt32(roundDown(toUnixTimestamp(bucket), {starts:Array(UInt32)})) AS start,
          sum(requests) AS request_count,
          sum(throttled) AS throttled_count,
          toFloat64(sum(bytes)) AS byte_count
      FROM ${isOfUtc ? 'traffic_hour' : 'traffic_minute'}
      WHERE bucket >= fromUnixTimestamp({from:UInt32}) AND bucket < fromUnixTimestamp({to:UInt32})
          ${scope === null ? '' : 'AND account_id = {account:String}'}
          ${keyIds.length === 0 ? '' : 'AND key_id IN {keys:Array(String)}'}
      GROUP BY ${key === '' ? '' : 'key_id, '}start
      `,
      {
        starts: seconds,
        from: seconds[0] ?? 0,
        to: seconds.at(-1) ?? 0,
        ...(scope === null ? {} : { account: scope }),
        ...(keyIds.length === 0 ? {} : { keys: [...keyIds] }),
      },
      { ...options, account: scope },
    );
  }
}

function toDemand(row: { number(name: string): number }): Demand {
  return {
    requests: row.number('request_count'),
    throttled: row.number('throttled_count'),
    bytes: row.number('byte_count'),
  };
}
