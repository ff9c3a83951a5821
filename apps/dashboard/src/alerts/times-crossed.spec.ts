/** Labels stand where a clock passes round times, wherever the points end. */
import { timesCrossed } from './times-crossed';

const MINUTE = 60_000;
const every = (minutes: number, count: number, from: string): number[] =>
  Array.from({ length: count }, (_, index) => Date.parse(from) + index * minutes * MINUTE);

it('labels round times of the zone, at midnight the date', () => {
  const ends = every(7, 40, '2026-11-27T21:03:00Z');
  expect(timesCrossed(ends, 'Europe/Berlin', 5, 'en-GB')).toEqual([
    { index: 9, label: '23:00' },
    { index: 17, label: '28 Nov' },
    { index: 26, label: '01:00' },
    { index: 34, label: '02:00' },
  ]);
});

it.each([7, 61, 240])('has some labels and not too many for points of %i minutes', (minutes) => {
  const labels = timesCrossed(every(minutes, 2_000, '2026-01-01T00:01:00Z'), 'UTC', 8);
  expect(labels.length).toBeLessThanOrEqual(8);
});

it('has none without points', () => expect(timesCrossed([], 'UTC', 8)).toEqual([]));
