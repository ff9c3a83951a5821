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
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const offsets = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => offsetAt(near, zone));
  const [first = 0, second = 0] = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  if (first + offsetAt(first, zone) === asUtc) return first;
  if (second + offsetAt(second, zone) === asUtc) return second;
  return jumpBetween(first, second, zone);
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
