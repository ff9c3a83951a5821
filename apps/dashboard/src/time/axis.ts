/** Which buckets of a time axis get a label, and what it says. */
import type { Granularity } from '../state/view';
import { type Wall, wallOf } from './zone';

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
  const walls = starts.map((start) => wallOf(start, zone));
  const indexes =
    granularity === 'minute' || granularity === 'hour' ? roundTimes(walls, most) : evenly(walls.length, most);
  return indexes.map((index) => ({
    index,
    label: labelOf(starts[index] ?? 0, walls[index], granularity, zone, locale),
  }));
}

function roundTimes(walls: readonly Wall[], most: number): number[] {
  for (const step of MINUTE_STEPS) {
    const found = walls.flatMap(({ hour, minute }, index) => ((hour * 60 + minute) % step === 0 ? [index] : []));
    if (found.length <= most) return found;
  }
  const midnights = walls.flatMap(({ hour, minute }, index) => (hour === 0 && minute === 0 ? [index] : []));
  return evenly(midnights.length, most).flatMap((index) => midnights[index] ?? []);
}

/** Every n-th of `count`, from the first. */
function evenly(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

function labelOf(
  start: number,
  wall: Wall | undefined,
  granularity: Granularity,
  timeZone: string,
  locale?: string,
): string {
  const isTime = (granularity === 'minute' || granularity === 'hour') && (wall?.hour !== 0 || wall.minute !== 0);
  const options: Intl.DateTimeFormatOptions = isTime
    ? { timeStyle: 'short' }
    : granularity === 'month'
      ? { month: 'short', year: 'numeric' }
      : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(start);
}
