/** Statements for accounts with more values of a dimension than one answer may read: the first values, and sums by these. */
import { SUMS } from '@meterhouse/clickhouse/rollups';
import type { Source } from '../aggregates';
import { ORDER, type Sorting } from './breakdown.sql';
import { LATENCY } from './series.sql';
import { BoundValues, type Query, sourceSql } from './source.sql';
import { OTHER } from '../breakdown-rows';
import type { Column, EndpointSort } from '../../request/filters';

/** A dimension whose values senders make up. */
export type NamedColumn = Exclude<Column, 'status_code' | 'account_id'>;

/** Which values of a dimension are read. */
export interface TopValues extends Sorting {
  column: NamedColumn;
  /** Only values with failures, which are read of the failed requests alone. */
  failedOnly: boolean;
  limit: number;
  offset: number;
}

/** The values that rows of their own are made of. */
export type ShownValues = Record<NamedColumn, readonly string[]>;

/** As the columns of `breakdownQuery`; of a million values each column more takes 10 MB and more. */
const VALUE: Record<EndpointSort, string> = {
  requests: 'sum(requests)',
  errors: 'sum(failed)',
  latency: 'if(sum(timed) > 0, sum(latency_sum_us) / sum(timed), NULL)',
  timestamp: 'max(last_at)',
};

/** One row a value in the order asked for, each with the number of all; without `OTHER`, except as an endpoint. */
export function topValuesQuery(source: Source, { column, failedOnly, sort, order, limit, offset }: TopValues): Query {
  const bound = new BoundValues();
  const where = [
    ...(failedOnly ? ['failed > 0'] : []),
    ...(column === 'endpoint' ? [] : [`${column} != ${bound.bind('String', OTHER)}`]),
  ];
  const sql = `
SELECT
    toString(${column}) AS name,
    count() OVER () AS value_count
FROM
(${sourceSql(source, [column], bound)}
)
${where.length > 0 ? `WHERE ${where.join(' AND ')}\n` : ''}GROUP BY ${column}
ORDER BY ${VALUE[sort]} ${ORDER[order]} NULLS LAST, name ASC
LIMIT ${bound.bind('UInt32', limit)}
OFFSET ${bound.bind('UInt64', offset)}`;
  return { sql, parameters: bound.parameters };
}

/**
 * One row for all requests, one a status code, and one for each of these endpoints, methods, error types and keys. All others
 * of a dimension are one row: '' of endpoints, else `OTHER`.
 */
export function shownBreakdownQuery(source: Source, shown: ShownValues, withLatency: boolean): Query {
  const bound = new BoundValues();
  const shownSql = (column: NamedColumn, rest: string): string =>
    `if(${column} IN ${bound.bind('Array(String)', shown[column])}, toString(${column}), ${bound.bind('String', rest)})`;
  const sql = `
SELECT
    32 + grouping(shown_endpoint, shown_method, status_code, shown_error_type, shown_key_id) AS grouped,
    shown_endpoint AS endpoint,
    shown_method AS method,
    status_code,
    shown_error_type AS error_type,
    shown_key_id AS key_id,${SUMS},
    toUnixTimestamp64Milli(max(last_at)) AS last_request_at${withLatency ? LATENCY : ''}
FROM
(
    SELECT
        ${shownSql('endpoint', '')} AS shown_endpoint,
        ${shownSql('method', OTHER)} AS shown_method,
        ${shownSql('error_type', OTHER)} AS shown_error_type,
        ${shownSql('key_id', OTHER)} AS shown_key_id,
        *
    FROM
    (${sourceSql(source, ['endpoint', 'method', 'status_code', 'error_type', 'key_id'], bound)}
    )
)
GROUP BY GROUPING SETS ((), (shown_endpoint), (shown_method), (status_code), (shown_error_type), (shown_key_id))`;
  return { sql, parameters: bound.parameters };
}
