import fc from 'fast-check';
import { trend } from './trend';

const predictor = trend();
const line = (length: number, at: (step: number) => number) => Array.from({ length }, (_, step) => at(step));
const fitted = (values: number[], end = values.length) => predictor.fit({ values, slots: [] }, end);

describe('a straight line', () => {
  it('is continued, whatever its slope', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 60 }), fc.nat(1_000), fc.nat(1_000_000), (length, slope, start) => {
        const predict = fitted(line(length, (step) => start + slope * step));
        for (const lead of [0, 1, 89]) expect(predict(lead)).toBeCloseTo(start + slope * (length + lead), 3);
      }),
    );
  });

  it('is moved by no single step of trouble', () => {
    const values = line(28, (step) => 100 + step);
    values[26] = 10_000;
    expect(fitted(values)(0)).toBeCloseTo(128, 0);
  });

  it('never falls below zero', () => {
    expect(fitted(line(10, (step) => 10 - step))(50)).toBe(0);
  });

  it('knows nothing after the end', () => {
    expect(fitted([1, 2, 3, 9_999], 3)(0)).toBe(4);
  });

  it('goes by the last weeks, not by what was before', () => {
    expect(fitted(line(60, (step) => (step < 30 ? 10_000 - step * 300 : step * 10)))(0)).toBe(600);
  });
});
