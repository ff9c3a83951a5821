/** How long a limit lasts. */
import { clock } from '../format/format';
import { WINDOWS, runwayOf } from './runway';

const [minute, hour, day] = WINDOWS;
const at = (time: string): number => Date.parse(`2026-11-28T${time}Z`);
const shown = (time: string): string => clock(at(time), 'UTC');

it.each([
  ['lasts', hour, 500, 1_000, '10:30:00', 'Enough at this pace'],
  ['lasts where nothing is used', day, 0, 1_000, '10:30:00', 'Nothing used yet'],
  ['says nothing from a few seconds', minute, 9, 60, '10:30:05', 'Too early to say how long it lasts'],
] as const)('%s', (_, window, used, limit, now, expected) => {
  expect(window && runwayOf(window, used, limit, at(now), 'UTC')).toBe(expected);
});

it('says when a limit is used up, and when it is free again', () => {
  expect(hour && runwayOf(hour, 600, 1_000, at('10:30:00'), 'UTC')).toBe(
    `At this pace used up at ${shown('10:50:00')}, free again at ${shown('11:00:00')}`,
  );
  expect(hour && runwayOf(hour, 1_200, 1_000, at('10:01:00'), 'UTC')).toBe(
    `Used up, free again at ${shown('11:00:00')}`,
  );
});
