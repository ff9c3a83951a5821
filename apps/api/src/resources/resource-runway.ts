/** When a resource is full. Instants are epoch milliseconds, sizes bytes. */
import { DAY } from '@meterhouse/common';
import { Forecast, type Method, runwayOf, trend } from '@meterhouse/forecast';
import type { DayPeak } from './samples.repository';

/** Days that are looked ahead. */
export const HORIZON_DAYS = 90;

/** Complete days in a row that it takes to say how a resource grows. */
export const LEAST_DAYS = 14;

const BY_DAY: Method = { predictor: trend(), stride: 1, span: 7, units: [1], origins: 42, season: 1 };

/** How a resource grows, and when it is full. */
export interface Growth {
  /** Complete days in a row up to today that have samples. */
  days: number;
  /** Bytes a day; null where the days are too few. */
  perDay: number | null;
  /** UTC days; null within: not within 90 days. Null: not even by the upper bound, or the days are too few. */
  exhausts: { expected: number | null; earliest: number | null; latest: number | null } | null;
}

/**
 * @param peaks by day, ascending
 * @param now bytes in use now
 * @param today the start of the running UTC day, whose peak is yet to come
 */
export function growthOf(peaks: readonly DayPeak[], now: number, capacity: number, today: number): Growth {
  const known = unbroken(peaks, today);
  const days = known.length;
  if (now >= capacity) return { days, perDay: null, exhausts: { expected: today, earliest: today, latest: today } };
  if (days < LEAST_DAYS) return { days, perDay: null, exhausts: null };
  const steps = { values: known, slots: new Uint8Array(days + HORIZON_DAYS) };
  const forecast = new Forecast(steps, days, HORIZON_DAYS, BY_DAY);
  const bands = Array.from({ length: HORIZON_DAYS }, (_, lead) => forecast.sum(lead, lead + 1));
  const runway = runwayOf(bands, capacity);
  const dayOf = (lead: number | null): number | null => (lead === null ? null : today + lead * DAY);
  return {
    days,
    perDay: forecast.expected(1) - forecast.expected(0),
    exhausts: runway && {
      expected: dayOf(runway.expected),
      earliest: dayOf(runway.earliest),
      latest: dayOf(runway.latest),
    },
  };
}

/** The peaks of the days up to today without a gap: before one the service stood still, and what grew was not seen. */
function unbroken(peaks: readonly DayPeak[], today: number): number[] {
  const byDay = new Map(peaks.map(({ day, peak }) => [day, peak]));
  const known: number[] = [];
  for (let day = today - DAY; byDay.has(day); day -= DAY) known.unshift(byDay.get(day) ?? 0);
  return known;
}
