import { HOUR, MINUTE } from '@meterhouse/common';
import { isScheduled } from './schedule';

const at = (text: string): number => Date.parse(text);

const OFFICE = { timezone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };

it('judges always without a schedule', () => expect(isScheduled(null, 0)).toBe(true));

it.each([
  // Berlin is an hour ahead in winter, two in summer; clocks change on Sunday 2026-03-29.
  ['2026-03-27T08:00:00Z', false],
  ['2026-03-27T08:01:00Z', true],
  ['2026-03-27T17:00:00Z', true],
  ['2026-03-27T17:01:00Z', false],
  ['2026-03-28T12:00:00Z', false],
  ['2026-03-30T07:00:00Z', false],
  ['2026-03-30T07:01:00Z', true],
  ['2026-03-30T16:00:00Z', true],
  ['2026-03-30T16:01:00Z', false],
])('judges the window that ends at %s by the clocks of the zone: %s', (end, expected) => {
  expect(isScheduled(OFFICE, at(end))).toBe(expected);
});

const minutesJudged = (schedule: typeof OFFICE, day: string, hours: number): number =>
  Array.from({ length: hours * 60 }, (_, index) => at(day) + (index + 1) * MINUTE).filter((end) =>
    isScheduled(schedule, end),
  ).length;

it.each([
  ['the hour that clocks skip', '2026-03-29', 23],
  ['the hour that they show twice', '2026-10-25', 25],
  ['neither', '2026-06-14', 24],
])('judges a day with %s for all of its hours', (_, date, hours) => {
  const all = { ...OFFICE, days: [7], from: '00:00', to: '24:00' };
  const start = at(`${date}T00:00:00Z`) - (date === '2026-03-29' ? HOUR : 2 * HOUR);
  expect(minutesJudged(all, new Date(start - 12 * HOUR).toISOString(), 48)).toBe(hours * 60);
});

it('counts an hour that clocks skip as none, and one that they show twice as two', () => {
  const night = { ...OFFICE, days: [7], from: '02:00', to: '03:00' };
  expect(minutesJudged(night, '2026-03-28T12:00:00Z', 24)).toBe(0);
  expect(minutesJudged(night, '2026-10-24T12:00:00Z', 24)).toBe(120);
});
