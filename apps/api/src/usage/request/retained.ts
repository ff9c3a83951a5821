/** Which rows are within their retention. All instants are epoch milliseconds. */
import { DAY, RESOLUTION_MS, type Resolution, type Retention, floorTo, iso } from '@meterhouse/common';
import type { RollupSet } from './read-plan';

/** Rounds `at` down to the finest level whose per-dimension rows are still retained, and returns that level. */
export function firstKept(at: number, now: number, retention: Retention): { level: Resolution; from: number } {
  for (const level of ['minute', 'hour'] as const) {
    const from = floorTo(level, at);
    if (isReadable('detail', level, from, now, retention) && isKept(level, from, now, retention))
      return { level, from };
  }
  return { level: 'day', from: floorTo('day', at) };
}

/** The first instant not before `at` up to which it is: rows of a level are needed from where the coarser one ends. */
export function lastKept(from: number, at: number, now: number, retention: Retention): number {
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

/** As `isKept`; the minutes of the detail rollups are the raw events, and end with these. */
export function isReadable(
  rollupSet: RollupSet,
  level: Resolution,
  from: number,
  now: number,
  retention: Retention,
): boolean {
  if (rollupSet === 'detail' && level === 'minute') return from >= now - (retention.rawDays + 1) * DAY;
  return isKept(level, from, now, retention);
}

/** The first UTC day whose minutes or hours are retained, and will be for the rest of today. */
export function keptSince(detailed: boolean, level: Resolution, now: number, retention: Retention): string {
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
