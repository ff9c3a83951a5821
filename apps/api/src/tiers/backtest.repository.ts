/** Runs what keys sent through limits, minute by minute, by the limiter's rules. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';
import type { AccountScope } from '../auth/key';
import type { WindowLimits } from '../rate-limiting/call-counters';

/** What a limit would have refused of a key's requests. Instants are epoch milliseconds. */
export interface Refusals {
  requests: number;
  /** Minutes and UTC days with refused requests. */
  minutes: number;
  days: number;
  /** The first of the minutes with the most refused requests. */
  worst: { at: number; requests: number };
}

/** Whose requests, and when. */
export interface BacktestOf {
  scope: AccountScope;
  /** None: all keys of the scope. */
  keyIds: readonly string[];
  /** The start of a UTC day. */
  from: number;
  /** The end of an hour. */
  to: number;
}

/** Limits with a name, such as a tier. */
export type NamedLimits = ReadonlyMap<string, WindowLimits>;

/** More requests than any window has; it fits a 64-bit integer and a number of JavaScript. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

@Injectable()
export class BacktestRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** The requests of each key that sent any, throttled ones among them. */
  async requests(of: BacktestOf, options: ReadOptions): Promise<Map<string, number>> {
    const rows = await this.clickhouse.query(
      `
      SELECT toString(key_id) AS key, sum(requests) AS request_count
      FROM traffic_hour
      WHERE ${filterOf(of)}
      GROUP BY key_id
      `,
      parametersOf(of),
      { ...options, account: of.scope },
    );
    return new Map(rows.map((row) => [row.string('key'), row.number('request_count')]));
  }

  /**
   * What named limits would have refused, and each key's own limits, which are `ownName`. The counters begin anew with the
   * clock's minute, hour and UTC day, and what is refused counts in none of them: so that of each minute as many requests
   * are allowed as the limits of the minute, of what is left of the hour, and of the day, are. Nothing of one UTC day
   * depends on another, and days are read one after the other in the order of the table, in little memory. A minute may
   * have several rows, which are not merged yet.
   * @returns by key and name; what refuses nothing is left out
   */
  async refusals(
    of: BacktestOf,
    limits: NamedLimits,
    ownName: string,
    options: ReadOptions,
  ): Promise<Map<string, Map<string, Refusals>>> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          key,
          name,
          sum(refused_of_day) AS refused_requests,
          sum(minutes_of_day) AS refused_minutes,
          count() AS refused_days,
          max(most) AS worst,
          argMax(most_at, (most, -toInt64(most_at))) AS worst_at
      FROM
      (
          SELECT
              key,
              name,
              arraySum(refused) AS refused_of_day,
              arrayCount(count -> count > 0, refused) AS minutes_of_day,
              arrayMax(refused) AS most,
              minutes[indexOf(refused, most)] AS most_at
          FROM
          (
              WITH
                  arrayMap(count -> least(count, per_minute), counts) AS by_minute,
                  arrayMap((sum, count) -> sum - count, arrayCumSum(by_minute), by_minute) AS before,
                  arrayDifference(arrayMap(minute -> intDiv(minute, 3600), minutes)) AS hours_on,
                  arrayMap((sum, at_start) -> sum - at_start, before, arrayFill((sum, hours) -> hours != 0, before, hours_on)) AS in_hour,
                  if(per_hour >= total, by_minute,
                      arrayMap((count, sum) -> least(sum + count, per_hour) - least(sum, per_hour), by_minute, in_hour)) AS by_hour
              SELECT
                  key,
                  minutes,
                  named.1 AS name,
                  named.2 AS per_minute,
                  named.3 AS per_hour,
                  named.4 AS per_day,
                  if(per_day >= total,
                      arrayMap((count, allowed) -> count - allowed, counts, by_hour),
                      arrayMap((count, allowed, sum) -> count + least(sum - allowed, per_day) - least(sum, per_day),
                          counts, by_hour, arrayCumSum(by_hour))) AS refused
              FROM
              (
                  SELECT
                      toString(key_id) AS key,
                      toInt64(sum(requests)) AS total,
                      arraySort(groupArray(bitShiftLeft(toUInt64(toUnixTimestamp(bucket)), 32) + requests)) AS packed,
                      arrayMap(pair -> toUInt32(bitShiftRight(pair, 32)), packed) AS row_minutes,
                      arrayMap(pair -> toInt64(bitAnd(pair, 0xffffffff)), packed) AS row_counts,
                      if(length(arrayCompact(row_minutes)) = length(row_minutes), (row_minutes, row_counts),
                          arrayReduce('sumMap', [row_minutes], [row_counts])) AS merged,
                      merged.1 AS minutes,
                      merged.2 AS counts,
                      arrayMax(counts) AS fullest
                  FROM traffic_minute
                  WHERE ${filterOf(of)}
                  GROUP BY account_id, toStartOfDay(bucket), key_id
              ) AS day
              LEFT ANY JOIN
              (
                  SELECT
                      id,
                      toInt64(ifNull(requests_per_minute, {none:Int64})) AS own_minute,
                      toInt64(ifNull(requests_per_hour, {none:Int64})) AS own_hour,
                      toInt64(ifNull(requests_per_day, {none:Int64})) AS own_day
                  FROM keys FINAL
              ) AS own ON own.id = day.key
              ARRAY JOIN
                  arrayFilter(
                      limit -> fullest > limit.2 OR total > limit.3 OR total > limit.4,
                      arrayPushBack(
                          arrayZip({names:Array(String)}, {minutes:Array(Int64)}, {hours:Array(Int64)}, {days:Array(Int64)}),
                          ({own:String}, own_minute, own_hour, own_day))) AS named
          )
          WHERE refused_of_day > 0
      )
      GROUP BY key, name
      SETTINGS optimize_aggregation_in_order = 1, aggregation_in_order_max_block_bytes = 200000, max_block_size = 16384
      `,
      {
        ...parametersOf(of),
        names: [...limits.keys()],
        minutes: [...limits.values()].map(({ minute }) => minute ?? NO_LIMIT),
        hours: [...limits.values()].map(({ hour }) => hour ?? NO_LIMIT),
        days: [...limits.values()].map(({ day }) => day ?? NO_LIMIT),
        own: ownName,
        none: NO_LIMIT,
      },
      { ...options, account: of.scope },
    );
    const found = new Map<string, Map<string, Refusals>>();
    for (const row of rows) {
      const key = row.string('key');
      const byName = found.get(key) ?? new Map<string, Refusals>();
      byName.set(row.string('name'), {
        requests: row.number('refused_requests'),
        minutes: row.number('refused_minutes'),
        days: row.number('refused_days'),
        worst: { at: row.number('worst_at') * 1_000, requests: row.number('worst') },
      });
      found.set(key, byName);
    }
    return found;
  }
}

function filterOf({ scope, keyIds }: BacktestOf): string {
  return `bucket >= fromUnixTimestamp({from:UInt32}) AND bucket < fromUnixTimestamp({to:UInt32})
      ${scope === null ? '' : 'AND account_id = {account:String}'}
      ${keyIds.length === 0 ? '' : 'AND key_id IN {keys:Array(String)}'}`;
}

function parametersOf({ scope, keyIds, from, to }: BacktestOf) {
  return {
    from: from / 1_000,
    to: to / 1_000,
    ...(scope === null ? {} : { account: scope }),
    ...(keyIds.length === 0 ? {} : { keys: [...keyIds] }),
  };
}
