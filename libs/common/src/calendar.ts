/**
 * Buckets in a time zone. Minutes are those of the UTC clock everywhere. Hours are the zone's: where its offset is not
 * of whole hours they begin at other minutes than those of UTC (see `Zone.hourRuns`). Days, weeks and months are the
 * zone's, and start at the first instant of their first local date: where clocks skip midnight, when they are set
 * forward; where midnight comes twice, the first time. A date that a zone skipped has no bucket. Buckets follow each
 * other without a gap, so what clocks repeat after midnight stays in the day that has begun.
 * All instants are epoch milliseconds. Zones are spelled as `ianaZone` spells them, any other name is a RangeError.
 */
import { DAY, type Granularity, HOUR, bucketStart, isByDay, nextBucket } from './time';
import { Zone } from './zone';

/** The days that a week can start on. */
export const WEEK_STARTS = ['monday', 'sunday'] as const;
export type WeekStart = (typeof WEEK_STARTS)[number];

/** The zone and week start by which days and weeks are counted. */
export interface Calendar {
  /** An IANA name as `ianaZone` spells it. */
  timezone: string;
  weekStart: WeekStart;
}

/** How buckets map to instants: the part of `Zone` that they need. */
type LocalTime = Pick<Zone, 'localAt' | 'firstInstantOf' | 'skippedDates'>;

const UTC: LocalTime = { localAt: (at) => at, firstInstantOf: (local) => local, skippedDates: () => 0 };

function localTimeOf(granularity: Granularity, { timezone }: Calendar): LocalTime {
  return isByDay(granularity) && timezone !== 'UTC' ? Zone.of(timezone) : UTC;
}

/** The zone whose hours are asked for; null where they are those of UTC. */
function hoursOf(granularity: Granularity, { timezone }: Calendar): Zone | null {
  return granularity === 'hour' && timezone !== 'UTC' ? Zone.of(timezone) : null;
}

/** No hour is as long as this, not even one that clocks repeat a part of. */
const LONGER_THAN_AN_HOUR = 2 * HOUR;

function startOfHour(at: number, zone: Zone): number {
  const last = zone.hourRuns(at + 1 - LONGER_THAN_AN_HOUR, at + 1).at(-1);
  if (!last) throw new RangeError(`${at} is not an instant.`);
  return last.first + (last.count - 1) * HOUR;
}

function startOfNextHour(start: number, zone: Zone): number {
  const [next] = zone.hourRuns(start + 1, start + LONGER_THAN_AN_HOUR);
  if (!next) throw new RangeError(`${start} is not an instant.`);
  return next.first;
}

/** Whether minutes and hours of a window are those of UTC. */
export function isOnTheHour(from: number, to: number, { timezone }: Calendar): boolean {
  return timezone === 'UTC' || Zone.of(timezone).isOnTheHour(from, to);
}

/** The local time at which the bucket that holds `at` starts. */
function localStart(granularity: Granularity, at: number, { weekStart }: Calendar, zone: LocalTime): number {
  const local = zone.localAt(at);
  let start =
    granularity === 'week' && weekStart === 'sunday'
      ? bucketStart('week', local + DAY) - DAY
      : bucketStart(granularity, local);
  // Clocks set back shortly after midnight show the day before again; the new bucket has begun all the same.
  for (let next = nextBucket(granularity, start); zone.firstInstantOf(next) <= at;) {
    start = next;
    next = nextBucket(granularity, start);
  }
  return start;
}

/** The start of the bucket that holds `at`. */
export function bucketStartIn(granularity: Granularity, at: number, calendar: Calendar): number {
  const hours = hoursOf(granularity, calendar);
  if (hours) return startOfHour(at, hours);
  const zone = localTimeOf(granularity, calendar);
  return zone.firstInstantOf(localStart(granularity, at, calendar, zone));
}

/** The start of the bucket after the one that starts at `start`. */
export function nextBucketIn(granularity: Granularity, start: number, calendar: Calendar): number {
  const hours = hoursOf(granularity, calendar);
  if (hours) return startOfNextHour(start, hours);
  const zone = localTimeOf(granularity, calendar);
  return zone.firstInstantOf(nextBucket(granularity, localStart(granularity, start, calendar, zone)));
}

/** The start of the day or month that is `count` of them after the one that starts at `start`; before it where negative. */
export function startAfter(unit: 'day' | 'month', start: number, count: number, calendar: Calendar): number {
  const zone = localTimeOf(unit, calendar);
  const local = localStart(unit, start, calendar, zone);
  const date = new Date(local);
  const month = (): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  return zone.firstInstantOf(unit === 'month' ? month() : local + count * DAY);
}

/** The starts of all buckets that touch `[from, to)`, ascending; `to` is after `from`. */
export function bucketStartsIn(granularity: Granularity, from: number, to: number, calendar: Calendar): number[] {
  const hours = hoursOf(granularity, calendar);
  if (hours) {
    const later = hours.hourRuns(from + 1, to).flatMap(({ first, count }) => hoursFrom(first, count));
    return [startOfHour(from, hours), ...later];
  }
  const zone = localTimeOf(granularity, calendar);
  const starts: number[] = [];
  let local = localStart(granularity, from, calendar, zone);
  for (let at = zone.firstInstantOf(local); at < to; at = zone.firstInstantOf(local)) {
    // A date that was skipped "starts" with the next one.
    if (at !== starts.at(-1)) starts.push(at);
    local = nextBucket(granularity, local);
  }
  return starts;
}

/** How many buckets touch `[from, to)`, without making them; whole milliseconds, `to` is after `from`. */
export function countBucketsIn(granularity: Granularity, from: number, to: number, calendar: Calendar): number {
  const hours = hoursOf(granularity, calendar);
  if (hours) return hours.hourRuns(from + 1, to).reduce((sum, { count }) => sum + count, 1);
  const zone = localTimeOf(granularity, calendar);
  const first = localStart(granularity, from, calendar, zone);
  if (to <= zone.firstInstantOf(first)) return 0;
  const last = localStart(granularity, to - 1, calendar, zone);
  if (granularity === 'month') return monthOf(last) - monthOf(first) + 1;
  const skipped = granularity === 'day' ? zone.skippedDates(from, to) : 0;
  return (last - first) / (nextBucket(granularity, first) - first) + 1 - skipped;
}

function hoursFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index * HOUR);
}

/** Months since the year 0. */
function monthOf(local: number): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The start of the day that holds `at` in a zone. */
export function startOfDayIn(at: number, timezone: string): number {
  return bucketStartIn('day', at, { timezone, weekStart: 'monday' });
}

/** The hour of the local week that holds `at`: 0 for the first of Monday, 167 for the last of Sunday. */
export function hourOfWeekIn(at: number, timezone: string): number {
  const local = localTimeIn(at, timezone);
  return Math.floor((local - bucketStart('week', local)) / HOUR);
}

/** The first instant of a date in a zone, or after it where the date was skipped; `date` is its start in UTC. */
export function startOfDateIn(date: number, timezone: string): number {
  return timezone === 'UTC' ? date : Zone.of(timezone).firstInstantOf(date);
}

/** What clocks of a zone show at an instant, as if it were UTC. */
export function localTimeIn(at: number, timezone: string): number {
  return timezone === 'UTC' ? at : Zone.of(timezone).localAt(at);
}
