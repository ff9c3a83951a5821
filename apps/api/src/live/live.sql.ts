/** The statement of `GET /usage/live`. Every variable piece of text is a constant of this file; client input is bound. */
import type { Parameters } from '@meterhouse/clickhouse';
import type { AccountScope } from '../auth/key-registry';

/** Which events a stream is about. */
export interface Watched {
  scope: AccountScope;
  /** One key of the scope, or all. */
  keyId: string | null;
}

/**
 * Sums by second over `[from, to)`, in epoch seconds, from the raw events that any instance has stored. The sorting key
 * and the parts' bounds on the timestamp leave little to read.
 */
export function secondsQuery(
  { scope, keyId }: Watched,
  from: number,
  to: number,
): { sql: string; parameters: Parameters } {
  const sql = `
SELECT
    intDiv(toUnixTimestamp64Milli(timestamp), 1000) AS second,
    count() AS request_count,
    countIf(status_code >= 400) AS failed,
    countIf(status_code = 429) AS throttled,
    sumIf(latency_us, status_code != 429) AS latency_sum_us,
    maxIf(latency_us, status_code != 429) AS latency_max_us,
    sum(request_bytes + response_bytes) AS byte_count
FROM events
WHERE
    ${scope === null ? '1' : 'account_id = {account:String}'}
    AND ${keyId === null ? '1' : 'key_id = {key:String}'}
    AND timestamp >= toDateTime64({from:UInt32}, 3, 'UTC')
    AND timestamp < toDateTime64({to:UInt32}, 3, 'UTC')
GROUP BY second
SETTINGS max_execution_time = 5`;
  return {
    sql,
    parameters: {
      ...(scope === null ? {} : { account: scope }),
      ...(keyId === null ? {} : { key: keyId }),
      from,
      to,
    },
  };
}
