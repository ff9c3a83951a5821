/**
 * The rollups as their migrations make them: what a row is of, what it holds, and how the raw events give that. A
 * percentile state is compared by its digest, a sum over the latency codes in it, which the raw events give without one.
 */

/** The rollups by the names of their tables, finest first. */
export const ROLLUPS = ['traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day'] as const;
export type Rollup = (typeof ROLLUPS)[number];

/** A column of a rollup. */
interface Figure {
  column: string;
  /** As reconcile names it. */
  name: string;
  /** What the raw events of a row come to. */
  fromRaw: string;
  /** What several rows of the same dimensions come to, as merges of the engine do it. */
  merge: 'sum' | 'max';
}

interface Shape {
  /** The start of the bucket that holds a raw event. */
  bucket: string;
  /** The partition of a day or bucket. */
  partition: 'toYYYYMM' | 'toYear';
  /** The sorting key, which is what a row is of. */
  dimensions: readonly string[];
  figures: readonly Figure[];
  /** Which raw events have their latency counted; null for all. */
  measured: string | null;
}

const requests: Figure = { column: 'requests', name: 'requests', fromRaw: 'count()', merge: 'sum' };

const bytes: Figure = { column: 'bytes', name: 'bytes', fromRaw: 'sum(request_bytes + response_bytes)', merge: 'sum' };

const latencyFigures = (measured: string | null): Figure[] => [
  {
    column: 'latency_sum_us',
    name: 'latencySum',
    fromRaw: aggregate('sum', 'toUInt64(latency_us)', measured),
    merge: 'sum',
  },
  { column: 'latency_max_us', name: 'latencyMax', fromRaw: aggregate('max', 'latency_us', measured), merge: 'max' },
];

/** An aggregate of the raw events that a condition picks, or of all. */
function aggregate(name: string, argument: string, condition: string | null, levels = ''): string {
  return condition === null ? `${name}${levels}(${argument})` : `${name}If${levels}(${argument}, ${condition})`;
}

const UNTHROTTLED = 'status_code != 429';

const TRAFFIC = {
  dimensions: ['account_id', 'bucket', 'key_id'],
  figures: [
    requests,
    { column: 'failed', name: 'failed', fromRaw: 'countIf(status_code >= 400)', merge: 'sum' },
    { column: 'throttled', name: 'throttled', fromRaw: 'countIf(status_code = 429)', merge: 'sum' },
    ...latencyFigures(UNTHROTTLED),
    bytes,
  ],
  measured: UNTHROTTLED,
} satisfies Partial<Shape>;

const USAGE = {
  dimensions: ['account_id', 'bucket', 'key_id', 'endpoint', 'method', 'status_code', 'error_type'],
  figures: [
    requests,
    ...latencyFigures(null),
    bytes,
    { column: 'last_at', name: 'lastRequestAt', fromRaw: 'max(timestamp)', merge: 'max' },
  ],
  measured: null,
} satisfies Partial<Shape>;

const SHAPES: Record<Rollup, Shape> = {
  traffic_minute: { ...TRAFFIC, bucket: 'toStartOfMinute(timestamp)', partition: 'toYYYYMM' },
  traffic_hour: { ...TRAFFIC, bucket: 'toStartOfHour(timestamp)', partition: 'toYYYYMM' },
  usage_hour: { ...USAGE, bucket: 'toStartOfHour(timestamp)', partition: 'toYYYYMM' },
  usage_day: { ...USAGE, bucket: 'toStartOfDay(timestamp)', partition: 'toYear' },
};

/** Whether a rollup's rows are of an endpoint, a method, a status code and an error type, too. */
export function isDetailed(rollup: Rollup): boolean {
  return SHAPES[rollup].dimensions.includes('endpoint');
}

/** The columns that a row of a rollup is of, for a list. */
export function dimensionsOf(rollup: Rollup): string {
  return SHAPES[rollup].dimensions.join(', ');
}

/** The partition that holds a day, as an expression. */
export function partitionOf(rollup: Rollup, day: string): string {
  return `${SHAPES[rollup].partition}(${day})`;
}

/** What is compared of a row: the column of `digestedRows` and the name that reconcile has for it. */
export function comparedFigures(rollup: Rollup): { column: string; name: string }[] {
  const figures = SHAPES[rollup].figures.map(({ column, name }) => ({ column, name }));
  return [...figures, { column: 'latency_digest', name: 'percentiles' }];
}

/** Every name that a compared figure can have. */
export const FIGURES = [...new Set(ROLLUPS.flatMap((rollup) => comparedFigures(rollup).map(({ name }) => name)))];

/** All columns of a rollup, in the order of `rowsFromRaw`. */
export function columnsOf(rollup: Rollup): string {
  const { dimensions, figures } = SHAPES[rollup];
  return [...dimensions, ...figures.map(({ column }) => column), 'latency'].join(', ');
}

/** Just below the round levels, where all forms of a state give the nearest rank; see the migration of traffic_minute. */
const LEVELS = '(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)';

/** The rows that a rollup's view makes of the raw events that a condition picks, ready to be inserted. */
export function rowsFromRaw(rollup: Rollup, condition: string): string {
  const state = aggregate('quantilesTimingState', 'latency_code', SHAPES[rollup].measured, LEVELS);
  return fromRaw(rollup, condition, `${state} AS latency`);
}

/** The same rows with the digest of their percentile states in the place of these. */
export function digestedRowsFromRaw(rollup: Rollup, condition: string): string {
  const digest = aggregate('sum', codeDigest('latency_code'), SHAPES[rollup].measured);
  return fromRaw(rollup, condition, `${digest} AS latency_digest`);
}

function fromRaw(rollup: Rollup, condition: string, latency: string): string {
  const { bucket, dimensions, figures } = SHAPES[rollup];
  const columns = [
    ...dimensions.map((dimension) => (dimension === 'bucket' ? `${bucket} AS bucket` : dimension)),
    ...figures.map(({ column, fromRaw: expression }) => `${expression} AS ${column}`),
    latency,
  ];
  return `
    SELECT
        ${columns.join(',\n        ')}
    FROM events
    WHERE ${condition}
    GROUP BY ${dimensions.join(', ')}`;
}

/** The rows that a rollup holds, those alike merged, with the digest of their percentile states. */
export function digestedRows(rollup: Rollup, condition: string): string {
  const { dimensions, figures } = SHAPES[rollup];
  const columns = [
    ...dimensions,
    ...figures.map(({ column, merge }) => `${merge}(${rollup}.${column}) AS ${column}`),
    `sum(${STATE_DIGEST}) AS latency_digest`,
  ];
  return `
    SELECT
        ${columns.join(',\n        ')}
    FROM ${rollup}
    WHERE ${condition}
    GROUP BY ${dimensions.join(', ')}`;
}

/** A number for a latency code. Sums of it, which wrap around, tell what codes there are and how often, in any order. */
function codeDigest(code: string): string {
  return `sipHash64(${code})`;
}

/**
 * The digest of a state of quantilesTiming: the sum over the codes in it. Its form depends on how it came about: after
 * a byte that tells the form, up to 31 codes behind a count of two bytes (1), thousands behind one of eight (2), or (3)
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
