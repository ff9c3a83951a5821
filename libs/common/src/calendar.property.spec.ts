/** Buckets in random zones against local dates as Intl prints them, and in UTC against time.ts. */
import fc from 'fast-check';
import {
  type Calendar,
  WEEK_STARTS,
  bucketStartIn,
  bucketStartsIn,
  countBucketsIn,
  nextBucketIn,
  startOfDayIn,
} from './calendar';
import { DAY, GRANULARITIES, type Granularity, HOUR, MINUTE, bucketStart, nextBucket } from './time';

const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2040, 0, 1);

/** The longest window that a test makes of each granularity. */
const LONGEST: Record<Granularity, number> = {
  minute: DAY,
  hour: 30 * DAY,
  day: 500 * DAY,
  week: 2000 * DAY,
  month: 6000 * DAY,
};

const calendars = fc.record({
  timezone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  weekStart: fc.constantFrom(...WEEK_STARTS),
});
const granularities = fc.constantFrom(...GRANULARITIES);
const instants = fc.integer({ min: FROM, max: TO });

/** A granularity and a window of it that is not empty. */
const windows = fc.tuple(granularities, instants).chain(([granularity, from]) =>
  fc.record({
    granularity: fc.constant(granularity),
    from: fc.constant(from),
    to: fc.integer({ min: from + 1, max: from + LONGEST[granularity] }),
  }),
);

const printers = new Map<string, Intl.DateTimeFormat>();

/** The local date as `2024-03-31`. */
function dateOf(at: number, { timezone }: Calendar): string {
  let printer = printers.get(timezone);
  if (printer === undefined) {
    printer = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' });
    printers.set(timezone, printer);
  }
  return printer.format(at);
}

/** The first date of the bucket that a date is in. */
function firstDate(granularity: Granularity, date: string, { weekStart }: Calendar): string {
  if (granularity === 'day') return date;
  if (granularity === 'month') return `${date.slice(0, 8)}01`;
  const day = new Date(date);
  const past = (day.getUTCDay() + (weekStart === 'monday' ? 6 : 0)) % 7;
  return new Date(Number(day) - past * DAY).toISOString().slice(0, 10);
}

describe('in any zone', () => {
  it('buckets ascend, join and cover the window exactly', () => {
    fc.assert(
      fc.property(windows, calendars, ({ granularity, from, to }, calendar) => {
        const starts = bucketStartsIn(granularity, from, to, calendar);
        expect(countBucketsIn(granularity, from, to, calendar)).toBe(starts.length);
        expect(starts[0]).toBe(bucketStartIn(granularity, from, calendar));
        const ends = starts.map((start) => nextBucketIn(granularity, start, calendar));
        expect(ends.slice(0, -1)).toEqual(starts.slice(1));
        expect(starts.filter((start, i) => start >= (ends[i] ?? NaN))).toEqual([]);
        const [first = NaN, last = NaN, end = NaN] = [starts[0], starts.at(-1), ends.at(-1)];
        expect([first <= from, last < to, end >= to]).toEqual([true, true, true]);
      }),
      { numRuns: 400 },
    );
  });

  it('every instant is in the bucket that bucketStartIn names', () => {
    fc.assert(
      fc.property(granularities, instants, calendars, (granularity, at, calendar) => {
        const start = bucketStartIn(granularity, at, calendar);
        expect([start <= at, at < nextBucketIn(granularity, start, calendar)]).toEqual([true, true]);
        expect(bucketStartIn(granularity, start, calendar)).toBe(start);
        expect(bucketStartIn(granularity, start - 1, calendar)).toBeLessThan(start);
        expect(startOfDayIn(at, calendar.timezone)).toBe(bucketStartIn('day', at, calendar));
      }),
      { numRuns: 2000 },
    );
  });

  it('hours start where the clock shows a full hour, or has skipped one, and nowhere else', () => {
    const clock = (at: number, { timezone }: Calendar): string =>
      new Date(at).toLocaleString('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
    const isStart = (at: number, calendar: Calendar): boolean => {
      const [before, now] = [clock(at - MINUTE, calendar), clock(at, calendar)];
      return now.slice(14, 16) === '00' || now.slice(0, 13) > before.slice(0, 13);
    };
    fc.assert(
      fc.property(instants, calendars, (at, calendar) => {
        const start = bucketStartIn('hour', at, calendar);
        expect(isStart(start, calendar)).toBe(true);
        const later = Array.from({ length: Math.floor((at - start) / MINUTE) }, (_, i) => start + (i + 1) * MINUTE);
        expect(later.filter((minute) => isStart(minute, calendar))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('days, weeks and months start at the first instant of their first local date', () => {
    const local = fc.constantFrom<Granularity>('day', 'week', 'month');
    fc.assert(
      fc.property(local, instants, calendars, (granularity, at, calendar) => {
        const start = bucketStartIn(granularity, at, calendar);
        const first = dateOf(start, calendar);
        expect(first).toBe(firstDate(granularity, first, calendar));
        const dayBefore = Array.from({ length: 26 * 4 }, (_, i) => dateOf(start - 1 - i * 15 * MINUTE, calendar));
        expect(dayBefore.filter((date) => date >= first)).toEqual([]);
        // Shortly after its start the date before may come again, but never one of a later bucket.
        expect(firstDate(granularity, dateOf(at, calendar), calendar) <= first).toBe(true);
        if (at - start > 2 * HOUR) expect(firstDate(granularity, dateOf(at, calendar), calendar)).toBe(first);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('in UTC', () => {
  function bucketStarts(granularity: Granularity, from: number, to: number): number[] {
    const starts: number[] = [];
    for (let at = bucketStart(granularity, from); at < to; at = nextBucket(granularity, at)) starts.push(at);
    return starts;
  }

  it('buckets are those of time.ts', () => {
    fc.assert(
      fc.property(
        windows,
        fc.constantFrom('UTC', 'Etc/UTC', 'Africa/Abidjan'),
        ({ granularity, from, to }, timezone) => {
          const calendar: Calendar = { timezone, weekStart: 'monday' };
          const starts = bucketStarts(granularity, from, to);
          expect(bucketStartsIn(granularity, from, to, calendar)).toEqual(starts);
          expect(countBucketsIn(granularity, from, to, calendar)).toBe(starts.length);
        },
      ),
    );
  });

  it('weeks from Sunday are those from Monday a day earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 2000 * DAY }), (from, length) => {
        const sundays = bucketStartsIn('week', from, from + length, { timezone: 'UTC', weekStart: 'sunday' });
        expect(sundays).toEqual(bucketStarts('week', from + DAY, from + length + DAY).map((start) => start - DAY));
      }),
    );
  });
});
