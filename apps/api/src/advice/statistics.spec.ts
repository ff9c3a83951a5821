import { largerShareByChance, upperTail } from './statistics';

describe('upperTail', () => {
  it.each([
    [0, 0.5],
    [1.959964, 0.025],
    [-1.959964, 0.975],
    [6, 9.865876e-10],
  ])('of %d is %d', (z, expected) => {
    expect(Math.abs(upperTail(z) / expected - 1)).toBeLessThan(1e-5);
  });
});

describe('largerShareByChance', () => {
  it('is half for equal shares, and next to nothing for clearly larger ones', () => {
    expect(largerShareByChance({ count: 10, of: 1_000 }, { count: 100, of: 10_000 })).toBeCloseTo(0.5);
    expect(largerShareByChance({ count: 100, of: 1_000 }, { count: 100, of: 10_000 })).toBeLessThan(1e-20);
  });

  it('is 1 where nothing can differ', () => {
    expect(largerShareByChance({ count: 0, of: 10 }, { count: 0, of: 10 })).toBe(1);
  });
});
