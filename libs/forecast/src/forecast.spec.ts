import fc from 'fast-check';
import { spreadOf } from './bands';
import { Forecast, type Method, naiveError } from './forecast';
import { DAYS_OF_WEEK, HOURS_OF_WEEK, seasonal } from './seasonal';
import { trend } from './trend';

const WEEK = 168;
const HOURLY: Method = {
  predictor: seasonal(HOURS_OF_WEEK),
  stride: 24,
  span: WEEK,
  units: [1, 24, WEEK],
  origins: 28,
  season: WEEK,
};
const DAILY: Method = { predictor: seasonal(DAYS_OF_WEEK), stride: 1, span: 7, units: [1], origins: 42, season: 7 };

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

/** Hours around a shape of the day, off by what chance does. */
function noisyHours(seed: number, hours: number): Float64Array {
  const random = seeded(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float64Array.from({ length: hours }, (_, hour) => {
    const mean = 200 + 150 * Math.sin((hour / 24) * 2 * Math.PI);
    return Math.max(0, Math.round(mean * Math.exp(0.15 * normal())));
  });
}

const slotsOf = (length: number, season: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % season);

describe('a forecast', () => {
  it('has nested bounds around what it expects, and sums what it expects', () => {
    const aValue = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000_000 }));
    fc.assert(
      fc.property(
        fc.array(aValue, { minLength: 7, maxLength: 120 }),
        fc.constantFrom(DAILY, { ...DAILY, predictor: trend() }),
        fc.nat(89),
        fc.integer({ min: 1, max: 30 }),
        (values, method, from, length) => {
          const forecast = new Forecast({ values, slots: slotsOf(300, 7) }, values.length, 90, method);
          const to = Math.min(90, from + length);
          const band = forecast.sum(from, to);
          let expected = 0;
          for (let lead = from; lead < to; lead++) expected += forecast.expected(lead);
          expect(band.expected).toBeCloseTo(expected, 6);
          const ascending = [0, band.low95, band.low80, band.expected, band.high80, band.high95];
          for (const [index, value] of ascending.entries())
            expect(value).toBeGreaterThanOrEqual(ascending[index - 1] ?? 0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is sure of what never changed, and says how good it was', () => {
    const values = Float64Array.from({ length: 6 * WEEK }, (_, hour) => (hour % 24) + 1);
    const forecast = new Forecast({ values, slots: slotsOf(8 * WEEK, WEEK) }, 6 * WEEK, WEEK, HOURLY);
    const { expected, low95, high95 } = forecast.sum(0, 24);
    expect(expected).toBeCloseTo(300, 6);
    expect([low95, high95]).toEqual([expect.closeTo(300, 6), expect.closeTo(300, 6)]);
    // Repeating the last week was never off, so that there is nothing to compare with.
    expect(forecast.accuracy()).toEqual({ mase: null, coverage80: 1, coverage95: 1, origins: 14 });
  });

  it('covers what comes as often as it says: hours, and the total of a week', () => {
    const KEYS = 60;
    const inside = { hour80: 0, hour95: 0, week80: 0, week95: 0 };
    for (let key = 0; key < KEYS; key++) {
      const values = noisyHours(key + 1, 6 * WEEK);
      const known = 5 * WEEK;
      const forecast = new Forecast({ values, slots: slotsOf(6 * WEEK, WEEK) }, known, WEEK, HOURLY);
      let sum = 0;
      for (let lead = 0; lead < WEEK; lead++) {
        const actual = values[known + lead] ?? 0;
        const band = forecast.sum(lead, lead + 1);
        sum += actual;
        if (actual >= band.low80 && actual <= band.high80) inside.hour80 += 1 / WEEK / KEYS;
        if (actual >= band.low95 && actual <= band.high95) inside.hour95 += 1 / WEEK / KEYS;
      }
      const total = forecast.sum(0, WEEK);
      if (sum >= total.low80 && sum <= total.high80) inside.week80 += 1 / KEYS;
      if (sum >= total.low95 && sum <= total.high95) inside.week95 += 1 / KEYS;
    }
    expect(inside.hour80).toBeGreaterThan(0.75);
    expect(inside.hour80).toBeLessThan(0.85);
    expect(inside.hour95).toBeGreaterThan(0.92);
    expect(inside.hour95).toBeLessThan(0.98);
    // Of 60 keys, so that chance alone moves it by some percent.
    expect(inside.week80).toBeGreaterThan(0.7);
    expect(inside.week95).toBeGreaterThan(0.9);
  });

  it('has narrower bounds of a total than the sum of those of its hours', () => {
    const values = noisyHours(7, 6 * WEEK);
    const forecast = new Forecast({ values, slots: slotsOf(8 * WEEK, WEEK) }, 6 * WEEK, WEEK, HOURLY);
    let hours = 0;
    for (let lead = 0; lead < WEEK; lead++) {
      const { low80, high80 } = forecast.sum(lead, lead + 1);
      hours += high80 - low80;
    }
    const { low80, high80 } = forecast.sum(0, WEEK);
    expect(high80 - low80).toBeLessThan(hours / 2);
  });

  it('widens its bounds where it looks further ahead than its past is long', () => {
    const values = Array.from({ length: 30 }, (_, day) => 1_000 + 50 * ((day * 7) % 5));
    const forecast = new Forecast({ values, slots: slotsOf(200, 7) }, 30, 90, DAILY);
    const width = (lead: number): number => forecast.sum(lead, lead + 1).high80 - forecast.sum(lead, lead + 1).low80;
    expect(width(89)).toBeGreaterThan(width(0));
  });

  it('says nothing of its accuracy where the past is too short to compare', () => {
    const values = noisyHours(3, WEEK + 48);
    expect(new Forecast({ values, slots: slotsOf(3 * WEEK, WEEK) }, values.length, WEEK, HOURLY).accuracy()).toBeNull();
  });
});

it('the naive error is the mean difference from a season before', () => {
  expect(naiveError([1, 2, 3, 5], 4, 2)).toBe(2.5);
  expect(naiveError([1, 2], 2, 2)).toBe(0);
});

it('the spread of a sum is that of chance where it is small, and a tenth where it is large', () => {
  expect(spreadOf(0)).toBe(1);
  expect(spreadOf(1e8) / 1e7).toBeCloseTo(1, 3);
});
