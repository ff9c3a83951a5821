/**
 * The figures of many windows of many rules in one statement: rows of a rollup, or of raw events, joined with what the rules
 * select. Every piece of text is one of the constants here; what a client sent is bound.
 */
import type { Parameters } from '@meterhouse/clickhouse';
import {
  DESCRIPTION,
  FAILED,
  LEVELS,
  MERGED_BY,
  SUMS,
  THROTTLED,
  TIMED,
  type Rollup,
  fromEvents,
} from '@meterhouse/clickhouse/rollups';
import { HOUR, SECOND } from '@meterhouse/common';
import { type Grouping } from '../rules/rule';
import type { Selection } from './selection';

/** Groups of one rule; of more, those with the most requests in a window count. */
export const MAX_GROUPS = 1_000;

/** What one statement reads: figures of the same windows for all of its selections. */
export interface FiguresRead {
  /** Of one grouping; all of accounts, or all of the whole fleet. */
  selections: readonly Selection[];
  groupBy: Grouping | null;
  /** Length of a window and distance between their ends, in milliseconds. */
  length: number;
  step: number;
  /** Ends of the first and the last window; epoch milliseconds, on a step. */
  first: number;
  last: number;
  withPercentiles: boolean;
}

/** Rows have `selection` (its position), `group_value`, `window_end` in Unix seconds and the sums; windows without a request have none. */
export function figuresQuery(read: FiguresRead): { sql: string; parameters: Parameters } {
  const { selections, groupBy, withPercentiles, length, step, first, last } = read;
  const isFleet = selections.every(({ accountId }) => accountId === null);
  const isDetail = groupBy === 'endpoint' || selections.some(({ isDetail }) => isDetail);
  const group = groupBy === 'endpoint' ? 'toString(endpoint)' : groupBy === 'key' ? 'toString(key_id)' : "''";
  const isOne = first === last;
  const from = first - length;
  const joined = `
    FROM
    (${sourceSql({ isDetail, isFleet, from, to: last, step, isOne, withPercentiles })}
    ) AS figures
    ${isFleet ? 'CROSS JOIN' : 'INNER JOIN'}
    (
        SELECT
            number AS selection,
            {accounts:Array(String)}[number + 1] AS account,
            {filters:Array(String)}[number + 1] AS filter,
            JSONExtract(filter, 'keyId', 'Array(String)') AS keys,
            JSONExtract(filter, 'endpoint', 'Array(String)') AS endpoints,
            JSONExtract(filter, 'method', 'Array(String)') AS methods,
            JSONExtract(filter, 'statusCode', 'Array(String)') AS statuses,
            JSONExtract(filter, 'errorType', 'Array(String)') AS errors
        FROM numbers(length({accounts:Array(String)}))
    ) AS selected${isFleet ? '' : '\n    ON figures.account_id = selected.account'}
    WHERE ${isDetail ? DETAIL_FILTERS : KEY_FILTER}`;
  const end = isOne ? '{last:UInt32}' : 'window_end';
  const rows = isOne ? joined : slidingSql(joined, group, withPercentiles);
  const sql = `
SELECT
    selection,
    ${isOne ? group : 'group_value'} AS group_value,
    ${end} AS window_end,${SUMS}${withPercentiles ? `,\n    quantilesTimingMerge(${LEVELS})(latency) AS codes` : ''}
${rows.trimStart()}
GROUP BY selection, group_value, window_end
ORDER BY request_count DESC, group_value
LIMIT ${MAX_GROUPS} BY selection, window_end`;
  const parameters = {
    accounts: selections.map(({ accountId }) => accountId ?? ''),
    filters: selections.map(({ filters }) => JSON.stringify(filters)),
    from: from / SECOND,
    first: first / SECOND,
    last: last / SECOND,
    step: step / SECOND,
    steps: length / step,
    whole: Math.max(from, Math.floor(last / HOUR) * HOUR) / SECOND,
  };
  return { sql, parameters };
}

/** Each step counts in every window that it lies in. */
function slidingSql(joined: string, group: string, withPercentiles: boolean): string {
  return `
FROM
(
    SELECT
        selection,
        ${group} AS group_value,
        intDiv(toUInt32(bucket), {step:UInt32}) AS step_number,
        ${COLUMNS.map((column) => `${MERGED_BY[column]}(figures.${column}) AS ${column}`).join(',\n        ')}${
          withPercentiles ? `,\n        quantilesTimingMergeState(${LEVELS})(figures.latency) AS latency` : ''
        }${joined}
    GROUP BY selection, group_value, step_number
)
ARRAY JOIN arrayFilter(
    at -> at >= {first:UInt32} AND at <= {last:UInt32},
    arrayMap(after -> toUInt32((step_number + 1 + after) * {step:UInt32}), range({steps:UInt32}))
) AS window_end`;
}

const COLUMNS = DESCRIPTION.traffic_minute.columns;

const KEY_FILTER = '(empty(keys) OR has(keys, toString(key_id)))';

const DETAIL_FILTERS = `${KEY_FILTER}
        AND (empty(endpoints) OR has(endpoints, toString(endpoint)))
        AND (empty(methods) OR has(methods, toString(method)))
        AND (empty(errors) OR has(errors, toString(error_type)))
        AND (empty(statuses) OR has(statuses, toString(status_code))
            OR has(statuses, concat(toString(intDiv(status_code, 100)), 'xx')))`;

interface SourceOf {
  isDetail: boolean;
  isFleet: boolean;
  from: number;
  to: number;
  step: number;
  isOne: boolean;
  withPercentiles: boolean;
}

/**
 * Whole hours are read from the rollups by hour where the steps are hours, and for one long window also where only its end is
 * not on an hour; all else from minutes, which of details are raw events.
 */
function sourceSql(source: SourceOf): string {
  const { from, to, step, isOne, isDetail } = source;
  const hours: Rollup = isDetail ? 'usage_hour' : 'traffic_hour';
  if (step % HOUR === 0) return rollupSql(source, hours, '{from:UInt32}', '{last:UInt32}');
  if (!isOne || from % HOUR !== 0 || to - from <= HOUR) return minutesSql(source, '{from:UInt32}');
  const branches = [rollupSql(source, hours, '{from:UInt32}', '{whole:UInt32}')];
  if (to % HOUR !== 0) branches.push(minutesSql(source, '{whole:UInt32}'));
  return branches.join('\n    UNION ALL\n');
}

function minutesSql(source: SourceOf, from: string): string {
  return source.isDetail ? rawSql(source, from) : rollupSql(source, 'traffic_minute', from, '{last:UInt32}');
}

function rollupSql(source: SourceOf, rollup: Rollup, from: string, to: string): string {
  const isDetail = DESCRIPTION[rollup].set === 'detail';
  return `
        SELECT
            ${[...dimensionsOf(source), 'bucket'].join(', ')},
            ${isDetail ? DETAIL_COLUMNS : COLUMNS.join(', ')}${source.withPercentiles ? ', latency' : ''}
        FROM ${rollup}
        WHERE bucket >= ${from} AND bucket < ${to}${accountsSql(source)}`;
}

const DETAIL_COLUMNS = `requests,
            if(${FAILED}, requests, 0) AS failed,
            if(${THROTTLED}, requests, 0) AS throttled,
            if(${TIMED}, requests, 0) AS timed,
            latency_sum_us, latency_max_us, bytes`;

function rawSql(source: SourceOf, from: string): string {
  const dimensions = dimensionsOf(source);
  const columns = [...COLUMNS, ...(source.withPercentiles ? (['latency'] as const) : [])];
  return `
        SELECT
            ${dimensions.join(', ')}, toStartOfMinute(timestamp) AS bucket,
            ${columns.map((column) => `${fromEvents(column)} AS ${column}`).join(',\n            ')}
        FROM events
        WHERE timestamp >= toDateTime64(${from}, 3, 'UTC') AND timestamp < toDateTime64({last:UInt32}, 3, 'UTC')${accountsSql(source)}
        GROUP BY ${dimensions.join(', ')}, bucket`;
}

function dimensionsOf({ isDetail, isFleet }: SourceOf): string[] {
  const detail = isDetail ? ['endpoint', 'method', 'status_code', 'error_type'] : [];
  return [...(isFleet ? [] : ['account_id']), 'key_id', ...detail];
}

function accountsSql({ isFleet }: SourceOf): string {
  return isFleet ? '' : '\n            AND account_id IN {accounts:Array(String)}';
}
