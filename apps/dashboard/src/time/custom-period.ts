/** A period that is chosen by days of a zone, and times of its clock where it is to be cut finer. */
import type { Period } from '../state/view';
import { instantOf, instantsOf, wallOf } from './zone';

const DAY = 86_400_000;

export interface End {
  /** As `2026-11-28`; of the last day of the period where there is no time. */
  date: string;
  /** As `14:30`; empty: the start of the first day, the end of the last. */
  time: string;
  /** Whether the second is meant of a time that the clock shows twice. */
  later: boolean;
}

export type Chosen =
  | { period: Period }
  /** What is wrong, in words, and with which end. */
  | { problem: string; end: 'from' | 'to' };

/**
 * @param now a period that reaches to it, or past it, ends now
 * @example periodOf(end('2026-11-01'), end('2026-11-07'), 'UTC', now) // { period: { from: '2026-11-01', to: '2026-11-08' } }
 */
export function periodOf(from: End, to: End, zone: string, now: number): Chosen {
  const [start, stop] = [startOf(from, zone), stopOf(to, zone)];
  for (const [end, given, at] of [['from', from, start] as const, ['to', to, stop] as const]) {
    if (at === null) return { problem: skipped(given, zone), end };
    if (Number.isNaN(at)) return { problem: 'A day is missing.', end };
  }
  if (start === null || stop === null || start >= now) return { problem: 'It begins in the future.', end: 'from' };
  if (stop <= start) return { problem: 'The end is not after the start.', end: 'to' };
  const isOfDays = from.time === '' && to.time === '';
  const textOf = (at: number, day: string): string => (isOfDays ? day : new Date(at).toISOString());
  const period = { from: textOf(start, from.date) };
  return { period: stop > now ? period : { ...period, to: textOf(stop, dayAfter(to.date)) } };
}

/** Whether a clock in the zone shows the time twice, so that one has to be chosen. */
export function isTwice(end: End, zone: string): boolean {
  return instantsOf(wallAt(end), zone).length === 2;
}

/** The ends of a period, to be changed; of a timeframe those of the last seven days. */
export function endsOf(period: Period, zone: string, now: number): { from: End; to: End } {
  if ('timeframe' in period) return { from: dayOf(now - 6 * DAY, zone), to: dayOf(now, zone) };
  const { from, to } = period;
  const isDay = (text: string): boolean => !text.includes('T');
  return {
    from: isDay(from) ? end(from) : timeOf(Date.parse(from), zone),
    to: to === undefined ? dayOf(now, zone) : isDay(to) ? end(dayBefore(to)) : timeOf(Date.parse(to), zone),
  };
}

const end = (date: string, time = '', later = false): End => ({ date, time, later });
const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
const dayBefore = (date: string): string => new Date(Date.parse(date) - DAY).toISOString().slice(0, 10);

function wallAt({ date, time }: End): ReturnType<typeof wallOf> {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time === '' ? [] : time.split(':').map(Number);
  return { year, month, day, hour, minute };
}

/** Null for a time that does not come. */
function startOf(from: End, zone: string): number | null {
  const wall = wallAt(from);
  if (from.date === '') return NaN;
  if (from.time === '') return instantOf(wall, zone);
  const [first, second] = instantsOf(wall, zone);
  return (from.later ? second : undefined) ?? first ?? null;
}

function stopOf(to: End, zone: string): number | null {
  if (to.time !== '' || to.date === '') return startOf(to, zone);
  const wall = wallAt(to);
  return instantOf({ ...wall, day: wall.day + 1 }, zone);
}

function skipped(given: End, zone: string): string {
  const { hour, minute } = wallOf(instantOf(wallAt(given), zone), zone);
  const next = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
  return `On this day clocks in ${zone} jump over ${given.time}: choose ${next} or later, or a time before the jump.`;
}

function dayOf(at: number, zone: string): End {
  return end(timeOf(at, zone).date);
}

function timeOf(at: number, zone: string): End {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  const [date, time] = new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16).split('T');
  const isLater = instantsOf(wallOf(at, zone), zone).at(1) === Math.floor(at / 60_000) * 60_000;
  return end(date ?? '', time ?? '', isLater);
}
