/** Buckets in time zones against instants worked out by hand from the zones' published rules. */
import { bucketStartIn, bucketStartsIn, countBucketsIn, isOnTheHour, nextBucketIn, startOfDayIn } from './calendar';
import type { Calendar, WeekStart } from './calendar';
import { DAY, type Granularity, HOUR, MINUTE } from './time';
import { UTC_CALENDAR } from '../../../test/support/utc-calendar';

const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);
const calendar = (timezone: string, weekStart: WeekStart = 'monday'): Calendar => ({ timezone, weekStart });

/** Consecutive bucket starts; the last ends the one before it. */
type Golden = [what: string, timezone: string, starts: string[]];

const DAYS: Golden[] = [
  ['forward at 02:00, 23 hours', 'Europe/Berlin', ['2024-03-29T23:00', '2024-03-30T23:00', '2024-03-31T22:00']],
  ['back at 03:00, 25 hours', 'Europe/Berlin', ['2024-10-25T22:00', '2024-10-26T22:00', '2024-10-27T23:00']],
  ['forward at 02:00', 'America/New_York', ['2024-03-09T05:00', '2024-03-10T05:00', '2024-03-11T04:00']],
  ['back at 02:00', 'America/New_York', ['2024-11-02T04:00', '2024-11-03T04:00', '2024-11-04T05:00']],
  ['back in autumn, which is April', 'Australia/Sydney', ['2024-04-05T13:00', '2024-04-06T13:00', '2024-04-07T14:00']],
  ['forward in October', 'Australia/Sydney', ['2024-10-04T14:00', '2024-10-05T14:00', '2024-10-06T13:00']],
  ['half an hour back', 'Australia/Lord_Howe', ['2024-04-05T13:00', '2024-04-06T13:00', '2024-04-07T13:30']],
  ['half an hour forward', 'Australia/Lord_Howe', ['2024-10-04T13:30', '2024-10-05T13:30', '2024-10-06T13:00']],
  ['back from midnight to 23:00', 'America/Santiago', ['2024-04-06T03:00', '2024-04-07T04:00', '2024-04-08T04:00']],
  ['no midnight', 'America/Santiago', ['2024-09-07T04:00', '2024-09-08T04:00', '2024-09-09T03:00']],
  ['no midnight', 'Asia/Beirut', ['2024-03-29T22:00', '2024-03-30T22:00', '2024-03-31T21:00']],
  ['back from midnight to 23:00', 'Asia/Beirut', ['2024-10-25T21:00', '2024-10-26T22:00', '2024-10-27T22:00']],
  ['no midnight', 'Africa/Cairo', ['2024-04-24T22:00', '2024-04-25T22:00', '2024-04-26T21:00']],
  ['back from midnight to 23:00', 'Africa/Cairo', ['2024-10-30T21:00', '2024-10-31T22:00', '2024-11-01T22:00']],
  ['no midnight', 'America/Havana', ['2024-03-09T05:00', '2024-03-10T05:00', '2024-03-11T04:00']],
  ['midnight twice: back at 01:00', 'America/Havana', ['2024-11-02T04:00', '2024-11-03T04:00', '2024-11-04T05:00']],
  ['back from 00:01 to 23:01', 'America/St_Johns', ['2009-10-31T02:30', '2009-11-01T02:30', '2009-11-02T03:30']],
  ['forward at 00:01', 'America/St_Johns', ['2009-03-07T03:30', '2009-03-08T03:30', '2009-03-09T02:30']],
  ['never changed', 'Asia/Kathmandu', ['2024-03-30T18:15', '2024-03-31T18:15', '2024-04-01T18:15']],
  ['a quarter forward at midnight', 'Asia/Kathmandu', ['1985-12-30T18:30', '1985-12-31T18:30', '1986-01-01T18:15']],
  ['never changed', 'Asia/Kolkata', ['2024-02-28T18:30', '2024-02-29T18:30', '2024-03-01T18:30']],
  ['the name of before', 'Asia/Calcutta', ['2024-02-28T18:30', '2024-02-29T18:30', '2024-03-01T18:30']],
  ['half an hour forward', 'America/Caracas', ['2016-04-30T04:30', '2016-05-01T04:30', '2016-05-02T04:00']],
  ['forward from 23:30 to midnight', 'Asia/Pyongyang', ['2018-05-03T15:30', '2018-05-04T15:00', '2018-05-05T15:00']],
  ['back for Ramadan', 'Africa/Casablanca', ['2024-03-08T23:00', '2024-03-09T23:00', '2024-03-11T00:00']],
  ['and forward again', 'Africa/Casablanca', ['2024-04-13T00:00', '2024-04-14T00:00', '2024-04-14T23:00']],
  [
    '2011-12-30 skipped',
    'Pacific/Apia',
    ['2011-12-28T10:00', '2011-12-29T10:00', '2011-12-30T10:00', '2011-12-31T10:00'],
  ],
  ['2011-12-30 skipped', 'Pacific/Fakaofo', ['2011-12-28T11:00', '2011-12-29T11:00', '2011-12-30T11:00']],
  ['1994-12-31 skipped', 'Pacific/Kiritimati', ['1994-12-29T10:00', '1994-12-30T10:00', '1994-12-31T10:00']],
  ['offset with seconds', 'Africa/Monrovia', ['1972-01-06T00:44:30', '1972-01-07T00:44:30', '1972-01-08T00:00']],
];

const MONDAYS: Golden[] = [
  ['forward on its Sunday', 'Europe/Berlin', ['2024-03-17T23:00', '2024-03-24T23:00', '2024-03-31T22:00']],
  ['back on its Sunday', 'America/New_York', ['2024-10-21T04:00', '2024-10-28T04:00', '2024-11-04T05:00']],
  ['a week of six days', 'Pacific/Apia', ['2011-12-19T10:00', '2011-12-26T10:00', '2012-01-01T10:00']],
  ['back', 'Australia/Lord_Howe', ['2024-03-24T13:00', '2024-03-31T13:00', '2024-04-07T13:30']],
];

const SUNDAYS: Golden[] = [
  ['UTC', 'UTC', ['2024-02-25T00:00', '2024-03-03T00:00', '2024-03-10T00:00']],
  ['forward on its first day', 'Europe/Berlin', ['2024-03-23T23:00', '2024-03-30T23:00', '2024-04-06T22:00']],
  ['back on its first day', 'America/New_York', ['2024-10-27T04:00', '2024-11-03T04:00', '2024-11-10T05:00']],
  ['no midnight on its first day', 'America/Santiago', ['2024-09-01T04:00', '2024-09-08T04:00', '2024-09-15T03:00']],
  ['back to Saturday at 00:01', 'America/St_Johns', ['2009-10-25T02:30', '2009-11-01T02:30', '2009-11-08T03:30']],
];

const MONTHS: Golden[] = [
  ['March and October', 'Europe/Berlin', ['2024-02-29T23:00', '2024-03-31T22:00', '2024-04-30T22:00']],
  ['March', 'America/New_York', ['2024-02-01T05:00', '2024-03-01T05:00', '2024-04-01T04:00']],
  ['November', 'America/New_York', ['2024-10-01T04:00', '2024-11-01T04:00', '2024-12-01T05:00']],
  ['April', 'Australia/Sydney', ['2024-02-29T13:00', '2024-03-31T13:00', '2024-04-30T14:00']],
  ['back from the 1st to the 31st', 'Africa/Cairo', ['2024-09-30T21:00', '2024-10-31T22:00', '2024-11-30T22:00']],
  ['back to October at 00:01', 'America/St_Johns', ['2009-10-01T02:30', '2009-11-01T02:30', '2009-12-01T03:30']],
  ['no 31 December', 'Pacific/Kiritimati', ['1994-12-01T10:00', '1994-12-31T10:00', '1995-01-31T10:00']],
  ['over the new year', 'Asia/Kathmandu', ['2023-11-30T18:15', '2023-12-31T18:15', '2024-01-31T18:15']],
];

const HOURS: Golden[] = [
  ['hours of UTC', 'Europe/Berlin', ['2024-03-31T00:00', '2024-03-31T01:00', '2024-03-31T02:00']],
  ['02:00 twice', 'Europe/Berlin', ['2024-10-26T23:00', '2024-10-27T00:00', '2024-10-27T01:00', '2024-10-27T02:00']],
  ['never changed', 'Asia/Kolkata', ['2024-03-31T22:30', '2024-03-31T23:30', '2024-04-01T00:30']],
  ['never changed', 'Asia/Kathmandu', ['2024-03-31T18:15', '2024-03-31T19:15', '2024-03-31T20:15']],
  ['a whole hour back', 'Pacific/Chatham', ['2024-04-06T13:15', '2024-04-06T14:15', '2024-04-06T15:15']],
  // 01:00, and 02:00 after 01:30 came again: an hour and a half.
  ['half an hour back', 'Australia/Lord_Howe', ['2024-04-06T14:00', '2024-04-06T15:30', '2024-04-06T16:30']],
  // 01:00, 02:30 for 02:00, and 03:00.
  ['half an hour forward', 'Australia/Lord_Howe', ['2024-10-05T14:30', '2024-10-05T15:30', '2024-10-05T16:00']],
  ['forward from 23:30 to 00:00', 'Asia/Pyongyang', ['2018-05-04T14:30', '2018-05-04T15:00', '2018-05-04T16:00']],
  ['a quarter forward at 00:00', 'Asia/Kathmandu', ['1985-12-31T17:30', '1985-12-31T18:30', '1985-12-31T19:15']],
  ['a day skipped', 'Pacific/Apia', ['2011-12-30T09:00', '2011-12-30T10:00', '2011-12-30T11:00']],
  ['back at 00:01', 'America/St_Johns', ['2009-11-01T02:30', '2009-11-01T03:30', '2009-11-01T04:30']],
  ['forward at 00:01', 'America/St_Johns', ['2009-03-08T03:30', '2009-03-08T03:31', '2009-03-08T04:30']],
];

describe.each<[string, Granularity, WeekStart, Golden[]]>([
  ['hours', 'hour', 'monday', HOURS],
  ['days', 'day', 'monday', DAYS],
  ['weeks from Monday', 'week', 'monday', MONDAYS],
  ['weeks from Sunday', 'week', 'sunday', SUNDAYS],
  ['months', 'month', 'monday', MONTHS],
])('%s', (_, granularity, weekStart, cases) => {
  it.each(cases)('%s in %s', (_what, timezone, texts) => {
    const zone = calendar(timezone, weekStart);
    const starts = texts.map(at);
    const [first = NaN, second = NaN] = starts;
    const end = starts.at(-1) ?? NaN;
    expect(bucketStartsIn(granularity, first, end, zone)).toEqual(starts.slice(0, -1));
    expect(bucketStartsIn(granularity, first + 1, end + 1, zone)).toEqual(starts);
    expect(bucketStartsIn(granularity, second - 1, second, zone)).toEqual([first]);
    expect(countBucketsIn(granularity, first, end, zone)).toBe(starts.length - 1);
    expect(countBucketsIn(granularity, first + 1, end + 1, zone)).toBe(starts.length);
    for (const [i, start] of starts.slice(0, -1).entries()) {
      const next = starts[i + 1] ?? NaN;
      expect(nextBucketIn(granularity, start, zone)).toBe(next);
      const inside = Array.from(
        { length: (next - start) / (10 * MINUTE) },
        (_each, step) => start + step * 10 * MINUTE,
      );
      expect(inside.filter((instant) => bucketStartIn(granularity, instant, zone) !== start)).toEqual([]);
      expect(bucketStartIn(granularity, next - 1, zone)).toBe(start);
    }
  });
});

describe('what clocks repeat', () => {
  it('belongs to the day that has begun', () => {
    // St John's, 1 November 2009: 00:00, one minute later 23:01 of 31 October, and midnight again an hour after the first.
    const starts = [
      '2009-11-01T02:29:59',
      '2009-11-01T02:30',
      '2009-11-01T02:31',
      '2009-11-01T03:29',
      '2009-11-01T03:30',
    ];
    expect(starts.map((text) => iso(startOfDayIn(at(text), 'America/St_Johns')))).toEqual([
      '2009-10-31T02:30',
      ...Array<string>(4).fill('2009-11-01T02:30'),
    ]);
  });
});

describe('minutes', () => {
  it.each(['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe'])('are of the UTC clock in %s', (timezone) => {
    const from = at('2024-04-06T14:50:10');
    expect(iso(bucketStartIn('minute', from, calendar(timezone)))).toBe('2024-04-06T14:50');
    expect(iso(nextBucketIn('minute', at('2024-04-06T15:00'), calendar(timezone)))).toBe('2024-04-06T15:01');
    expect(countBucketsIn('minute', from, from + HOUR, calendar(timezone))).toBe(61);
  });
});

describe('isOnTheHour', () => {
  it.each([
    ['UTC', '2024-01-01', '2025-01-01', true],
    ['Europe/Berlin', '2024-01-01', '2025-01-01', true],
    ['Asia/Kolkata', '2024-01-01', '2024-01-02', false],
    ['Australia/Adelaide', '2024-01-01', '2024-01-02', false],
    // Half an hour off until the second, and a whole hour from the third.
    ['Australia/Lord_Howe', '2024-10-05', '2024-10-06', false],
    ['Australia/Lord_Howe', '2024-10-05T15:30', '2024-10-06', true],
    ['Australia/Lord_Howe', '2024-10-06', '2024-10-07', true],
  ])('of %s from %s to %s is %s', (timezone, from, to, expected) => {
    expect(isOnTheHour(at(from), at(to), calendar(timezone))).toBe(expected);
  });
});

describe('countBucketsIn', () => {
  it.each([
    ['UTC', 0],
    // It begins on the evening before and ends on the day after, and one date between was skipped.
    ['Pacific/Apia', 1],
  ])('counts ten thousand years at once in %s', (timezone, more) => {
    const [from, to] = [Date.UTC(-1, 0, 1), Date.UTC(9999, 0, 1)];
    const started = performance.now();
    expect(countBucketsIn('minute', from, to, calendar(timezone))).toBe((to - from) / MINUTE);
    expect(countBucketsIn('day', from, to, calendar(timezone))).toBe((to - from) / DAY + more);
    expect(countBucketsIn('hour', from, to, calendar(timezone))).toBe((to - from) / HOUR);
    expect(countBucketsIn('month', from, to, UTC_CALENDAR)).toBe(120_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it('refuses a name that ianaZone would not give', () => {
  for (const name of ['Europe/Atlantis', 'europe/berlin', '+05:30', 'est', '']) {
    expect(() => startOfDayIn(0, name)).toThrow(RangeError);
  }
});

it('ends on what is not an instant', () => {
  expect(() => startOfDayIn(NaN, 'Europe/Berlin')).toThrow(RangeError);
});
