import { largerByChance, largerShareByChance, median, upperTail, weightedMedian } from './statistics';

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

describe('largerByChance', () => {
  const of = (count: number, value: (index: number) => number): number[] =>
    Array.from({ length: count }, (_, index) => value(index));

  it('is about half for samples of the same, and next to nothing for clearly larger ones', () => {
    const even = of(100, (index) => index);
    expect(largerByChance(even, even)).toBeCloseTo(0.5, 2);
    expect(
      largerByChance(
        of(20, (index) => 200 + index),
        even,
      ),
    ).toBeLessThan(1e-9);
    expect(
      largerByChance(
        of(20, (index) => -index),
        even,
      ),
    ).toBeGreaterThan(0.999);
  });

  it('is near that of the tables: U = 24 of 5 and 5 has 0.008 exactly, 0.011 by the normal approximation', () => {
    expect(largerByChance([5, 7, 8, 9, 10], [1, 2, 3, 4, 6])).toBeCloseTo(0.0108, 4);
  });

  it('is 1 where all are equal', () => {
    expect(largerByChance([3, 3], [3, 3, 3])).toBe(1);
  });
});

describe('medians', () => {
  it('are the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 3, 10])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('are where half of the weight is', () => {
    expect(
      weightedMedian([
        { value: 9, weight: 1 },
        { value: 2, weight: 5 },
        { value: 1, weight: 3 },
      ]),
    ).toBe(2);
    expect(weightedMedian([])).toBeNaN();
  });
});
