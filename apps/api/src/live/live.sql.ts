/** The statement of `GET /usage/live`. Every variable piece of text is a constant of this file; client input is bound. */
import type { Parameters } from '@meterhouse/clickhouse';
import { fromEvents } from '@meterhouse/clickhouse/rollups';
import type { AccountScope } from '../auth/key';

/** Which events a stream is about. */
export interface Watched {
  scope: AccountScope;
  /** Keys of the scope; none means all of them. */
  keyIds: readonly string[];
}

/**
 * Sums by second over `[from, to)`, in epoch seconds, from the raw events that any instance has stored. The sorting key
 * and the parts' bounds on the timestamp leave little to read.
 */
export function secondsQuery(
  { scope, keyIds }: Watched,
  from: number,
  to: number,
): { sql: string; parameters: Parameters } {
  const sql = `
SELECT
    intDiv(toUnixTimestamp64Milli(timestamp), 1000) AS second,
    ${fromEvents('requests')} AS request_count,
    ${fromEvents('failed')} AS failed,
    ${fromEvents('throttled')} AS throttled,
    ${fromEvents('timed')} AS timed,
    ${fromEvents('latency_sum_us')} AS latency_sum_us,
    ${fromEvents('latency_max_us')} AS latency_max_us,
    ${fromEvents('bytes')} AS byte_count
FROM events
WHERE
    ${scope === null ? '1' : 'account_id = {account:String}'}
    AND ${keyIds.length === 0 ? '1' : 'key_id IN {keys:Array(String)}'}
    AND timestamp >= toDateTime64({from:UInt32}, 3, 'UTC')
    AND timestamp < toDateTime64({to:UInt32}, 3, 'UTC')
GROUP BY second
SETTINGS max_execution_time = 5`;
  return {
    sql,
    parameters: {
      ...(scope === null ? {} : { account: scope }),
      ...(keyIds.length === 0 ? {} : { keys: [...keyIds] }),
      from,
      to,
    },
  };
}
