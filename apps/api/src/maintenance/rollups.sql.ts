/**
 * The rows of a rollup: those that it holds, and those that the raw events give. A percentile state is compared by its
 * digest, a sum over the latency codes in it, which the raw events give without a state.
 */
import {
  DESCRIPTION,
  MERGED_BY,
  ROLLUPS,
  type Rollup,
  type RollupColumn,
  bucketOfEvent,
  fromEvents,
  overTimed,
} from '@meterhouse/clickhouse/rollups';

/** What reconcile calls the columns that it compares. */
const NAME: Record<RollupColumn | 'latency_digest', string> = {
  requests: 'requests',
  failed: 'failed',
  throttled: 'throttled',
  timed: 'timed',
  latency_sum_us: 'latencySum',
  latency_max_us: 'latencyMax',
  bytes: 'bytes',
  last_at: 'lastRequestAt',
  latency_digest: 'percentiles',
};

/** Whether a rollup's rows are also of an endpoint, a method, a status code and an error type. */
export function isDetailed(rollup: Rollup): boolean {
  return DESCRIPTION[rollup].set === 'detail';
}

/** The columns that a row of a rollup is of, for a list. */
export function dimensionsOf(rollup: Rollup): string {
  return DESCRIPTION[rollup].dimensions.join(', ');
}

/** The partition that holds a day, as an expression. */
export function partitionOf(rollup: Rollup, day: string): string {
  return `${DESCRIPTION[rollup].partition}(${day})`;
}

/** What is compared of a row: the column of `digestedRows` and the name that reconcile has for it. */
export function comparedFigures(rollup: Rollup): { column: string; name: string }[] {
  const columns = [...DESCRIPTION[rollup].columns, 'latency_digest' as const];
  return columns.map((column) => ({ column, name: NAME[column] }));
}

/** Every name that a compared figure can have. */
export const FIGURES = [...new Set(ROLLUPS.flatMap((rollup) => comparedFigures(rollup).map(({ name }) => name)))];

/** All columns of a rollup, in the order of `rowsFromRaw`. */
export function columnsOf(rollup: Rollup): string {
  const { dimensions, columns } = DESCRIPTION[rollup];
  return [...dimensions, ...columns, 'latency'].join(', ');
}

/** The rows that a rollup's view makes of the raw events that a condition picks, ready to be inserted. */
export function rowsFromRaw(rollup: Rollup, condition: string): string {
  return fromRaw(rollup, condition, `${fromEvents('latency')} AS latency`);
}

/** The same rows with the digest of their percentile states in the place of these. */
export function digestedRowsFromRaw(rollup: Rollup, condition: string): string {
  const digest = overTimed('sum', codeDigest('latency_code'));
  return fromRaw(rollup, condition, `${digest} AS latency_digest`);
}

function fromRaw(rollup: Rollup, condition: string, latency: string): string {
  const { resolution, dimensions, columns } = DESCRIPTION[rollup];
  const selected = [
    ...dimensions.map((dimension) => (dimension === 'bucket' ? `${bucketOfEvent(resolution)} AS bucket` : dimension)),
    ...columns.map((column) => `${fromEvents(column)} AS ${column}`),
    latency,
  ];
  return `
    SELECT
        ${selected.join(',\n        ')}
    FROM events
    WHERE ${condition}
    GROUP BY ${dimensions.join(', ')}`;
}

/** The rows that a rollup holds, those alike merged, with the digest of their percentile states. */
export function digestedRows(rollup: Rollup, condition: string): string {
  const { dimensions, columns } = DESCRIPTION[rollup];
  const selected = [
    ...dimensions,
    ...columns.map((column) => `${MERGED_BY[column]}(${rollup}.${column}) AS ${column}`),
    `sum(${STATE_DIGEST}) AS latency_digest`,
  ];
  return `
    SELECT
        ${selected.join(',\n        ')}
    FROM ${rollup}
    WHERE ${condition}
    GROUP BY ${dimensions.join(', ')}`;
}

/** A number for a latency code. Its sums, which wrap around, are a digest of the codes and their counts, in any order. */
function codeDigest(code: string): string {
  return `sipHash64(${code})`;
}

/**
 * The digest of a state of quantilesTiming: the sum over the codes in it. Its form depends on how it came about: after
 * a byte for the form, up to 31 codes behind a count of two bytes (1), thousands behind one of eight (2), or (3)
 * behind eight bytes how often each code occurs, first those below 1,024, then every sixteenth.
 */
const STATE_DIGEST = `
            arraySum(code -> ${codeDigest('code')}, reinterpret(
                multiIf(
                    startsWith(CAST(latency AS String), '\\x01'), substring(CAST(latency AS String), 4),
                    startsWith(CAST(latency AS String), '\\x02'), substring(CAST(latency AS String), 10),
                    ''
                ),
                'Array(UInt16)'
            ))
            + arraySum(
                (times, place) -> times * ${codeDigest('toUInt16(if(place <= 1024, place - 1, 16 * (place - 961)))')},
                reinterpret(
                    if(startsWith(CAST(latency AS String), '\\x03'), substring(CAST(latency AS String), 10), ''),
                    'Array(UInt64)'
                ) AS counts,
                arrayEnumerate(counts)
            )`;
