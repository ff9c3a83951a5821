/** Sums whole and along each dimension. */
import { LEVELS, SUMS, TIMED, fromEvents } from '@meterhouse/clickhouse/rollups';
import type { SeriesSource, Source } from '../aggregates';
import { LATENCY, pointSql } from './series.sql';
import { BoundValues, type Query, conditionsSql, sourceSql } from './source.sql';
import type { EndpointSort, Column } from '../../request/filters';
import { MAX_POINTS } from '../../request/window';

const DIMENSIONS: readonly Column[] = ['endpoint', 'method', 'status_code', 'error_type', 'key_id'];

/** What a row is about: all requests, a bucket, a value of a dimension, or what has the same method, status and error type. */
export type RowKind = 'total' | 'point' | 'endpoint' | 'key' | 'outcome' | 'method' | 'status' | 'error';

/**
 * By what `grouping(point, endpoint, method, key_id)` says: a bit for each, 1 where rows are not grouped by it. From 32 on by
 * `grouping(endpoint, method, status_code, error_type, key_id)`, see `shownBreakdownQuery`.
 */
const KIND: Readonly<Record<number, RowKind>> = {
  0b1111: 'total',
  0b0111: 'point',
  0b1011: 'endpoint',
  0b1101: 'outcome',
  0b1110: 'key',
  0b111111: 'total',
  0b101111: 'endpoint',
  0b110111: 'method',
  0b111011: 'status',
  0b111101: 'error',
  0b111110: 'key',
};

/** @throws Error for what no row of these queries has */
export function kindOf(grouped: number): RowKind {
  const kind = KIND[grouped];
  if (kind === undefined) throw new Error(`Nothing is grouped by in ${grouped}.`);
  return kind;
}

const SORT: Record<EndpointSort, string> = {
  requests: 'request_count',
  errors: 'failed_count',
  latency: 'if(timed_count > 0, latency_sum / timed_count, NULL)',
  timestamp: 'last_request_at',
};

export const ORDER = { asc: 'ASC', desc: 'DESC' } as const;

/** In which order endpoints come. */
export interface Sorting {
  sort: EndpointSort;
  order: 'asc' | 'desc';
}

function orderSql(form: Form): string {
  if (form === 'part') return '';
  return `\nORDER BY grouped, ${SORT[form.sort]} ${ORDER[form.order]} NULLS LAST, endpoint ASC`;
}

/** More rows than this are read by `top.sql.ts`; the statements here return one more, which says so. */
export const MAX_ROWS = 5_000;

/** How rows come: in the order asked for with percentiles, or as a part of a window that is joined to others. */
export type Form = Sorting | 'part';

/**
 * One row for all requests, one an endpoint, one a key, and one for each method, status code and error type that came
 * together: few enough to be added up in the service, or more than `MAX_ROWS`.
 * @param form a part comes in no order, and with states of latencies in place of percentiles
 */
export function breakdownQuery(source: Source, form: Form, withLatency: boolean): Query {
  const bound = new BoundValues();
  const latency = form === 'part' ? stateSql('quantilesTimingMergeState', 'latency') : LATENCY;
  const sql = `
SELECT
    8 + grouping(endpoint, method, key_id) AS grouped,
    ${DIMENSIONS.join(', ')},${SUMS},
    toUnixTimestamp64Milli(max(last_at)) AS last_request_at${withLatency ? latency : ''}
FROM
(${sourceSql(source, DIMENSIONS, bound)}
)
GROUP BY GROUPING SETS ((), (endpoint), (method, status_code, error_type), (key_id))${orderSql(form)}
LIMIT ${bound.bind('UInt32', MAX_ROWS + 1)}`;
  return { sql, parameters: bound.parameters };
}

/**
 * The rows of a breakdown and one row a bucket, in one scan of the raw events: where they are few, no rollup is as fast.
 * @param source its plan are minutes
 */
export function scanQuery(source: SeriesSource, form: Form, withLatency: boolean): Query {
  const bound = new BoundValues();
  const latency = form === 'part' ? stateSql('quantilesTimingStateIf', `latency_code, ${TIMED}`) : RAW_LATENCY;
  const sql = `
SELECT
    grouping(point, endpoint, method, key_id) AS grouped,
    ${pointSql(source.granularity, source.starts, bound, 'timestamp')} AS point,
    ${DIMENSIONS.join(', ')},
    ${fromEvents('requests')} AS request_count,
    ${fromEvents('failed')} AS failed_count,
    ${fromEvents('throttled')} AS throttled_count,
    ${fromEvents('timed')} AS timed_count,
    ${fromEvents('latency_sum_us')} AS latency_sum,
    ${fromEvents('latency_max_us')} AS latency_max,
    ${fromEvents('bytes')} AS byte_count,
    toUnixTimestamp64Milli(${fromEvents('last_at')}) AS last_request_at${withLatency ? latency : ''}
FROM events
WHERE ${conditionsSql(source, 'minute', bound)}
GROUP BY GROUPING SETS ((), (point), (endpoint), (method, status_code, error_type), (key_id))${orderSql(form)}
LIMIT ${bound.bind('UInt32', MAX_POINTS + MAX_ROWS + 1)}`;
  return { sql, parameters: bound.parameters };
}

const RAW_LATENCY = `,
    quantilesTimingIf(${LEVELS})(latency_code, ${TIMED}) AS latency_codes`;

/** What `grouped` is of rows that have percentiles: total, point and endpoint. Others do without a state of up to 22 KB. */
const RANKED = [0b1111, 0b0111, 0b1011];

function stateSql(state: 'quantilesTimingMergeState' | 'quantilesTimingStateIf', values: string): string {
  return `,
    if(grouped IN (${RANKED.join(', ')}), base64Encode(CAST(${state}(${LEVELS})(${values}) AS String)), '')
        AS latency_state`;
}
