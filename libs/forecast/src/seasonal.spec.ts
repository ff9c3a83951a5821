import fc from 'fast-check';
import { DAYS_OF_WEEK, HOURS_OF_DAY, HOURS_OF_WEEK, seasonal, seasonalNaive } from './seasonal';
import type { Steps } from './predictor';

const WEEK = 168;
const weekly = seasonal(HOURS_OF_WEEK);

/** Weeks of hours, each from its week and the hour in it. */
function weeks(count: number, valueAt: (week: number, slot: number) => number): Steps {
  return {
    values: Float64Array.from({ length: count * WEEK }, (_, hour) => valueAt(Math.floor(hour / WEEK), hour % WEEK)),
    slots: Uint8Array.from({ length: (count + 20) * WEEK }, (_, hour) => hour % WEEK),
  };
}

/** The mean of a week that is predicted, 0 being the next one. */
function meanOfWeek(predict: (lead: number) => number, week: number): number {
  return Array.from({ length: WEEK }, (_, hour) => predict(week * WEEK + hour)).reduce((a, b) => a + b, 0) / WEEK;
}

const aShape = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: WEEK, maxLength: WEEK });

describe('the shape of a week times its level', () => {
  it('repeats a week that does not change, whatever its shape', () => {
    fc.assert(
      fc.property(aShape, fc.integer({ min: 1, max: 8 }), (shape, count) => {
        const predict = weekly.fit(
          weeks(count, (_, slot) => shape[slot] ?? 0),
          count * WEEK,
        );
        for (let lead = 0; lead < 2 * WEEK; lead++) expect(predict(lead)).toBeCloseTo(shape[lead % WEEK] ?? 0, 6);
      }),
      { numRuns: 50 },
    );
  });

  it('follows the level of the last week, in the shape of the weeks before', () => {
    const shapeOf = (slot: number): number => (slot % 24 < 8 ? 10 : 100);
    const predict = weekly.fit(
      weeks(3, (week, slot) => shapeOf(slot) * (week === 2 ? 3 : 1)),
      3 * WEEK,
    );
    for (const lead of [0, 7, 8, 30, 167]) expect(predict(lead)).toBeCloseTo(3 * shapeOf(lead), 6);
  });

  it('repeats neither one day of outage nor one of a flood', () => {
    for (const trouble of [0, 50]) {
      const predict = weekly.fit(
        weeks(4, (week, slot) => (week === 2 && slot >= 48 && slot < 72 ? 100 * trouble : 100)),
        4 * WEEK,
      );
      for (const lead of [0, 50, 71, 100]) expect(predict(lead) / 100).toBeCloseTo(1, 1);
    }
  });

  it('continues growth that stands out, ever more slowly', () => {
    const predict = weekly.fit(
      weeks(8, (week) => 100 * 1.05 ** week),
      8 * WEEK,
    );
    const [next, twelfth] = [meanOfWeek(predict, 0), meanOfWeek(predict, 11)];
    expect(next / (100 * 1.05 ** 8)).toBeCloseTo(1, 1);
    expect(twelfth).toBeGreaterThan(1.2 * next);
    expect(twelfth).toBeLessThan(next * 1.05 ** 11);
  });

  it('takes no scatter for growth', () => {
    const levels = [100, 140, 80, 120, 90, 130, 85, 115];
    const predict = weekly.fit(
      weeks(8, (week) => levels[week] ?? 0),
      8 * WEEK,
    );
    expect(meanOfWeek(predict, 11) / meanOfWeek(predict, 0)).toBeCloseTo(1, 1);
  });

  it('scales with what it is made from, is never negative, and knows nothing after the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 5 * WEEK, maxLength: 5 * WEEK }),
        fc.integer({ min: WEEK, max: 5 * WEEK }),
        fc.constantFrom(2, 10, 1_000),
        (values, end, factor) => {
          const { slots } = weeks(5, () => 0);
          const [predict, scaled, unknowing] = [
            values,
            values.map((value) => value * factor),
            values.map((value, index) => (index < end ? value : 7_777)),
          ].map((of) => weekly.fit({ values: of, slots }, end));
          for (const lead of [0, 1, 100, 500]) {
            const expected = predict?.(lead) ?? NaN;
            expect(expected).toBeGreaterThanOrEqual(0);
            expect(scaled?.(lead)).toBeCloseTo(expected * factor, 4);
            expect(unknowing?.(lead)).toBe(expected);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('expects nothing after nothing', () => {
    expect(
      weekly.fit(
        weeks(4, () => 0),
        4 * WEEK,
      )(5),
    ).toBe(0);
  });

  it('goes by the slot, not by the number of hours, where clocks are set back or forward', () => {
    for (const extra of [1, -1]) {
      // One day of the third week has an hour more, or less.
      const slots: number[] = [];
      for (let week = 0; week < 6; week++) {
        for (let slot = 0; slot < WEEK; slot++) {
          if (week === 2 && slot === 146 && extra === -1) continue;
          slots.push(slot);
          if (week === 2 && slot === 146 && extra === 1) slots.push(slot);
        }
      }
      const end = 4 * WEEK + extra;
      const values = slots.slice(0, end).map((slot) => (slot % 24 === 9 ? 50 : 1));
      const predict = weekly.fit({ values, slots }, end);
      for (let lead = 0; lead < WEEK; lead++) {
        const expected = (slots[end + lead] ?? 0) % 24 === 9 ? 50 : 1;
        expect(predict(lead) / expected).toBeCloseTo(1, 1);
      }
    }
  });

  it('repeats days where hours repeat by the day, and weeks where days do', () => {
    const day = seasonal(HOURS_OF_DAY).fit(
      {
        values: Array.from({ length: 72 }, (_, hour) => (hour % 24) + 1),
        slots: Array.from({ length: 120 }, (_, hour) => hour % 24),
      },
      72,
    );
    expect([day(0), day(23), day(24)].map(Math.round)).toEqual([1, 24, 1]);
    const week = seasonal(DAYS_OF_WEEK).fit(
      {
        values: Array.from({ length: 21 }, (_, at) => (at % 7 === 6 ? 10 : 100)),
        slots: Array.from({ length: 30 }, (_, at) => at % 7),
      },
      21,
    );
    expect([week(0), week(6), week(7)].map(Math.round)).toEqual([100, 10, 100]);
  });
});

it('the seasonal naive repeats the last season', () => {
  const values = Array.from({ length: 3 * WEEK }, (_, hour) => hour);
  const predict = seasonalNaive(HOURS_OF_WEEK).fit({ values, slots: [] }, 3 * WEEK);
  expect([predict(0), predict(167), predict(168)]).toEqual([2 * WEEK, 3 * WEEK - 1, 2 * WEEK]);
});
