/** Counts by rules, points, keys and endpoints in one statement. */
import { FAILED, THROTTLED } from '@meterhouse/clickhouse/rollups';
import type { Row } from '@meterhouse/clickhouse';
import type { Span } from '@meterhouse/common';
import { type Count, type CountRow, type CountsRead, type Rule, WASTE_KINDS } from '../counts';
import { BoundValues, type Query, filterConditions, sourceSql } from './source.sql';
import { NO_FILTERS } from '../../request/filters';

/** Most rows of a set with the same rule: more than a series has points, and than an answer names keys. */
export const MAX_ROWS_OF_A_SET = 12_500;

/** By what `grouping(point, key_id, endpoint, waste)` says: a bit for each, 1 where rows are not grouped by it. */
const SET: Readonly<Record<number, CountRow['set']>> = {
  0b0111: 'point',
  0b1011: 'key',
  0b1101: 'endpoint',
  0b1110: 'waste',
};

export function countsQuery({ scope, plan, cuts, rules, filters, countedFrom }: CountsRead): Query {
  const bound = new BoundValues();
  const seconds = bound.bind(
    'Array(UInt32)',
    cuts.map((start) => start / 1_000),
  );
  const counted = [`point >= ${bound.instant(countedFrom)}`, ...filterConditions(filters, bound)].join(' AND ');
  const source = { scope, filters: NO_FILTERS, plan };
  const columns = ['bucket', 'key_id', 'endpoint', 'method', 'status_code', 'error_type'] as const;
  const sql = `
SELECT
    grouping(point, key_id, endpoint, waste) AS grouped,
    point, key_id, endpoint, waste, rule,
    sum(requests) AS all_requests,
    sum(bytes) AS all_bytes,
    sumIf(requests, counted) AS request_count,
    sumIf(bytes, counted) AS byte_count
FROM
(
    SELECT
        key_id, endpoint, requests, bytes,
        toUInt32(roundDown(toUnixTimestamp(bucket), ${seconds})) AS point,
        ${ruleSql(rules, bound)} AS rule,
        multiIf(${THROTTLED}, 2, ${FAILED}, 1, 0) AS waste,
        ${counted} AS counted
    FROM
    (${sourceSql(source, columns, bound)}
    )
)
GROUP BY GROUPING SETS ((rule, point), (rule, key_id), (rule, endpoint), (rule, waste))
ORDER BY grouped, request_count DESC, point, key_id, endpoint
LIMIT ${bound.bind('UInt32', MAX_ROWS_OF_A_SET)} BY grouped, rule`;
  return { sql, parameters: bound.parameters };
}

export function toCountRow(row: Row): CountRow {
  const set = SET[row.number('grouped')];
  if (set === undefined) throw new Error(`Nothing is grouped by in ${row.number('grouped')}.`);
  return {
    set,
    name: nameOf(set, row),
    rule: row.number('rule'),
    all: { requests: row.bigint('all_requests'), bytes: row.bigint('all_bytes') },
    counted: { requests: row.bigint('request_count'), bytes: row.bigint('byte_count') },
  };
}

function nameOf(set: CountRow['set'], row: Row): string {
  if (set === 'point') return String(row.number('point') * 1_000);
  if (set === 'waste') return WASTE_KINDS[row.number('waste')] ?? 'none';
  return row.string(set === 'key' ? 'key_id' : 'endpoint');
}

/** The number of the first rule that a row matches, from 1; 0 where none does. */
function ruleSql(rules: readonly Rule[], bound: BoundValues): string {
  const branches = rules.map((rule, index) => `${matchSql(rule, bound)}, ${index + 1}`);
  return branches.length === 0 ? 'toUInt8(0)' : `multiIf(${branches.join(', ')}, 0)`;
}

function matchSql({ endpoints, prefixes, methods, statusCodes, statusClasses }: Rule, bound: BoundValues): string {
  const dimensions = [
    [
      ...(endpoints.length > 0 ? [`endpoint IN ${bound.bind('Array(String)', endpoints)}`] : []),
      ...prefixes.map((prefix) => `startsWith(endpoint, ${bound.bind('String', prefix)})`),
    ],
    methods.length > 0 ? [`method IN ${bound.bind('Array(String)', methods)}`] : [],
    [
      ...(statusCodes.length > 0 ? [`status_code IN ${bound.bind('Array(UInt16)', statusCodes)}`] : []),
      ...(statusClasses.length > 0 ? [`intDiv(status_code, 100) IN ${bound.bind('Array(UInt8)', statusClasses)}`] : []),
    ],
  ];
  const conditions = dimensions.filter((some) => some.length > 0).map((some) => `(${some.join(' OR ')})`);
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** After how many seconds a request is not the retry of one before any more. */
const RETRY_SECONDS = 60;

/** Statuses after which a client may send the same again. */
const RETRYABLE = '(status_before IN (408, 425, 429) OR status_before >= 500)';

/**
 * Requests of raw events that follow one that failed, of the same key, method and endpoint, within a minute; a row a rule.
 * @param span ends where raw events do
 */
export function retriesQuery({ scope, rules, filters }: CountsRead, { from, to }: Span): Query {
  const bound = new BoundValues();
  const account = bound.bind('String', scope);
  const conditions = [`timestamp >= ${bound.instant(from, 'timestamp')}`, ...filterConditions(filters, bound)];
  const sql = `
SELECT ${ruleSql(rules, bound)} AS rule, count() AS request_count, sum(bytes) AS byte_count
FROM
(
    SELECT
        key_id, endpoint, method, status_code, error_type, timestamp,
        request_bytes + response_bytes AS bytes,
        lagInFrame(status_code) OVER before AS status_before,
        lagInFrame(timestamp) OVER before AS timestamp_before
    FROM events
    WHERE account_id = ${account}
        AND timestamp >= ${bound.instant(from - RETRY_SECONDS * 1_000, 'timestamp')}
        AND timestamp < ${bound.instant(to, 'timestamp')}
    WINDOW before AS
        (PARTITION BY key_id, endpoint, method ORDER BY timestamp, status_code, bytes ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)
WHERE ${RETRYABLE}
    AND timestamp <= timestamp_before + toIntervalSecond(${RETRY_SECONDS})
    AND ${conditions.join(' AND ')}
GROUP BY rule`;
  return { sql, parameters: bound.parameters };
}

/** Counts by the number of their rule. */
export function toRetries(rows: readonly Row[]): ReadonlyMap<number, Count> {
  return new Map(
    rows.map((row) => [row.number('rule'), { requests: row.bigint('request_count'), bytes: row.bigint('byte_count') }]),
  );
}
