/** Instants and the clock on the wall of a time zone; all instants are milliseconds since 1970. */
import type { Granularity } from '../state/view';

export interface Wall {
  year: number;
  /** 1 is January. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make: a chart asks for hundreds of the same zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What a clock in the zone shows at an instant. */
export function wallOf(instant: number, zone: string): Wall {
  const wall: Wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatOf(zone).formatToParts(instant)) {
    if (type in wall) wall[type as keyof Wall] = Number(value);
  }
  return wall;
}

/**
 * The first instant at which a clock in the zone shows this. A time that the clock jumps over in spring is the instant of
 * the jump; days past the month's end are those of the next.
 */
export function instantOf({ year, month, day, hour, minute }: Wall, zone: string): number {
  const [found] = instantsOf({ year, month, day, hour, minute }, zone);
  if (found !== undefined) return found;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const [first = 0, second = 0] = [asUtc - DAY, asUtc + DAY]
    .map((near) => asUtc - offsetAt(near, zone))
    .sort((a, b) => a - b);
  return jumpBetween(first, second, zone);
}

/**
 * All instants at which a clock in the zone shows this, ascending: none where it jumps over it, two where it goes back.
 * @example instantsOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, 'Europe/Berlin').length // 2
 */
export function instantsOf(wall: Wall, zone: string): number[] {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const offsets = [asUtc - DAY, asUtc + DAY].map((near) => offsetAt(near, zone));
  const candidates = new Set(offsets.map((offset) => asUtc - offset));
  return [...candidates].filter((at) => at + offsetAt(at, zone) === asUtc).sort((a, b) => a - b);
}

/**
 * What a clock in the zone shows at each instant, as milliseconds since 1970 of that clock. The zone is asked twice a day,
 * not at each of the thousands of buckets of a chart.
 * @param instants ascending
 */
export function clocksOf(instants: readonly number[], zone: string): number[] {
  const clocks: number[] = [];
  for (let first = 0; first < instants.length;) {
    const start = instants[first] ?? 0;
    let next = first + 1;
    while (next < instants.length && (instants[next] ?? 0) < start + DAY) next += 1;
    const [before, after] = [offsetAt(start, zone), offsetAt(instants[next - 1] ?? start, zone)];
    for (const at of instants.slice(first, next)) clocks.push(at + (before === after ? before : offsetAt(at, zone)));
    first = next;
  }
  return clocks;
}

/** The end of the bucket that starts at `start`: a day of a change of clocks has 23 or 25 hours. */
export function bucketEnd(start: number, granularity: Granularity, zone: string): number {
  if (granularity === 'minute') return start + 60_000;
  if (granularity === 'hour') return start + 3_600_000;
  const { year, month, day } = wallOf(start, zone);
  if (granularity === 'month') return instantOf({ year, month: month + 1, day: 1, hour: 0, minute: 0 }, zone);
  return instantOf({ year, month, day: day + (granularity === 'week' ? 7 : 1), hour: 0, minute: 0 }, zone);
}

function offsetAt(instant: number, zone: string): number {
  const { year, month, day, hour, minute } = wallOf(instant, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / 60_000) * 60_000;
}

/** The minute at which the offset of the zone changes. */
function jumpBetween(from: number, to: number, zone: string): number {
  const before = offsetAt(from, zone);
  let [low, high] = [from, to];
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}
