/** Labels of a time axis. */
import { timeTicks } from './axis';

const HOUR = 3_600_000;
const hours = (from: string, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Date.parse(from) + index * HOUR);

it('labels round hours of the zone, and midnight by its date', () => {
  const ticks = timeTicks(hours('2026-11-21T13:00:00Z', 24), 'hour', 'Europe/Berlin', 8, 'en-GB');
  expect(ticks.map(({ label }) => label)).toEqual([
    '15:00',
    '18:00',
    '21:00',
    '22 Nov',
    '03:00',
    '06:00',
    '09:00',
    '12:00',
  ]);
  expect(ticks[3]?.index).toBe(10);
});

it('stays at round hours over the night in which clocks go back', () => {
  const ticks = timeTicks(hours('2026-10-24T22:00:00Z', 25), 'hour', 'Europe/Berlin', 6, 'en-GB');
  expect(ticks.map(({ label }) => label)).toEqual(['25 Oct', '06:00', '12:00', '18:00']);
  expect(ticks.map(({ index }) => index)).toEqual([0, 7, 13, 19]);
});

it('thins days and months evenly', () => {
  const days = Array.from({ length: 30 }, (_, index) => Date.UTC(2026, 10, 1 + index));
  expect(timeTicks(days, 'day', 'UTC', 4, 'en-GB').map(({ label }) => label)).toEqual([
    '1 Nov',
    '9 Nov',
    '17 Nov',
    '25 Nov',
  ]);
  const months = [Date.UTC(2026, 0), Date.UTC(2026, 1)];
  expect(timeTicks(months, 'month', 'UTC', 8, 'en-GB').map(({ label }) => label)).toEqual(['Jan 2026', 'Feb 2026']);
});

it('labels midnights alone where many days are shown by the hour', () => {
  const ticks = timeTicks(hours('2026-11-01T00:00:00Z', 24 * 14), 'hour', 'UTC', 7, 'en-GB');
  expect(ticks.map(({ label }) => label)).toEqual(['1 Nov', '3 Nov', '5 Nov', '7 Nov', '9 Nov', '11 Nov', '13 Nov']);
});

it('has nothing to say of nothing', () => {
  expect(timeTicks([], 'hour', 'UTC', 8)).toEqual([]);
});
