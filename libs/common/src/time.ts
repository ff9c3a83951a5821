/** Windows, granularities and bucket starts in UTC. All instants are epoch milliseconds. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From `from` up to but not including `to`; epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** The lengths of time `GET /usage` can be asked about. */
export const TIMEFRAMES = ['1h', '24h', '7d', '30d', '90d', '1y', 'all'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** The bucket widths of a time series, finest first. */
export const GRANULARITIES = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** Whether its buckets are days of a time zone or made of them. */
export function isByDay(granularity: Granularity): granularity is Exclude<Granularity, 'minute' | 'hour'> {
  return granularity !== 'minute' && granularity !== 'hour';
}

/** The levels of rollups, finest first. */
export const RESOLUTIONS = ['minute', 'hour', 'day'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Milliseconds in one bucket of a rollup level. */
export const RESOLUTION_MS: Record<Resolution, number> = { minute: MINUTE, hour: HOUR, day: DAY };

/** Tells the time; replaced in tests that need a fixed now. */
export abstract class Clock {
  /** Epoch milliseconds. */
  abstract now(): number;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** ISO 8601 UTC with milliseconds. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** `iso`, with null for null. */
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** The start of the rollup bucket that holds `at`. */
export function floorTo(resolution: Resolution, at: number): number {
  const step = RESOLUTION_MS[resolution];
  return Math.floor(at / step) * step;
}

/** 1970-01-01 was a Thursday: the first Monday of the epoch is four days in. */
const FIRST_MONDAY = 4 * DAY;

/** The start of the bucket that holds `at`; weeks start on Monday. */
export function bucketStart(granularity: Granularity, at: number): number {
  switch (granularity) {
    case 'week':
      return Math.floor((at - FIRST_MONDAY) / (7 * DAY)) * 7 * DAY + FIRST_MONDAY;
    case 'month': {
      const date = new Date(at);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    }
    default:
      return floorTo(granularity, at);
  }
}

/** The start of the bucket after the one that starts at `start`. */
export function nextBucket(granularity: Granularity, start: number): number {
  switch (granularity) {
    case 'week':
      return start + 7 * DAY;
    case 'month': {
      const date = new Date(start);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    }
    default:
      return start + RESOLUTION_MS[granularity];
  }
}
