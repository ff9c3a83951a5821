/** Labels of a time axis whose points end at any time. */
import type { Tick } from '../time/axis';
import { clocksOf } from '../time/zone';

const MINUTE = 60_000;
const DAY = 86_400_000;
const STEPS = [5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 40_320, 80_640].map(
  (minutes) => minutes * MINUTE,
);

/**
 * A label where the clock of the zone passes a round time, at midnight the date; at most `most` of them.
 * @param ends of the points, ascending
 */
export function timesCrossed(ends: readonly number[], zone: string, most: number, locale?: string): Tick[] {
  const clocks = clocksOf(ends, zone);
  const date = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  for (const step of STEPS) {
    const crossed = clocks.flatMap((clock, index) => {
      const round = Math.floor(clock / step) * step;
      const before = clocks[index - 1];
      return before !== undefined && before < round ? [{ index, round }] : [];
    });
    if (crossed.length > most) continue;
    return crossed.map(({ index, round }) => ({ index, label: (round % DAY === 0 ? date : time).format(round) }));
  }
  return [];
}
