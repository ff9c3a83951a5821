/** Periods before, worked out by hand: of windows that have ended, of running ones, over changes of clocks, and past retention. */
import fc from 'fast-check';
import { DAY, HOUR, MINUTE, type Retention, TIMEFRAMES, type Timeframe, iso } from '@meterhouse/common';
import { previousPeriodOf } from './previous-period';
import { windowOf } from './window';

const RETENTION: Retention = { rawDays: 90, minuteDays: 400, hourDays: 730 };

const at = (text: string): number => Date.parse(`${text}Z`);
const short = (instant: number): string =>
  iso(instant)
    .replace(/(:00)?\.000Z$/, '')
    .replace(/Z$/, '');

interface Asked {
  timeframe?: Timeframe;
  from?: string;
  to?: string;
  zone?: string;
  now?: string;
  detailed?: boolean;
}

function windowAnd({ timeframe, from, to, zone = 'UTC', now = '2026-03-31T10:20:30.400', detailed = false }: Asked) {
  const request = {
    timeframe: timeframe ?? null,
    from: from === undefined ? null : at(from),
    to: to === undefined ? null : at(to),
    granularity: 'month',
    calendar: { timezone: zone, weekStart: 'monday' },
    detailed,
  } as const;
  const window = windowOf(request, at(now), at('2020-01-01T00:00'), RETENTION);
  return { window, previous: previousPeriodOf(window, detailed, at(now), RETENTION) };
}

function periodOf(asked: Asked): [string, string] | null {
  const { previous } = windowAnd(asked);
  return previous && [short(previous.from), short(previous.to)];
}

describe('previousPeriodOf', () => {
  it.each<[string, Asked, [string, string] | null]>([
    // 60 minutes and a half, moved back by 61 minutes.
    ['1h', { timeframe: '1h' }, ['2026-03-31T08:19', '2026-03-31T09:19:30.400']],
    ['24h', { timeframe: '24h' }, ['2026-03-29T10:19', '2026-03-30T10:19:30.400']],
    // Seven days, twenty minutes and a half, moved back by an hour more than seven days.
    ['7d', { timeframe: '7d' }, ['2026-03-17T09:00', '2026-03-24T09:20:30.400']],
    ['30d', { timeframe: '30d' }, ['2026-01-30T09:00', '2026-03-01T09:20:30.400']],
    ['90d', { timeframe: '90d' }, ['2025-10-02T09:00', '2025-12-31T09:20:30.400']],
    ['90d of an endpoint', { timeframe: '90d', detailed: true }, ['2025-10-02T09:00', '2025-12-31T09:20:30.400']],
    // 365 days and ten hours, moved back by 366 days; of a year ago minutes are kept by key, and hours by endpoint.
    ['1y', { timeframe: '1y' }, ['2024-03-30T00:00', '2025-03-30T10:21']],
    ['1y of an endpoint', { timeframe: '1y', detailed: true }, ['2024-03-30T00:00', '2025-03-30T10:00']],
    ['1h at a whole minute', { timeframe: '1h', now: '2026-03-31T10:20:00' }, ['2026-03-31T08:20', '2026-03-31T09:20']],
    ['all', { timeframe: 'all' }, null],
  ])('of %s', (_, asked, expected) => {
    expect(periodOf(asked)).toEqual(expected);
  });

  it.each<[string, Asked, [string, string] | null]>([
    ['three hours', { from: '2026-03-20T09:10', to: '2026-03-20T12:10' }, ['2026-03-20T06:10', '2026-03-20T09:10']],
    ['a day', { from: '2026-03-20T00:00', to: '2026-03-21T00:00' }, ['2026-03-19T00:00', '2026-03-20T00:00']],
    [
      'a week from a Wednesday',
      { from: '2026-03-04T00:00', to: '2026-03-11T00:00' },
      ['2026-02-25T00:00', '2026-03-04T00:00'],
    ],
    ['March', { from: '2025-03-01T00:00', to: '2025-04-01T00:00' }, ['2025-02-01T00:00', '2025-03-01T00:00']],
    ['February', { from: '2025-02-01T00:00', to: '2025-03-01T00:00' }, ['2025-01-01T00:00', '2025-02-01T00:00']],
    ['a quarter', { from: '2025-04-01T00:00', to: '2025-07-01T00:00' }, ['2025-01-01T00:00', '2025-04-01T00:00']],
    ['a year', { from: '2025-01-01T00:00', to: '2026-01-01T00:00' }, ['2024-01-01T00:00', '2025-01-01T00:00']],
    ['most of March', { from: '2025-03-01T00:00', to: '2025-03-31T00:00' }, ['2025-01-30T00:00', '2025-03-01T00:00']],
  ])('that has ended: %s', (_, asked, expected) => {
    expect(periodOf(asked)).toEqual(expected);
  });

  it.each<[string, Asked, [string, string] | null]>([
    // Clocks are set forward on the 30th: 167 hours are compared with 168.
    ['a week', { from: '2025-03-23T23:00', to: '2025-03-30T22:00' }, ['2025-03-16T23:00', '2025-03-23T23:00']],
    // And back on 26 October: 169 hours.
    ['a week', { from: '2025-10-19T22:00', to: '2025-10-26T23:00' }, ['2025-10-12T22:00', '2025-10-19T22:00']],
    // The week after it is compared with one of 169 hours.
    ['a week after', { from: '2025-10-26T23:00', to: '2025-11-02T23:00' }, ['2025-10-19T22:00', '2025-10-26T23:00']],
    ['November', { from: '2025-10-31T23:00', to: '2025-11-30T23:00' }, ['2025-09-30T22:00', '2025-10-31T23:00']],
    // Not days of Berlin: 168 hours.
    ['a week of UTC', { from: '2025-10-20T00:00', to: '2025-10-27T00:00' }, ['2025-10-13T00:00', '2025-10-20T00:00']],
  ])('of days of Berlin: %s', (_, asked, expected) => {
    expect(periodOf({ ...asked, zone: 'Europe/Berlin' })).toEqual(expected);
  });

  it.each<[string, Asked, [string, string] | null]>([
    // Ten hours of today with as many of yesterday.
    ['today', { from: '2026-03-31T00:00' }, ['2026-03-30T00:00', '2026-03-30T10:20:30.400']],
    ['five days', { from: '2026-03-27T00:00' }, ['2026-03-22T00:00', '2026-03-26T10:20:30.400']],
    [
      'five days to the end of today',
      { from: '2026-03-27T00:00', to: '2026-04-01T00:00' },
      ['2026-03-22T00:00', '2026-03-26T10:20:30.400'],
    ],
    // This month with last month, as far as that goes.
    [
      'March',
      { from: '2026-03-01T00:00', to: '2026-04-01T00:00', now: '2026-03-20T10:00' },
      ['2026-02-01T00:00', '2026-02-20T10:00'],
    ],
    [
      'the end of March',
      { from: '2026-03-01T00:00', to: '2026-04-01T00:00' },
      ['2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    [
      'a month of days',
      { from: '2026-03-01T00:00', now: '2026-03-20T10:00' },
      ['2026-02-09T00:00', '2026-02-28T10:00'],
    ],
    // Its last day is no end of the month that was asked for.
    ['the days of March', { from: '2026-03-01T00:00' }, ['2026-01-29T00:00', '2026-02-28T10:20:30.400']],
    [
      'today to the end of March',
      { from: '2026-03-20T00:00', to: '2026-04-01T00:00', now: '2026-03-20T10:00' },
      ['2026-03-19T00:00', '2026-03-19T10:00'],
    ],
    [
      'days up to a midnight',
      { from: '2026-03-27T00:00', now: '2026-03-30T00:00' },
      ['2026-03-23T00:00', '2026-03-26T00:00'],
    ],
    // 12:20 in the summer and 12:20 in the winter.
    [
      'days over a change of clocks',
      { from: '2026-03-28T23:00', zone: 'Europe/Berlin' },
      ['2026-03-25T23:00', '2026-03-28T11:20:30.400'],
    ],
    ['an hour and more', { from: '2026-03-31T09:10' }, ['2026-03-31T07:59', '2026-03-31T09:09:30.400']],
    [
      'to a time to come',
      { from: '2026-03-31T09:10', to: '2030-01-01T00:00' },
      ['2026-03-31T07:59', '2026-03-31T09:09:30.400'],
    ],
  ])('that runs: %s', (_, asked, expected) => {
    expect(periodOf(asked)).toEqual(expected);
  });

  it.each<[string, Asked, [string, string] | null]>([
    // Raw events end with 30 December: minutes of keys go on, of endpoints hours.
    ['minutes', { from: '2026-01-20T10:10', to: '2026-03-01T10:10' }, ['2025-12-11T10:10', '2026-01-20T10:10']],
    [
      'minutes of an endpoint',
      { from: '2026-01-20T10:10', to: '2026-03-01T10:10', detailed: true },
      ['2025-12-11T10:00', '2026-01-20T10:00'],
    ],
    // Hours end in March 2024, and with them days of a zone.
    [
      'hours',
      { from: '2025-04-01T05:00', to: '2026-04-01T05:00', now: '2026-03-31T05:00' },
      ['2024-04-02T05:00', '2025-04-01T05:00'],
    ],
    [
      'hours that are gone',
      { from: '2025-02-01T05:00', to: '2026-02-01T05:00' },
      ['2024-02-02T00:00', '2025-02-01T00:00'],
    ],
    ['days of UTC', { from: '2025-02-01T00:00', to: '2026-02-01T00:00' }, ['2024-02-01T00:00', '2025-02-01T00:00']],
    ['days of Berlin', { from: '2025-01-31T23:00', to: '2026-01-31T23:00', zone: 'Europe/Berlin' }, null],
  ])('past retention: %s', (_, asked, expected) => {
    expect(periodOf(asked)).toEqual(expected);
  });

  it('is as long as the window, and ends less than one bucket of its edges before it, for any timeframe and now', () => {
    const step = { minute: MINUTE, hour: HOUR, day: DAY };
    fc.assert(
      fc.property(
        fc.constantFrom(...TIMEFRAMES.filter((name) => name !== 'all' && name !== '1y')),
        fc.nat(800 * DAY).map((later) => iso(at('2025-01-01T00:00') + later).slice(0, -1)),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
        fc.boolean(),
        (timeframe, now, zone, detailed) => {
          const { window, previous } = windowAnd({ timeframe, now, zone, detailed });
          const { from, to } = previous ?? { from: NaN, to: NaN };
          expect(to - from).toBe(window.to - window.from);
          expect(window.from - to).toBeGreaterThanOrEqual(0);
          expect(window.from - to).toBeLessThan(step[window.edges]);
          // So that both begin with a bucket, and what has passed of the last one is the same.
          expect((window.from - from) % step[window.edges]).toBe(0);
        },
      ),
    );
  });
});
