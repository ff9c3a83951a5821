import { round6 } from './round';

it.each([
  [0.1 + 0.2, 0.3],
  [100 / 3, 33.333333],
  [1 / 8_000_000, 0],
  [1 / 2_000_000, 0.000001],
  [-2 / 3, -0.666667],
  [1_234_567, 1_234_567],
])('rounds %d to %d', (value, rounded) => {
  expect(round6(value)).toBe(rounded);
});
