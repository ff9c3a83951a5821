/** Axes and paths. */
import fc from 'fast-check';
import { areaPath, linePath, logHeights, niceTicks, runsOf, thinned } from './geometry';

it('reaches over the largest value with few round steps from zero', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (max) => {
      const ticks = niceTicks(max);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
      expect(ticks.at(-2)).toBeLessThan(max);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

it.each([
  [87, false, [0, 25, 50, 75, 100]],
  [2, true, [0, 1, 2]],
  [0, true, [0, 1]],
  [0.3, false, [0, 0.1, 0.2, 0.3]],
])('of %d (whole: %p) is %j', (max, whole, ticks) => expect(niceTicks(max, whole)).toEqual(ticks));

it('breaks a line at a gap, and draws a zero', () => {
  expect(runsOf([1, 0, null, null, 2, null])).toEqual([[1, 0], [2]]);
  expect(runsOf([null])).toEqual([]);
});

it('draws a line, and closes an area at its base', () => {
  const run = [
    { x: 0, y: 10 },
    { x: 5, y: 2.26 },
  ];
  expect(linePath(run)).toBe('M0.0,10.0L5.0,2.3');
  expect(areaPath(run, 20)).toBe('M0.0,10.0L5.0,2.3L5.0,20.0L0.0,20.0Z');
});

it('has a decade for each power of ten, and steps between where these are few', () => {
  expect(logHeights([3, null, 800]).ticks).toEqual([1, 10, 100, 1_000]);
  expect(logHeights([20, 90]).ticks).toEqual([10, 20, 50, 100]);
  expect(logHeights([0, null]).ticks[0]).toBe(0);
});

it('places all values of a logarithmic axis on it, the higher the higher', () => {
  const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (values) => {
      const { of } = logHeights(values);
      const heights = values.toSorted((a, b) => a - b).map(of);
      expect(heights).toEqual(heights.toSorted((a, b) => a - b));
      expect(heights[0]).toBeGreaterThanOrEqual(0);
      expect(heights.at(-1)).toBeLessThanOrEqual(1 + 1e-9);
      expect(of(0)).toBe(0);
    }),
  );
});

it('thins a line, and leaves its peaks', () => {
  expect(thinned([1, 9, null, null, 2, 0], 3)).toEqual([9, null, 2]);
  expect(thinned([1, null], 3)).toEqual([1, null]);
  const line = fc.array(fc.option(fc.nat(1_000)), { minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 120 }), (values, most) => {
      const found = thinned(values, most);
      expect(found.length).toBeLessThanOrEqual(most);
      expect(Math.max(...found.map((value) => value ?? -1))).toBe(Math.max(...values.map((value) => value ?? -1)));
    }),
  );
});
