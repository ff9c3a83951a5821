/** Sums along each dimension. */
import { RESOLUTIONS, type Resolution } from '@meterhouse/common';
import type { EndpointSort, Source } from '../figures';
import { LEVELS } from './latency.sql';
import { LATENCY, SUMS } from './series.sql';
import { Bound, type Query, conditionsSql } from './source.sql';

/** In the order in which `grouping` puts their bits, the first as the highest. */
const DIMENSIONS = ['endpoint', 'method', 'status_code', 'error_type', 'key_id'] as const;

/** The dimension that a row is about: the one whose bit is 0 in what `grouping` says. */
export function dimensionOf(grouping: number): (typeof DIMENSIONS)[number] {
  const found = DIMENSIONS.find((_, index) => (grouping & (1 << (DIMENSIONS.length - 1 - index))) === 0);
  if (!found) throw new Error(`No dimension is grouped by in ${grouping}.`);
  return found;
}

const SORT: Record<EndpointSort, string> = {
  requests: 'request_count',
  errors: 'failed_count',
  latency: 'if(request_count > throttled_count, latency_sum / (request_count - throttled_count), NULL)',
  timestamp: 'last_request_at',
};

const ORDER = { asc: 'ASC', desc: 'DESC' } as const;

/**
 * One row a value of each dimension; within a dimension in the order that was asked for. Rows are first added up by all
 * dimensions together, which leaves few, so that going over them once a dimension costs little. `dimension` has a bit
 * for each dimension, which is 0 for the one that the row is about.
 */
export function breakdownQuery(source: Source, sort: EndpointSort, order: 'asc' | 'desc', withLatency: boolean): Query {
  const bound = new Bound();
  const read = RESOLUTIONS.filter((level) => source.tiles.spans[level].length > 0);
  const levels: Resolution[] = read.length > 0 ? read : ['hour'];
  const branches = levels.map((level) => branchSql(source, level, withLatency, bound));
  const sql = `
SELECT
    grouping(${DIMENSIONS.join(', ')}) AS dimension,
    ${DIMENSIONS.join(', ')},${SUMS},
    max(last_at) AS last_request_at${withLatency ? LATENCY : ''}
FROM
(${branches.join('\n    UNION ALL\n')}
)
GROUP BY GROUPING SETS (${DIMENSIONS.map((dimension) => `(${dimension})`).join(', ')})
ORDER BY dimension, ${SORT[sort]} ${ORDER[order]} NULLS LAST, endpoint ASC`;
  return { sql, parameters: bound.parameters };
}

/** A level's rows, added up by all dimensions. */
function branchSql(source: Source, level: Resolution, withLatency: boolean, bound: Bound): string {
  const columns = level === 'minute' ? RAW : ROLLUP;
  const state = level === 'minute' ? RAW_STATE : ROLLUP_STATE;
  const table = level === 'minute' ? 'events' : `usage_${level}`;
  return `
    SELECT
        ${DIMENSIONS.join(', ')},
        ${columns}${withLatency ? `,\n        ${state} AS latency` : ''},
        status_code != 429 AS timed
    FROM ${table} AS of
    WHERE ${conditionsSql(source, level, bound)}
    GROUP BY ${DIMENSIONS.join(', ')}`;
}

const ROLLUP = `sum(of.requests) AS requests,
        if(status_code >= 400, requests, 0) AS failed,
        if(status_code = 429, requests, 0) AS throttled,
        if(status_code = 429, 0, sum(of.latency_sum_us)) AS latency_sum_us,
        if(status_code = 429, 0, max(of.latency_max_us)) AS latency_max_us,
        sum(of.bytes) AS bytes,
        toUnixTimestamp64Milli(max(of.last_at)) AS last_at`;
const ROLLUP_STATE = `quantilesTimingMergeState(${LEVELS})(of.latency)`;

const RAW = `count() AS requests,
        if(status_code >= 400, requests, 0) AS failed,
        if(status_code = 429, requests, 0) AS throttled,
        if(status_code = 429, 0, sum(toUInt64(of.latency_us))) AS latency_sum_us,
        if(status_code = 429, 0, max(of.latency_us)) AS latency_max_us,
        sum(of.request_bytes + of.response_bytes) AS bytes,
        toUnixTimestamp64Milli(max(of.timestamp)) AS last_at`;
const RAW_STATE = `quantilesTimingState(${LEVELS})(of.latency_code)`;
