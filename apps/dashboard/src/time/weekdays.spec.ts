/** Windows of the same weekdays, also over a change of clocks. */
import fc from 'fast-check';
import { pairByClock, weekdaysBefore } from './weekdays';
import { wallOf } from './zone';

const HOUR = 3_600_000;
const hours = (start: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    timestamp: new Date(Date.parse(start) + index * HOUR).toISOString(),
  }));
const custom = (from: string, to: string, timezone = 'UTC') =>
  weekdaysBefore({ from, to, timezone, timeframe: 'custom', granularity: 'hour' });

it.each([
  ['an hour', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00Z', 7],
  ['a week and the minutes of its first hour', '2026-11-18T12:00:00Z', '2026-11-25T12:40:00Z', 7],
  ['eight days', '2026-11-17T00:00:00Z', '2026-11-25T00:00:00Z', 14],
  ['thirty days', '2026-10-26T00:00:00Z', '2026-11-25T00:00:00Z', 35],
  ['a year', '2025-11-25T00:00:00Z', '2026-11-25T00:00:00Z', 364],
])('compares %s with as few weeks before as leave them apart', (_, from, to, days) => {
  expect(custom(from, to)?.days).toBe(days);
});

it('goes by the clock: a day is compared with the whole day before, be it longer', () => {
  const shifted = custom('2026-10-31T23:00:00Z', '2026-11-01T23:00:00Z', 'Europe/Berlin');
  expect(shifted).toEqual({ from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z', days: 7 });
});

it('has nothing to compare all time with, nor months', () => {
  const period = { from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z', timezone: 'UTC' };
  expect(weekdaysBefore({ ...period, timeframe: 'all', granularity: 'day' })).toBeNull();
  expect(weekdaysBefore({ ...period, timeframe: 'custom', granularity: 'month' })).toBeNull();
});

it('pairs a day with a longer one: the hour that came twice is not shown again', () => {
  const starts = hours('2026-10-31T23:00:00Z', 24).map(({ timestamp }) => Date.parse(timestamp));
  const paired = pairByClock(starts, hours('2026-10-24T22:00:00Z', 25), 7, 'Europe/Berlin');
  expect(paired.slice(1, 5).map((point) => point?.timestamp)).toEqual([
    '2026-10-24T23:00:00.000Z',
    '2026-10-25T00:00:00.000Z',
    '2026-10-25T02:00:00.000Z',
    '2026-10-25T03:00:00.000Z',
  ]);
});

it('pairs nothing with an hour that the clock jumped over', () => {
  const starts = hours('2026-04-04T22:00:00Z', 24).map(({ timestamp }) => Date.parse(timestamp));
  const paired = pairByClock(starts, hours('2026-03-28T23:00:00Z', 23), 7, 'Europe/Berlin');
  expect(paired.flatMap((point, index) => (point === undefined ? [index] : []))).toEqual([2]);
});

it('pairs each with the same weekday and time', () => {
  const window = fc.record({
    start: fc.integer({ min: Date.UTC(2024, 0) / HOUR, max: Date.UTC(2030, 0) / HOUR }),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
    weeks: fc.integer({ min: 1, max: 5 }),
  });
  const clock = (at: number, zone: string): number => {
    const { year, month, day, hour, minute } = wallOf(at, zone);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  fc.assert(
    fc.property(window, ({ start, zone, weeks }) => {
      const starts = Array.from({ length: 50 }, (_, index) => (start + index) * HOUR);
      const before = hours(new Date((start - weeks * 168 - 3) * HOUR).toISOString(), 56);
      for (const [index, point] of pairByClock(starts, before, weeks * 7, zone).entries()) {
        if (!point) continue;
        const [now, then] = [clock(starts[index] ?? 0, zone), clock(Date.parse(point.timestamp), zone)];
        expect(now - then).toBe(weeks * 168 * HOUR);
      }
    }),
  );
});
