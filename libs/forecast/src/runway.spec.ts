import fc from 'fast-check';
import type { Band } from './bands';
import { runwayOf } from './runway';

const band = (expected: number, spread = 0): Band => ({
  expected,
  low80: expected - spread,
  high80: expected + spread,
  low95: expected - 2 * spread,
  high95: expected + 2 * spread,
});

it('says when each bound first reaches the limit', () => {
  const bands = [10, 20, 30, 40].map((expected) => band(expected, 10));
  expect(runwayOf(bands, 30)).toEqual({ earliest: 1, expected: 2, latest: 3 });
  expect(runwayOf(bands, 45)).toEqual({ earliest: 3, expected: null, latest: null });
  expect(runwayOf(bands, 51)).toBeNull();
  expect(runwayOf([], 1)).toBeNull();
});

it('is early before it is expected, and late after, whatever the bands', () => {
  const aBand = fc.tuple(fc.nat(100), fc.nat(50)).map(([expected, spread]) => band(expected, spread));
  fc.assert(
    fc.property(fc.array(aBand), fc.integer({ min: 1, max: 150 }), (bands, limit) => {
      const runway = runwayOf(bands, limit);
      if (runway === null) return expect(bands.every(({ high80 }) => high80 < limit)).toBe(true);
      const { earliest, expected, latest } = runway;
      expect(earliest).not.toBeNull();
      expect(earliest ?? Infinity).toBeLessThanOrEqual(expected ?? Infinity);
      expect(expected ?? Infinity).toBeLessThanOrEqual(latest ?? Infinity);
    }),
  );
});
