/** When a key's demand in a window will meet its limit. */
import { DAY, type Span } from '@meterhouse/common';
import { type Band, DAYS_OF_WEEK, Forecast, type Method, runwayOf, seasonal } from '@meterhouse/forecast';
import { type PerWindow, WINDOWS, type Window } from '../rate-limiting/call-counters';
import type { DayPeaks, Peak } from './peaks.repository';

/** Days that are looked ahead. */
export const HORIZON_DAYS = 90;

/** Days of the past that are read, the running one beside them. */
export const HISTORY_DAYS = 56;

/** Days in which the peak is looked for. */
const PEAK_DAYS = 30;

/** Complete days that it takes to say anything of the time to come. */
const LEAST_DAYS = 14;

/** Origins are days; of a day's figure no sums are wanted. */
const BY_DAY: Method = { predictor: seasonal(DAYS_OF_WEEK), stride: 1, span: 7, units: [1], origins: 42, season: 7 };

/** When a limit is met, as UTC days in epoch milliseconds; null: not within 90 days. */
export interface Exhaustion {
  expected: number | null;
  /** By the upper bound of the 80 % interval; in one of ten cases it is earlier still. */
  earliest: number | null;
  /** By the lower bound. */
  latest: number | null;
}

/** A limit of a key, and how near its demand comes. */
export interface Headroom {
  window: Window;
  limit: number;
  /** The fullest window of the last 30 days; null where there were no requests. */
  peak: Peak | null;
  /** Null where it is not met within 90 days, or the history is too short to say. */
  exhausts: Exhaustion | null;
}

/**
 * The headroom of a key in each window that has a limit, shortest first.
 * @param days the days with requests, by their start
 * @param today the start of the running UTC day
 */
export function headroomOf(
  limits: PerWindow<number | null>,
  days: ReadonlyMap<number, DayPeaks>,
  today: number,
): Headroom[] {
  return WINDOWS.flatMap((window) => {
    const limit = limits[window];
    if (limit === null) return [];
    const peaks = [...days].flatMap(([day, of]) => (day > today - PEAK_DAYS * DAY ? [of[window]] : []));
    const peak = peaks.reduce<Peak | null>((most, of) => (most && most.requests >= of.requests ? most : of), null);
    return [{ window, limit, peak, exhausts: exhaustionOf(window, limit, days, today) }];
  });
}

function exhaustionOf(
  window: Window,
  limit: number,
  days: ReadonlyMap<number, DayPeaks>,
  today: number,
): Exhaustion | null {
  if ((days.get(today)?.[window].requests ?? 0) >= limit) return { expected: today, earliest: today, latest: today };
  const first = Math.min(...days.keys());
  const known = dayByDay({ from: first + DAY, to: today }, (day) => days.get(day)?.[window].requests ?? 0);
  // What is far below its limit needs no forecast: none grows a hundredfold.
  if (Math.max(0, ...known) * 100 < limit) return null;
  const runway = runwayOf(bandsOf(known), limit);
  const dayOf = (lead: number | null): number | null => (lead === null ? null : today + lead * DAY);
  return (
    runway && {
      expected: dayOf(runway.expected),
      earliest: dayOf(runway.earliest),
      latest: dayOf(runway.latest),
    }
  );
}

/** The figures of the UTC days of a span, which may be empty. */
function dayByDay({ from, to }: Span, figureOf: (day: number) => number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / DAY)) }, (_, index) => figureOf(from + index * DAY));
}

/** The next 90 days after known ones; none where these are too few. */
function bandsOf(known: readonly number[]): Band[] {
  if (known.length < LEAST_DAYS) return [];
  const slots = Uint8Array.from({ length: known.length + HORIZON_DAYS }, (_, index) => index % 7);
  const forecast = new Forecast({ values: known, slots }, known.length, HORIZON_DAYS, BY_DAY);
  return Array.from({ length: HORIZON_DAYS }, (_, lead) => forecast.sum(lead, lead + 1));
}
