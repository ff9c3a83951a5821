/** Axes and paths. */
import fc from 'fast-check';
import { areaPath, linePath, niceTicks, runsOf } from './geometry';

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
