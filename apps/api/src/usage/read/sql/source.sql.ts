/**
 * The rows that statements of usage are made of: plan of every level, brought to the same columns. Every piece of text
 * is one of the constants here; what a client sends is bound.
 */
import type { Parameters } from '@meterhouse/clickhouse';
import {
  DESCRIPTION,
  FAILED,
  ROLLUPS,
  type Rollup,
  type RollupColumn,
  THROTTLED,
  TIMED,
  bucketOfEvent,
  fromEvents,
} from '@meterhouse/clickhouse/rollups';
import { RESOLUTIONS, RESOLUTION_MS, type Resolution, type Span } from '@meterhouse/common';
import type { Source } from '../aggregates';
import type { RollupSet } from '../../request/read-plan';
import type { Column, Filters } from '../../request/filters';

/** A statement and the values bound to its placeholders. */
export interface Query {
  sql: string;
  parameters: Parameters;
}

/** What rows of a source are grouped by. */
export type SourceColumn = Column | 'bucket';

/** Up to this many spans are written out, so that the primary key is used for each. */
const MAX_WRITTEN_SPANS = 4;

/**
 * The coarsest rollup whose buckets are no wider than a level's, else the raw events: minutes of every dimension. Days are
 * those of the detail rollups in both sets.
 */
function tableOf(set: RollupSet, level: Resolution): Rollup | 'events' {
  const fine = ROLLUPS.filter((rollup) => {
    const description = DESCRIPTION[rollup];
    const isOfSet = level === 'day' || description.set === set;
    return isOfSet && RESOLUTION_MS[description.resolution] <= RESOLUTION_MS[level];
  });
  return fine.at(-1) ?? 'events';
}

/** Collects values and hands out the placeholders that stand for them. */
export class BoundValues {
  readonly parameters: Parameters = {};
  private count = 0;

  bind(type: string, value: Parameters[string]): string {
    const name = `p${this.count++}`;
    this.parameters[name] = value;
    return `{${name}:${type}}`;
  }

  /**
   * An instant to be compared with a column. A bucket is compared with the number of seconds, which spares the planning
   * of a function each; `timestamp`, which has milliseconds, with a DateTime64, since a DateTime would let the engine pass
   * over parts and granules that lie in the second before.
   */
  instant(at: number, column: 'bucket' | 'timestamp' = 'bucket'): string {
    if (at % 1_000 !== 0) return `fromUnixTimestamp64Milli(${this.bind('Int64', at)}, 'UTC')`;
    const seconds = this.bind('UInt32', Math.max(0, at) / 1_000);
    return column === 'timestamp' ? `toDateTime64(${seconds}, 3, 'UTC')` : seconds;
  }
}

/**
 * The plan of a source, one branch a level. Each row has the columns asked for, where `bucket` is that of its level, and
 * requests, failed, throttled, timed, latency_sum_us, latency_max_us, bytes, last_at and latency.
 */
export function sourceSql(source: Source, columns: readonly SourceColumn[], bound: BoundValues): string {
  const { spans, rest } = source.plan;
  const branches = (['day', 'hour', 'minute'] as const)
    .filter((level) => spans[level].length > 0)
    .map((level) => branchSql(source, level, columns, bound));
  if (rest)
    branches.push(rawSql(columns, [...rowConditions(source, bound), within(rest, 'timestamp', bound)].join(AND)));
  return branches.length > 0 ? branches.join('\n    UNION ALL\n') : branchSql(source, 'hour', columns, bound);
}

/**
 * The one traffic rollup that a source reads, with its condition; null for any other source. Its columns are already
 * those of `sourceSql`, and each level of nesting costs a millisecond to plan.
 */
export function plainSql(source: Source, bound: BoundValues): string | null {
  const { rollupSet, spans, rest } = source.plan;
  const [level, ...others] = RESOLUTIONS.filter((candidate) => spans[candidate].length > 0);
  if (rollupSet !== 'traffic' || level === undefined || level === 'day' || others.length > 0 || rest) return null;
  return `${tableOf(rollupSet, level)}
WHERE ${conditionsSql(source, level, bound)}`;
}

/** Conditions on the rows of a level. */
export function conditionsSql(source: Source, level: Resolution, bound: BoundValues): string {
  const { rollupSet, spans } = source.plan;
  const bucket = tableOf(rollupSet, level) === 'events' ? 'timestamp' : 'bucket';
  return [...rowConditions(source, bound), spansCondition(bucket, spans[level], level, bound)].join(AND);
}

const AND = '\n    AND ';

/** Conditions on rows of any level: their account, and what is filtered for. */
function rowConditions(source: Source, bound: BoundValues): string[] {
  return [...ownerConditions(source, bound), ...filterConditions(source.filters, bound)];
}

function within({ from, to }: Span, column: 'bucket' | 'timestamp', bound: BoundValues): string {
  return `${column} >= ${bound.instant(from, column)} AND ${column} < ${bound.instant(to, column)}`;
}

function branchSql(source: Source, level: Resolution, columns: readonly SourceColumn[], bound: BoundValues): string {
  const table = tableOf(source.plan.rollupSet, level);
  const where = conditionsSql(source, level, bound);
  if (table === 'events') return rawSql(columns, where);
  const own = columns.map((column) => `${column},\n        `).join('');
  return `
    SELECT
        ${own}${DESCRIPTION[table].set === 'traffic' ? TRAFFIC_COLUMNS : DETAIL_COLUMNS}
    FROM ${table}
    WHERE ${where}`;
}

const TRAFFIC_COLUMNS = `requests,
        failed,
        throttled,
        timed,
        latency_sum_us,
        latency_max_us,
        bytes,
        toDateTime64(0, 3, 'UTC') AS last_at,
        latency`;

const DETAIL_COLUMNS = `requests,
        if(${FAILED}, requests, 0) AS failed,
        if(${THROTTLED}, requests, 0) AS throttled,
        if(${TIMED}, requests, 0) AS timed,
        latency_sum_us,
        latency_max_us,
        bytes,
        last_at,
        latency`;

/** In the order of the other branches: a UNION goes by position. */
const RAW_COLUMNS: readonly (RollupColumn | 'latency')[] = [
  'requests',
  'failed',
  'throttled',
  'timed',
  'latency_sum_us',
  'latency_max_us',
  'bytes',
  'last_at',
  'latency',
];

function rawSql(columns: readonly SourceColumn[], where: string): string {
  const sums = RAW_COLUMNS.map((column) => `${fromEvents(column)} AS ${column}`);
  const own = columns.map((column) => (column === 'bucket' ? `${bucketOfEvent('minute')} AS bucket` : column));
  return `
    SELECT
        ${own.map((column) => `${column},\n        `).join('')}${sums.join(',\n        ')}
    FROM events
    WHERE ${where}
    GROUP BY ${columns.join(', ')}`;
}

/** The account; an admin's read over all accounts has none. */
export function ownerConditions({ scope }: Pick<Source, 'scope'>, bound: BoundValues): string[] {
  return scope === null ? [] : [`account_id = ${bound.bind('String', scope)}`];
}

export function filterConditions(filters: Filters, bound: BoundValues): string[] {
  const conditions: string[] = [];
  const oneOf = (column: Column, type: string, values: readonly string[]): void => {
    if (values.length > 0) conditions.push(`${column} IN ${bound.bind(type, values)}`);
  };
  oneOf('key_id', 'Array(String)', filters.keyIds);
  oneOf('endpoint', 'Array(String)', filters.endpoints);
  oneOf('method', 'Array(String)', filters.methods);
  oneOf('error_type', 'Array(String)', filters.errorTypes);
  const { statusCodes, statusClasses } = filters;
  const codes = statusCodes.length > 0 ? [`status_code IN ${bound.bind('Array(UInt16)', statusCodes)}`] : [];
  if (statusClasses.length > 0) codes.push(`intDiv(status_code, 100) IN ${bound.bind('Array(UInt8)', statusClasses)}`);
  if (codes.length > 0) conditions.push(codes.length === 1 ? codes.join('') : `(${codes.join(' OR ')})`);
  return conditions;
}

/** Many spans are looked up in their sorted bounds: an odd position from the start lies inside one. */
function spansCondition(
  bucket: 'bucket' | 'timestamp',
  spans: readonly Span[],
  level: Resolution,
  bound: BoundValues,
): string {
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return 'false';
  if (spans.length <= MAX_WRITTEN_SPANS) {
    const written = spans.map((span) => within(span, bucket, bound));
    return written.length === 1 ? written.join('') : `(${written.join(' OR ')})`;
  }
  const bounds = bound.bind(
    'Array(UInt32)',
    spans.flatMap(({ from, to }) => [from / 1_000, to / 1_000]),
  );
  const at = level === 'minute' ? `toStartOfMinute(${bucket})` : bucket;
  return `${bucket} >= ${bound.instant(first.from, bucket)}
        AND ${bucket} < ${bound.instant(last.to, bucket)}
        AND indexOf(${bounds}, roundDown(toUInt32(toDateTime(${at})), ${bounds})) % 2 = 1`;
}
