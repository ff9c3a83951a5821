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
  isOnTheHour,
  iso,
  nextBucketIn,
  startOfDayIn,
} from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import { SHORT, type ReadPlan, isWholeDays, readPlanOf } from './read-plan';
import { firstKept, isKept, isReadable, keptSince, lastKept } from './retained';

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
  /** The end that was asked for, which may be to come. */
  askedTo: number;
  edges: Resolution;
  /** The starts of the buckets, where they are not minutes or hours of UTC; else none. */
  starts: readonly number[];
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
  const { mostPoints = MAX_POINTS, detailed } = request;
  const { timezone } = request.calendar;
  const plan = (granularity: Granularity, calendar = request.calendar): Window | Refusal => {
    // Of a window that ends now, the bucket that begins now counts.
    const points = countBucketsIn(granularity, span.from, span.to === now ? now + 1 : span.to, calendar);
    if (points <= mostPoints) return planWindow(span, granularity, { calendar, detailed }, now, retention);
    const level = isByDay(granularity) ? 'day' : granularity;
    const gone = !isReadable(detailed ? 'detail' : 'traffic', level, span.from, now, retention);
    return {
      why: `is ${points} points, more than ${mostPoints}`,
      instead: `a shorter window${gone ? ` that begins ${keptSince(detailed, level, now, retention)} or later` : ''}`,
    };
  };
  const window = plan(request.granularity);
  if (!('why' in window)) return window;
  const what = `${span.timeframe === 'custom' ? 'This window' : span.timeframe} by ${request.granularity}`;
  const finest = GRANULARITIES.find((candidate) => !('why' in plan(candidate)));
  if (finest === undefined || GRANULARITIES.indexOf(finest) < GRANULARITIES.indexOf(request.granularity)) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      `${what} in ${timezone} ${window.why}. Use ${window.instead}, or timezone=UTC.`,
      [{ field: 'timezone', message: 'Days and hours of this zone are put together from rows that are gone.' }],
    );
  }
  const byUtc = timezone !== 'UTC' && !('why' in plan(request.granularity, { ...request.calendar, timezone: 'UTC' }));
  throw new ApiException(
    'GRANULARITY_TOO_FINE',
    `${what} ${window.why}; the finest granularity that fits is "${finest}".`,
    [
      {
        field: 'granularity',
        message: `Use ${finest} or coarser, or ${window.instead}${byUtc ? ', or timezone=UTC' : ''}.`,
      },
    ],
  );
}

type Bounds = Pick<Window, 'timeframe' | 'from' | 'to' | 'readTo' | 'askedTo' | 'edges'>;

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
  return { timeframe, from, to: now, readTo, askedTo: now, edges };
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
  const open = { timeframe: 'custom', from: first.from, edges: first.level, askedTo: to ?? now } as const;
  if (end === now) return { ...open, to: now, readTo: floorTo('minute', now) + RESOLUTION_MS.minute };
  const closed = lastKept(first.from, end, now, retention);
  return { ...open, to: closed, readTo: closed };
}

/** Why a window cannot be read by a granularity, and which one could. */
interface Refusal {
  why: string;
  instead: string;
}

/** The window, unless rows that it needs are gone. */
export function planWindow(
  bounds: Bounds,
  granularity: Granularity,
  { calendar, detailed }: Pick<WindowRequest, 'calendar' | 'detailed'>,
  now: number,
  retention: Retention,
): Window | Refusal {
  const span = { from: bounds.from, to: bounds.readTo };
  const starts = isOfUtc(granularity, span, calendar) ? [] : bucketStartsIn(granularity, span.from, span.to, calendar);
  const hoursKept = isKept('hour', bounds.from, now, retention);
  const minutesKept = isKept('minute', bounds.from, now, retention);
  const rollupSet = detailed ? 'detail' : 'traffic';
  const coarsest = coarsestOf({ granularity, starts, ...span }, { detailed, hoursKept, minutesKept });
  const series = readPlanOf(rollupSet, span, starts, coarsest);
  const whole = readPlanOf('detail', span, [], 'day');
  for (const level of RESOLUTIONS) {
    const first = series.spans[level][0];
    if (!first || isReadable(rollupSet, level, first.from, now, retention)) continue;
    const since = keptSince(detailed, level, now, retention);
    const rows = detailed && level === 'minute' ? 'raw events' : `${level} rollups`;
    return {
      why: `needs ${rows} of ${iso(first.from)}, which are kept since ${since} only`,
      instead: `a window that begins ${since} or later`,
    };
  }
  const resolution = RESOLUTIONS.find((level) => series.spans[level].length > 0 || whole.spans[level].length > 0);
  return { ...bounds, granularity, calendar, starts, series, whole, resolution: resolution ?? bounds.edges };
}

/** Whether buckets are minutes or hours of UTC, which the storage knows by itself. */
function isOfUtc(granularity: Granularity, { from, to }: Span, calendar: Calendar): boolean {
  if (isByDay(granularity)) return false;
  return granularity === 'minute' || isOnTheHour(from, to, calendar);
}

/**
 * Short windows are read by minutes throughout where some are needed: to plan a second rollup would take longer. Days are
 * read where hours know more than is asked for, or are gone.
 */
function coarsestOf(
  { granularity, starts, from, to }: Pick<Window, 'granularity' | 'starts' | 'from' | 'to'>,
  { detailed, hoursKept, minutesKept }: { detailed: boolean; hoursKept: boolean; minutesKept: boolean },
): Resolution {
  if (granularity === 'minute') return 'minute';
  const onHours = from % HOUR === 0 && to % HOUR === 0;
  if (!detailed && minutesKept && !onHours && to - from <= SHORT) return 'minute';
  if (granularity === 'hour') return 'hour';
  return (detailed || !hoursKept) && isWholeDays(starts) ? 'day' : 'hour';
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
