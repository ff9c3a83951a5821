/**
 * The rollups, described once: retention, reconcile and the statements of `GET /usage` are made from this. The migrations
 * (`clickhouse/migrations`) create them; `test/medium/schema.spec.ts` holds this description to what the engine says.
 */
import type { Resolution, Sums } from '@meterhouse/common';
import type { Row } from './row';

/** The rollups by the names of their tables, finest first. */
export const ROLLUPS = ['traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day'] as const;
export type Rollup = (typeof ROLLUPS)[number];

/** A request that failed, as a condition on a row with a status code. A throttled one has failed, too. */
export const FAILED = 'status_code >= 400';

/** A request that was refused for its key's limit, as a condition on a row with a status code. */
export const THROTTLED = 'status_code = 429';

/**
 * A request whose latency counts, as a condition on a row with a status code: any but a throttled one, and one that made
 * of its connection another (101), such as a WebSocket, which lasts as long as a client stays.
 */
export const TIMED = 'status_code NOT IN (101, 429)';

/** The levels of every percentile state, just below the round ones; see `clickhouse/migrations/0001_events.sql`. */
export const PERCENTILE_LEVELS = [0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999] as const;

/** The levels as an aggregate takes them: `quantilesTimingMerge(${LEVELS})(latency)`. */
export const LEVELS = PERCENTILE_LEVELS.join(', ');

/**
 * The columns that some rollup has beside its dimensions and `latency`, and what merges make of them. Those of latency are
 * of timed requests.
 */
export const MERGED_BY = {
  requests: 'sum',
  failed: 'sum',
  throttled: 'sum',
  timed: 'sum',
  latency_sum_us: 'sum',
  latency_max_us: 'max',
  bytes: 'sum',
  last_at: 'max',
} as const;
export type RollupColumn = keyof typeof MERGED_BY;

/**
 * The sums over rows with the columns of a traffic rollup, as `toSums` reads them; means are computed in the service, which
 * costs less than planning them.
 */
export const SUMS = `
    sum(requests) AS request_count,
    sum(failed) AS failed_count,
    sum(throttled) AS throttled_count,
    sum(timed) AS timed_count,
    sum(latency_sum_us) AS latency_sum,
    max(latency_max_us) AS latency_max,
    sum(bytes) AS byte_count`;

/** What a row has of `SUMS`. */
export function toSums(row: Row): Sums {
  return {
    requests: row.number('request_count'),
    failed: row.number('failed_count'),
    throttled: row.number('throttled_count'),
    timed: row.number('timed_count'),
    latencySumUs: row.number('latency_sum'),
    latencyMaxUs: row.number('latency_max'),
    bytes: row.bigint('byte_count'),
  };
}

/** What is known of one rollup. Each has a column `latency`, a percentile state, beside the ones named here. */
export interface RollupDescription {
  /** `traffic`: a row is of a bucket and key. `detail`: it is also of an endpoint, method, status code and error type. */
  set: 'traffic' | 'detail';
  /** The width of a bucket. */
  resolution: Resolution;
  /** The function of `bucket` by which it is partitioned. */
  partition: 'toYYYYMM' | 'toYear';
  /** The setting that says for how many days its rows are read; null: for ever. */
  retention: 'minuteDays' | 'hourDays' | null;
  /** The sorting key: what a row is of. */
  dimensions: readonly string[];
  columns: readonly RollupColumn[];
}

const TRAFFIC = {
  set: 'traffic',
  dimensions: ['account_id', 'bucket', 'key_id'],
  columns: ['requests', 'failed', 'throttled', 'timed', 'latency_sum_us', 'latency_max_us', 'bytes'],
} satisfies Partial<RollupDescription>;

const DETAIL = {
  set: 'detail',
  dimensions: ['account_id', 'bucket', 'key_id', 'endpoint', 'method', 'status_code', 'error_type'],
  columns: ['requests', 'latency_sum_us', 'latency_max_us', 'bytes', 'last_at'],
} satisfies Partial<RollupDescription>;

export const DESCRIPTION: Readonly<Record<Rollup, RollupDescription>> = {
  traffic_minute: { ...TRAFFIC, resolution: 'minute', partition: 'toYYYYMM', retention: 'minuteDays' },
  traffic_hour: { ...TRAFFIC, resolution: 'hour', partition: 'toYYYYMM', retention: 'hourDays' },
  usage_hour: { ...DETAIL, resolution: 'hour', partition: 'toYYYYMM', retention: 'hourDays' },
  usage_day: { ...DETAIL, resolution: 'day', partition: 'toYear', retention: null },
};

const START_OF: Record<Resolution, string> = {
  minute: 'toStartOfMinute',
  hour: 'toStartOfHour',
  day: 'toStartOfDay',
};

/** The start of the bucket that holds a raw event: `toStartOfHour(timestamp)`. */
export function bucketOfEvent(resolution: Resolution): string {
  return `${START_OF[resolution]}(timestamp)`;
}

/** A column of a rollup as an aggregate over raw events: `countIf(status_code >= 400)`. */
export function fromEvents(column: RollupColumn | 'latency'): string {
  switch (column) {
    case 'requests':
      return 'count()';
    case 'failed':
      return `countIf(${FAILED})`;
    case 'throttled':
      return `countIf(${THROTTLED})`;
    case 'timed':
      return `countIf(${TIMED})`;
    case 'latency_sum_us':
      return overTimed('sum', 'latency_us');
    case 'latency_max_us':
      return overTimed('max', 'latency_us');
    case 'bytes':
      return 'sum(request_bytes + response_bytes)';
    case 'last_at':
      return 'max(timestamp)';
    case 'latency':
      return overTimed('quantilesTimingState', 'latency_code', `(${LEVELS})`);
  }
}

/** An aggregate over the raw events whose latency counts: `maxIf(latency_us, status_code NOT IN (101, 429))`. */
export function overTimed(aggregate: string, argument: string, parameters = ''): string {
  return `${aggregate}If${parameters}(${argument}, ${TIMED})`;
}
