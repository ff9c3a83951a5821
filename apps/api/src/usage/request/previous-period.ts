/** The period that a window is compared with. All instants are epoch milliseconds. */
import {
  DAY,
  HOUR,
  RESOLUTION_MS,
  type Resolution,
  type Retention,
  type Span,
  bucketStartIn,
  countBucketsIn,
  floorTo,
  nextBucketIn,
  startAfter,
  startOfDayIn,
} from '@meterhouse/common';
import { isReadable } from './retained';
import type { Window } from './window';

/**
 * The period before a window, `[from, to)`:
 *
 * - Whole days of the window's zone are compared with as many days before them, and whole months with as many months, also
 *   where these are longer or shorter. Of a day or a month that has not ended, as much is compared as has passed:
 *   as many days, and the same time of day.
 * - Any other window is compared with a period of its very length, moved back by whole buckets of its edges (minutes,
 *   hours or days): the last of them has only begun in both. Less than one such bucket lies between the two.
 *
 * Where minutes are past their retention, the period begins with an hour or a UTC day, and ends at the
 * nearest one.
 * @param detailed whether rows are grouped by more than their key
 * @returns null for `all`, which nothing comes before, and where a period of whole days begins with rows that are past their retention
 */
export function previousPeriodOf(window: Window, detailed: boolean, now: number, retention: Retention): Span | null {
  if (window.timeframe === 'all') return null;
  const { from: end, to, readTo } = window;
  const rollupSet = detailed ? 'detail' : 'traffic';
  const isLeft = (level: Resolution, at: number): boolean => isReadable(rollupSet, level, at, now, retention);
  const isReadableFrom = (at: number): boolean => at % DAY === 0 || isLeft(at % HOUR === 0 ? 'hour' : 'minute', at);
  const calendarStart = startOnCalendar(window);
  if (calendarStart !== null && !isReadableFrom(calendarStart)) return null;
  const from = calendarStart ?? startsUpTo(2 * end - to, window).find(isReadableFrom) ?? 0;
  const hasEnded = to === readTo;
  if (calendarStart !== null && hasEnded) return { from, to: end };
  const last = Math.min(calendarStart === null ? from + (to - end) : sameTimeAfter(from, window), end);
  const hour = Math.max(from, floorTo('hour', last));
  if (isLeft('minute', hour) && isReadable('detail', 'minute', floorTo('minute', last), now, retention)) {
    return { from, to: last };
  }
  const step = RESOLUTION_MS[isLeft('minute', hour) ? 'minute' : isLeft('hour', floorTo('day', last)) ? 'hour' : 'day'];
  return { from, to: Math.min(Math.round(last / step) * step, end) };
}

/** Where whole days or months before the window begin; null where it is not of whole ones of its zone. */
function startOnCalendar({ timeframe, from, to, readTo, askedTo, calendar }: Window): number | null {
  if (timeframe !== 'custom') return null;
  const isStart = (unit: 'day' | 'month', at: number): boolean => bucketStartIn(unit, at, calendar) === at;
  const next = (unit: 'day' | 'month'): number => nextBucketIn(unit, bucketStartIn(unit, to, calendar), calendar);
  const before = (unit: 'day' | 'month', end: number): number =>
    startAfter(unit, from, -countBucketsIn(unit, from, end, calendar), calendar);
  const hasEnded = to === readTo;
  // What has not ended is a whole month where its end was asked for, else it is the days up to the running one.
  const isMonths = isStart('month', from) && (hasEnded ? isStart('month', to) : askedTo === next('month'));
  if (isMonths) return before('month', hasEnded ? to : askedTo);
  const end = hasEnded ? to : next('day');
  return isStart('day', from) && isStart('day', end) ? before('day', end) : null;
}

/** The instant that is as many days, and as much of a day, after `start` as the window's end is after its start. */
function sameTimeAfter(start: number, { from, to, calendar }: Window): number {
  // The day that begins with the end counts.
  const days = countBucketsIn('day', from, to + 1, calendar) - 1;
  return startAfter('day', start, days, calendar) + (to - startOfDayIn(to, calendar.timezone));
}

/** Starts of buckets that are not after an instant: of the window's edges, and of coarser ones. */
function startsUpTo(at: number, { edges, calendar }: Window): number[] {
  const [hour, day] = [floorTo('hour', at), floorTo('day', at)];
  if (edges === 'day') return [startOfDayIn(at, calendar.timezone), day];
  return edges === 'hour' ? [hour, day] : [floorTo('minute', at), hour, day];
}
