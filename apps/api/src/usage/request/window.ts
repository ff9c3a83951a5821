/** From a timeframe, or `from` and `to`, to the span of time that is read. All instants are epoch milliseconds. */
import {
  type Calendar,
  DAY,
  GRANULARITIES,
  type Granularity,
  HOUR,
  RESOLUTIONS,
  RESOLUTION_MS,
  type Resolution,
  type Retention,
  type Span,
  type Timeframe,
  bucketStartsIn,
  countBucketsIn,
  floorTo,
  isByDay,
  iso,
  nextBucketIn,
  startOfDayIn,
} from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import { type RollupSet, SHORT, type ReadPlan, isWholeDays, readPlanOf } from './read-plan';

/** More points than this in one time series are refused. */
export const MAX_POINTS = 11_000;

/** Length and edge precision of each timeframe; `all` starts with the first event's day. */
const TIMEFRAME: Record<Exclude<Timeframe, 'all'>, { length: number; edges: Resolution }> = {
  '1h': { length: HOUR, edges: 'minute' },
  '24h': { length: 24 * HOUR, edges: 'minute' },
  '7d': { length: 7 * DAY, edges: 'hour' },
  '30d': { length: 30 * DAY, edges: 'hour' },
  '90d': { length: 90 * DAY, edges: 'hour' },
  '1y': { length: 365 * DAY, edges: 'day' },
};

/** What was asked for. */
export interface WindowRequest {
  /** Null with `from`. */
  timeframe: Timeframe | null;
  from: number | null;
  to: number | null;
  granularity: Granularity;
  calendar: Calendar;
  /** Whether rows are grouped by more than their key, which the traffic rollups cannot do. */
  detailed: boolean;
  /** More points than this are refused; MAX_POINTS when left out. */
  mostPoints?: number;
}

export interface Window extends Span {
  timeframe: Timeframe | 'custom';
  granularity: Granularity;
  calendar: Calendar;
  /** The end that means are taken over: now, or `to`. */
  to: number;
  /** The end of what is read: the running bucket of the edges is taken in whole. */
  readTo: number;
  edges: Resolution;
  /** What is read for the series. */
  series: ReadPlan;
  /** What is read for breakdowns, which need no buckets. */
  whole: ReadPlan;
  /** The finest rollup that is read. */
  resolution: Resolution;
}

/**
 * The window of a request.
 * @param firstEventAt the first event's hour, for `all`; null when there is none
 * @throws ApiException GRANULARITY_TOO_FINE when it has too many points or its rollup is not retained that long,
 * INVALID_PARAMETERS for a window that is empty or in the future
 */
export function windowOf(
  request: WindowRequest,
  now: number,
  firstEventAt: number | null,
  retention: Retention,
): Window {
  const span = spanOf(request, now, firstEventAt, retention);
  const { mostPoints = MAX_POINTS } = request;
  const plan = (granularity: Granularity): Window | Refusal => {
    // Of a window that ends now, the bucket that begins now counts.
    const points = countBucketsIn(granularity, span.from, span.to === now ? now + 1 : span.to, request.calendar);
    if (points <= mostPoints) return withTiles(span, granularity, request, now, retention);
    const level = isByDay(granularity) ? 'day' : granularity;
    const gone = !isReadable(request.detailed ? 'detail' : 'traffic', level, span.from, now, retention);
    return {
      why: `is ${points} points, more than ${mostPoints}`,
      instead: `a shorter window${gone ? ` that begins ${keptSince(request.detailed, level, now, retention)} or later` : ''}`,
    };
  };
  const window = plan(request.granularity);
  if (!('why' in window)) return window;
  const what = `${span.timeframe === 'custom' ? 'This window' : span.timeframe} by ${request.granularity}`;
  const finest = GRANULARITIES.find((candidate) => !('why' in plan(candidate)));
  if (finest === undefined || GRANULARITIES.indexOf(finest) < GRANULARITIES.indexOf(request.granularity)) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      `${what} in ${request.calendar.timezone} ${window.why}. Use ${window.instead}, or days of timezone=UTC.`,
      [{ field: 'timezone', message: 'Days of this zone are put together from hours and minutes that are gone.' }],
    );
  }
  throw new ApiException(
    'GRANULARITY_TOO_FINE',
    `${what} ${window.why}; the finest granularity that fits is "${finest}".`,
    [{ field: 'granularity', message: `Use ${finest} or coarser, or ${window.instead}.` }],
  );
}

type Bounds = Pick<Window, 'timeframe' | 'from' | 'to' | 'readTo' | 'edges'>;

function spanOf(request: WindowRequest, now: number, firstEventAt: number | null, retention: Retention): Bounds {
  const { timeframe, calendar } = request;
  if (timeframe === null) return customSpan(request, now, retention);
  const edges = timeframe === 'all' ? 'day' : TIMEFRAME[timeframe].edges;
  const start = timeframe === 'all' ? Math.min(firstEventAt ?? now, now) : now - TIMEFRAME[timeframe].length;
  const floor = (at: number): number => (edges === 'day' ? startOfDayIn(at, calendar.timezone) : floorTo(edges, at));
  const { from } = firstKept(floor(start), now, retention);
  const readTo =
    edges === 'day'
      ? nextBucketIn('day', startOfDayIn(now, calendar.timezone), calendar)
      : floorTo(edges, now) + RESOLUTION_MS[edges];
  return { timeframe, from, to: now, readTo, edges };
}

/** Edges are widened to the minute, or to the finest retained level of their time. */
function customSpan({ from, to }: WindowRequest, now: number, retention: Retention): Bounds {
  const end = Math.min(to ?? now, now);
  const start = from ?? end;
  if (start >= end) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      `from (${iso(start)}) should be before ${to === null || to > now ? 'now' : 'to'} (${iso(end)}).`,
      [{ field: 'from', message: 'Use an earlier from, or a later to.' }],
    );
  }
  const first = firstKept(start, now, retention);
  const open = { timeframe: 'custom', from: first.from, edges: first.level } as const;
  if (end === now) return { ...open, to: now, readTo: floorTo('minute', now) + RESOLUTION_MS.minute };
  const closed = lastKept(first.from, end, now, retention);
  return { ...open, to: closed, readTo: closed };
}

/** Rounds `at` down to the finest level whose per-dimension rows are still retained, and returns that level. */
function firstKept(at: number, now: number, retention: Retention): { level: Resolution; from: number } {
  for (const level of ['minute', 'hour'] as const) {
    const from = floorTo(level, at);
    if (isReadable('detail', level, from, now, retention) && isKept(level, from, now, retention))
      return { level, from };
  }
  return { level: 'day', from: floorTo('day', at) };
}

/** The first instant not before `at` up to which it is: rows of a level are needed from where the coarser one ends. */
function lastKept(from: number, at: number, now: number, retention: Retention): number {
  for (const [level, coarser] of [
    ['minute', 'hour'],
    ['hour', 'day'],
  ] as const) {
    const start = Math.max(from, floorTo(coarser, at));
    const readable = isReadable('detail', level, start, now, retention) && isKept(level, start, now, retention);
    if (readable) return Math.ceil(at / RESOLUTION_MS[level]) * RESOLUTION_MS[level];
  }
  return Math.ceil(at / RESOLUTION_MS.day) * RESOLUTION_MS.day;
}

/** Why a window cannot be read by a granularity, and which one could. */
interface Refusal {
  why: string;
  instead: string;
}

/** The window, unless rows that it needs are gone. */
function withTiles(
  bounds: Bounds,
  granularity: Granularity,
  { calendar, detailed }: WindowRequest,
  now: number,
  retention: Retention,
): Window | Refusal {
  const span = { from: bounds.from, to: bounds.readTo };
  const starts = isByDay(granularity) ? bucketStartsIn(granularity, span.from, span.to, calendar) : [];
  const hoursKept = isKept('hour', bounds.from, now, retention);
  const minutesKept = isKept('minute', bounds.from, now, retention);
  const rollupSet = detailed || !hoursKept ? 'detail' : 'traffic';
  const series = readPlanOf(rollupSet, span, starts, coarsestOf(rollupSet, granularity, span, starts, minutesKept));
  const whole = readPlanOf('detail', span, [], 'day');
  for (const level of RESOLUTIONS) {
    const first = series.spans[level][0];
    if (!first || isReadable(rollupSet, level, first.from, now, retention)) continue;
    // A later window without detail filters is read from the traffic rollups, however this one is read.
    const since = keptSince(detailed, level, now, retention);
    const rows = detailed && level === 'minute' ? 'raw events' : `${level} rollups`;
    return {
      why: `needs ${rows} of ${iso(first.from)}, which are kept since ${since} only`,
      instead: `a window that begins ${since} or later`,
    };
  }
  const resolution = RESOLUTIONS.find((level) => series.spans[level].length > 0 || whole.spans[level].length > 0);
  return { ...bounds, granularity, calendar, series, whole, resolution: resolution ?? bounds.edges };
}

/** Short windows are read by minutes throughout where some are needed: to plan a second rollup would take longer. */
function coarsestOf(
  rollupSet: RollupSet,
  granularity: Granularity,
  { from, to }: Span,
  starts: readonly number[],
  minutesKept: boolean,
): Resolution {
  if (granularity === 'minute') return 'minute';
  const onHours = from % HOUR === 0 && to % HOUR === 0;
  if (rollupSet === 'traffic' && minutesKept && !onHours && to - from <= SHORT) return 'minute';
  if (granularity === 'hour') return 'hour';
  return rollupSet === 'detail' && isWholeDays(starts) ? 'day' : 'hour';
}

function isReadable(
  rollupSet: ReadPlan['rollupSet'],
  level: Resolution,
  from: number,
  now: number,
  retention: Retention,
): boolean {
  if (rollupSet === 'detail' && level === 'minute') return from >= now - (retention.rawDays + 1) * DAY;
  return isKept(level, from, now, retention);
}

/** The first UTC day whose minutes or hours are retained, and will be for the rest of today. */
function keptSince(detailed: boolean, level: Resolution, now: number, retention: Retention): string {
  const { rawDays, minuteDays, hourDays } = retention;
  const minutes = detailed ? rawDays : Math.min(minuteDays, hourDays);
  return iso(floorTo('day', now - (level === 'minute' ? minutes : hourDays) * DAY));
}

/** Whether a rollup's rows still reach back to `from`; retention keeps rows a day longer than its setting. */
export function isKept(resolution: Resolution, from: number, now: number, retention: Retention): boolean {
  if (resolution === 'day') return true;
  const days = resolution === 'minute' ? retention.minuteDays : retention.hourDays;
  return from >= now - (days + 1) * DAY;
}

/**
 * The starts of the series' points: every bucket from `from` to the end, and later ones up to the last with data, which
 * are there when events are dated a little ahead.
 */
export function pointsOf(window: Window, lastWithData: number | null): number[] {
  const { granularity, calendar, from, to, readTo } = window;
  const last = lastWithData === null ? to : Math.max(to, nextBucketIn(granularity, lastWithData, calendar) - 1);
  // The bucket that begins now counts: an event may be dated now.
  const end = window.timeframe === 'custom' && to === readTo ? to : last + 1;
  return bucketStartsIn(granularity, from, Math.min(end, readTo), calendar);
}
