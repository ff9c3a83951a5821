/** The same weekdays, whole weeks before: what a day is fairly compared with. */
import type { Usage } from '../api/client';
import { clocksOf, instantOf, wallOf } from './zone';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** The two windows may overlap by this share of one, so that a year is compared with 52 weeks before. */
const MAX_OVERLAP = 0.02;

type Period = Pick<Usage['period'], 'from' | 'to' | 'timezone' | 'timeframe' | 'granularity'>;

export interface Shifted {
  /** Instants. */
  from: string;
  to: string;
  /** Of the shift: a multiple of seven. */
  days: number;
}

/**
 * The window shifted back, by the clocks of its zone, by as few weeks as leave the two apart.
 * @returns null where nothing is before (`all`), and for months, whose weekdays differ
 */
export function weekdaysBefore({ from, to, timezone, timeframe, granularity }: Period): Shifted | null {
  if (timeframe === 'all' || granularity === 'month') return null;
  const length = Date.parse(to) - Date.parse(from);
  const days = Math.max(1, Math.ceil((length * (1 - MAX_OVERLAP)) / WEEK)) * 7;
  const shift = (text: string): string => new Date(daysBefore(Date.parse(text), days, timezone)).toISOString();
  return { from: shift(from), to: shift(to), days };
}

/** To the minute. */
function daysBefore(instant: number, days: number, zone: string): number {
  const wall = wallOf(instant, zone);
  return instantOf({ ...wall, day: wall.day - days }, zone);
}

/**
 * For each bucket what was in the one at the same time of the clock, some days before. One that the clock jumped over has
 * none; where the clock shows a time twice, both are compared with its first.
 * @param starts of the buckets, ascending
 * @param before what is compared with, ascending
 */
export function pairByClock<T extends { timestamp: string }>(
  starts: readonly number[],
  before: readonly T[],
  days: number,
  zone: string,
): (T | undefined)[] {
  const clocks = clocksOf(
    before.map(({ timestamp }) => Date.parse(timestamp)),
    zone,
  );
  const byClock = new Map<number, T>();
  for (const [index, point] of before.entries()) {
    const clock = clocks[index] ?? 0;
    if (!byClock.has(clock)) byClock.set(clock, point);
  }
  return clocksOf(starts, zone).map((clock) => byClock.get(clock - days * DAY));
}
