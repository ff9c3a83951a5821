/** Which buckets of a time axis get a label, and what it says. */
import type { Granularity } from '../state/view';
import { clocksOf } from './zone';

export interface Tick {
  /** Which bucket. */
  index: number;
  label: string;
}

/** Minutes, then hours, at whose multiples a label stands. */
const MINUTE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440];

/**
 * Labels for buckets, at most `most` of them: at round times of the zone, at midnight the date.
 * @param starts of the buckets, ascending
 */
export function timeTicks(
  starts: readonly number[],
  granularity: Granularity,
  zone: string,
  most: number,
  locale?: string,
): Tick[] {
  const isTimed = granularity === 'minute' || granularity === 'hour';
  const minutes = isTimed ? clocksOf(starts, zone).map(minuteOfDay) : [];
  const indexes = isTimed ? roundTimes(minutes, most) : evenly(starts.length, most);
  const date = new Intl.DateTimeFormat(locale, { ...DATES[granularity], timeZone: zone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone });
  return indexes.map((index) => ({
    index,
    label: (isTimed && minutes[index] !== 0 ? time : date).format(starts[index] ?? 0),
  }));
}

const DAYS: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const DATES: Record<Granularity, Intl.DateTimeFormatOptions> = {
  minute: DAYS,
  hour: DAYS,
  day: DAYS,
  week: DAYS,
  month: { month: 'short', year: 'numeric' },
};

const DAY = 86_400_000;

/** @param at of the clock, which may have been before 1970 */
const minuteOfDay = (at: number): number => Math.floor((((at % DAY) + DAY) % DAY) / 60_000);

/** @param minutes of the day */
function roundTimes(minutes: readonly number[], most: number): number[] {
  for (const step of MINUTE_STEPS) {
    const found = minutes.flatMap((minute, index) => (minute % step === 0 ? [index] : []));
    if (found.length <= most) return found;
  }
  const midnights = minutes.flatMap((minute, index) => (minute === 0 ? [index] : []));
  return evenly(midnights.length, most).flatMap((index) => midnights[index] ?? []);
}

/** Every n-th of `count`, from the first. */
function evenly(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
