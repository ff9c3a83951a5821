/** From a timeframe and a granularity to the span of time that is read, and the rollup that it is read from. */
import {
  ApiException,
  DAY,
  GRANULARITIES,
  type Granularity,
  HOUR,
  RESOLUTIONS,
  RESOLUTION_MS,
  type Resolution,
  type Timeframe,
  bucketStarts,
  countBuckets,
  floorTo,
  nextBucket,
} from '@meterhouse/common';

/** More points than this in one time series are refused. */
export const MOST_POINTS = 11_000;

/** Length and edge precision of each timeframe; `all` starts with the first event's day. */
const TIMEFRAME: Record<Exclude<Timeframe, 'all'>, { length: number; edges: Resolution }> = {
  '1h': { length: HOUR, edges: 'minute' },
  '24h': { length: 24 * HOUR, edges: 'minute' },
  '7d': { length: 7 * DAY, edges: 'hour' },
  '30d': { length: 30 * DAY, edges: 'hour' },
  '90d': { length: 90 * DAY, edges: 'hour' },
  '1y': { length: 365 * DAY, edges: 'day' },
};

/** For how many days the finer rollups are kept. */
export interface RollupRetention {
  minuteDays: number;
  hourDays: number;
}

/** Instants are epoch milliseconds. */
export interface Window {
  timeframe: Timeframe;
  granularity: Granularity;
  /** The first instant that counts, on an edge of the resolution. */
  from: number;
  /** Now: the end that means are taken over. */
  to: number;
  /** The end of what is read: the running bucket of the edges is taken in whole. */
  readTo: number;
  /** The rollup that is read. */
  resolution: Resolution;
}

/**
 * The window of a timeframe that ends now.
 * @param firstEventDay start of the first event's day, for `all`; null when there is none
 * @throws ApiException GRANULARITY_TOO_FINE when it has too many points or its rollup is not kept that long
 */
export function windowOf(
  timeframe: Timeframe,
  granularity: Granularity,
  now: number,
  firstEventDay: number | null,
  retention: RollupRetention,
): Window {
  const edges = timeframe === 'all' ? 'day' : TIMEFRAME[timeframe].edges;
  const from =
    timeframe === 'all'
      ? Math.min(firstEventDay ?? now, floorTo('day', now))
      : floorTo(edges, now - TIMEFRAME[timeframe].length);
  const resolution = finer(edges, granularity);
  const window = {
    timeframe,
    granularity,
    from,
    to: now,
    readTo: floorTo(edges, now) + RESOLUTION_MS[edges],
    resolution,
  };
  const problem = (candidate: Granularity): string | null => {
    const points = countBuckets(candidate, from, now);
    if (points > MOST_POINTS) return `is ${points} points, more than ${MOST_POINTS}`;
    const rollup = finer(edges, candidate);
    return isKept(rollup, from, now, retention) ? null : `reaches back further than ${rollup} rollups are kept`;
  };
  const wrong = problem(granularity);
  if (wrong !== null) {
    const finest = GRANULARITIES.find((candidate) => problem(candidate) === null) ?? 'month';
    throw new ApiException(
      'GRANULARITY_TOO_FINE',
      `${timeframe} by ${granularity} ${wrong}; the finest granularity that fits is "${finest}".`,
      [{ field: 'granularity', message: `Use ${finest} or coarser, or a shorter timeframe.` }],
    );
  }
  return window;
}

/** Whether a rollup's rows still reach back to `from`; retention keeps rows a day longer than its setting. */
export function isKept(resolution: Resolution, from: number, now: number, retention: RollupRetention): boolean {
  if (resolution === 'day') return true;
  const days = resolution === 'minute' ? retention.minuteDays : retention.hourDays;
  return from >= now - (days + 1) * DAY;
}

/**
 * The starts of the series' points: every bucket from `from` to now, and later ones up to the last with data, which
 * are there when events are dated a little ahead.
 */
export function pointsOf(window: Window, lastWithData: number | null): number[] {
  const end = lastWithData === null ? window.to : Math.max(window.to, nextBucket(window.granularity, lastWithData) - 1);
  return bucketStarts(window.granularity, window.from, Math.min(end + 1, window.readTo));
}

/** The coarsest rollup that serves both the edges and the buckets; weeks and months are made of days. */
function finer(edges: Resolution, granularity: Granularity): Resolution {
  const level = GRANULARITIES.indexOf(granularity);
  return RESOLUTIONS[Math.min(RESOLUTIONS.indexOf(edges), level)] ?? edges;
}
