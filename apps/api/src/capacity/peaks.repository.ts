/** Reads how much each key asked for in its fullest minute and hour of each day, and in the day. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';
import type { AccountScope } from '../auth/key';
import type { PerWindow } from '../rate-limiting/call-counters';

/** Requests of a window, throttled ones among them, with its start in epoch milliseconds. */
export interface Peak {
  at: number;
  requests: number;
}

/** The fullest windows of a UTC day. */
export type DayPeaks = PerWindow<Peak>;

/** Whose peaks, and in which UTC days, in epoch milliseconds. */
export interface PeaksOf {
  scope: AccountScope;
  /** None: all keys of the scope. */
  keyIds: readonly string[];
  from: number;
  to: number;
}

@Injectable()
export class PeaksRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** The days with requests by their start, of each key that has any. Days whose minutes are past their retention have none. */
  async byKey({ scope, keyIds, from, to }: PeaksOf, options: ReadOptions): Promise<Map<string, Map<number, DayPeaks>>> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          toString(key_id) AS key,
          groupArray(toUnixTimestamp(day)) AS days,
          groupArray(minute_peak) AS minute_peaks,
          groupArray(toUnixTimestamp(minute_at)) AS minutes,
          groupArray(hour_peak) AS hour_peaks,
          groupArray(toUnixTimestamp(hour_at)) AS hours,
          groupArray(day_sum) AS day_sums
      FROM
      (
          SELECT
              key_id,
              toStartOfDay(hour) AS day,
              max(fullest) AS minute_peak,
              argMax(fullest_at, fullest) AS minute_at,
              max(hour_sum) AS hour_peak,
              argMax(hour, hour_sum) AS hour_at,
              sum(hour_sum) AS day_sum
          FROM
          (
              SELECT
                  key_id,
                  toStartOfHour(bucket) AS hour,
                  max(calls) AS fullest,
                  argMax(bucket, calls) AS fullest_at,
                  sum(calls) AS hour_sum
              FROM
              (
                  SELECT key_id, bucket, sum(requests) AS calls
                  FROM traffic_minute
                  WHERE bucket >= fromUnixTimestamp({from:UInt32}) AND bucket < fromUnixTimestamp({to:UInt32})
                      ${scope === null ? '' : 'AND account_id = {account:String}'}
                      ${keyIds.length === 0 ? '' : 'AND key_id IN {keys:Array(String)}'}
                  GROUP BY key_id, bucket
              )
              GROUP BY key_id, hour
          )
          GROUP BY key_id, day
      )
      GROUP BY key_id
      `,
      {
        from: from / 1_000,
        to: to / 1_000,
        ...(scope === null ? {} : { account: scope }),
        ...(keyIds.length === 0 ? {} : { keys: [...keyIds] }),
      },
      { ...options, account: scope },
    );
    return new Map(
      rows.map((row) => {
        const numbers = (name: string): number[] => row.numbersOrNull(name).map((value) => value ?? 0);
        const peaks = (at: string, of: string): Peak[] => {
          const requests = numbers(of);
          return numbers(at).map((seconds, index) => ({ at: seconds * 1_000, requests: requests[index] ?? 0 }));
        };
        const [minutes, hours] = [peaks('minutes', 'minute_peaks'), peaks('hours', 'hour_peaks')];
        const days = peaks('days', 'day_sums').map((day, index): [number, DayPeaks] => [
          day.at,
          { minute: minutes[index] ?? day, hour: hours[index] ?? day, day },
        ]);
        return [row.string('key'), new Map(days)];
      }),
    );
  }
}
