import { DAY } from '@meterhouse/common';
import { growthOf } from './resource-runway';

const TODAY = Date.UTC(2026, 2, 2);
const GIB = 2 ** 30;

/** Peaks of the days before today, the last one yesterday's. */
const peaksOf = (values: readonly number[]) =>
  values.map((value, index) => ({ day: TODAY - (values.length - index) * DAY, peak: value * GIB, peakAt: 0 }));

const line = (days: number, slope: number) => Array.from({ length: days }, (_, day) => 100 + slope * day);

const daysLeft = (at: number | null | undefined): number => ((at ?? Infinity) - TODAY) / DAY;

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it('is full on the day when the line through its peaks meets the capacity', () => {
  const peaks = peaksOf(line(20, 2));
  expect(growthOf(peaks, 138 * GIB, 160 * GIB, TODAY)).toMatchObject({ days: 20, perDay: 2 * GIB });
  expect(daysLeft(growthOf(peaks, 138 * GIB, 160 * GIB, TODAY).exhausts?.expected)).toBe(10);
});

it('sees no end where what is used shrinks, or where it takes more than 90 days', () => {
  expect(growthOf(peaksOf(line(20, -2)), 60 * GIB, 160 * GIB, TODAY).exhausts).toBeNull();
  expect(growthOf(peaksOf(line(20, 2)), 138 * GIB, 900 * GIB, TODAY).exhausts).toBeNull();
});

it('knows the days since the last gap, and says nothing of fewer than fourteen', () => {
  const peaks = peaksOf(line(20, 2));
  const gapped = peaks.filter(({ day }) => day !== TODAY - 7 * DAY);
  expect(growthOf(gapped, 138 * GIB, 160 * GIB, TODAY)).toEqual({ days: 6, perDay: null, exhausts: null });
  expect(growthOf([], GIB, 2 * GIB, TODAY)).toEqual({ days: 0, perDay: null, exhausts: null });
});

it('is full today where it is full now, whatever is known', () => {
  expect(growthOf([], 2 * GIB, 2 * GIB, TODAY).exhausts).toEqual({ expected: TODAY, earliest: TODAY, latest: TODAY });
});

it('names an early and a late day that the day comes between, mostly: around a line, and where growth itself wanders', () => {
  const random = seeded(5);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (const wanders of [false, true]) {
    const [RUNS, KNOWN] = [200, 28];
    let inside = 0;
    for (let run = 0; run < RUNS; run++) {
      const slope = 0.5 + random();
      let level = 100;
      const path = Array.from({ length: KNOWN + 120 }, () => {
        level += wanders ? slope * (1 + 2 * normal()) : slope;
        return wanders ? level : level + 3 * normal();
      });
      const known = path.slice(0, KNOWN);
      const capacity = (path[KNOWN - 1] ?? 0) + slope * (5 + 60 * random());
      const full = path.slice(KNOWN).findIndex((used) => used >= capacity);
      const { exhausts } = growthOf(peaksOf(known), (known.at(-1) ?? 0) * GIB, capacity * GIB, TODAY);
      if (daysLeft(exhausts?.earliest) <= full && full <= daysLeft(exhausts?.latest)) inside++;
    }
    expect(inside / RUNS).toBeGreaterThan(0.75);
  }
});
