/** Sums whole and by bucket. */
import { LEVELS, SUMS } from '@meterhouse/clickhouse/rollups';
import { type Granularity } from '@meterhouse/common';
import type { SeriesSource } from '../aggregates';
import { BoundValues, type Query, plainSql, sourceSql } from './source.sql';
import type { Column } from '../../request/filters';

/** The sums that exports answer, over rows of `sourceSql`. */
export const TRAFFIC = `
    sum(requests) AS request_count,
    sum(failed) AS failed_count,
    sum(throttled) AS throttled_count,
    sum(timed) AS timed_count,
    if(timed_count > 0, sum(latency_sum_us) / timed_count / 1000, NULL) AS average_latency,
    if(timed_count > 0, max(latency_max_us) / 1000, NULL) AS peak_latency,
    sum(bytes) AS byte_count`;

/** Goes with `TRAFFIC`; what codes stand for is worked out from the answer, which costs less than planning it. */
export const LATENCY = `,
    quantilesTimingMerge(${LEVELS})(latency) AS latency_codes`;

/** The start of a row's bucket, in Unix seconds. @param starts of the buckets; none: minutes or hours of UTC */
export function pointSql(
  granularity: Granularity,
  starts: readonly number[],
  bound: BoundValues,
  time: 'bucket' | 'timestamp' = 'bucket',
): string {
  if (starts.length === 0) {
    return `toUnixTimestamp(${granularity === 'minute' ? 'toStartOfMinute' : 'toStartOfHour'}(${time}))`;
  }
  const seconds = starts.map((start) => start / 1_000);
  return `toUInt32(roundDown(toUnixTimestamp(${time}), ${bound.bind('Array(UInt32)', seconds)}))`;
}

/** One row a bucket; with the total, one with the point 0 for all of them. */
export function seriesQuery(source: SeriesSource, withLatency: boolean, withTotal: boolean): Query {
  const bound = new BoundValues();
  const point = pointSql(source.granularity, source.starts, bound);
  const plain = plainSql(source, bound);
  const sql = `
SELECT
    ${point} AS point,${SUMS}${withLatency ? LATENCY : ''}
FROM ${plain ?? `(${sourceSql(source, ['bucket'], bound)}\n)`}
GROUP BY point${withTotal ? ' WITH ROLLUP' : ''}`;
  return { sql, parameters: bound.parameters };
}

/** Between the values of a group; none of them holds a line break. */
const SEPARATOR = '\n';

/** The columns of a group's dimensions, in order. */
export interface Grouping {
  columns: readonly Column[];
  /** How many groups have a series of their own. */
  limit: number;
}

/** The first groups by requests; ties break by their values. */
export function topGroupsQuery(source: SeriesSource, { columns, limit }: Grouping): Query {
  const bound = new BoundValues();
  const values = columns.map((column) => `toString(${column})`).join(', ');
  const sql = `
SELECT [${values}] AS group_values
FROM
(${sourceSql(source, columns, bound)}
)
GROUP BY ${columns.join(', ')}
ORDER BY sum(requests) DESC, group_values ASC
LIMIT ${bound.bind('UInt32', limit)}`;
  return { sql, parameters: bound.parameters };
}

/** One row a group and bucket, and one with the point 0 for all of its buckets; what is in no group has the number 0. */
export function groupsQuery(
  source: SeriesSource,
  { columns }: Pick<Grouping, 'columns'>,
  groups: readonly string[][],
  withLatency: boolean,
): Query {
  const bound = new BoundValues();
  const point = pointSql(source.granularity, source.starts, bound);
  const names = groups.map((values) => values.join(SEPARATOR));
  const values = columns.map((column) => `toString(${column})`).join(', ');
  const sql = `
SELECT
    group_number,
    point,${SUMS}${withLatency ? LATENCY : ''}
FROM
(
    SELECT
        indexOf(${bound.bind('Array(String)', names)}, arrayStringConcat([${values}], '\\n')) AS group_number,
        ${point} AS point,
        *
    FROM
    (${sourceSql(source, [...columns, 'bucket'], bound)}
    )
)
GROUP BY GROUPING SETS ((group_number, point), (group_number))`;
  return { sql, parameters: bound.parameters };
}
