/** A straight line from the last value on, for what fills up, such as a disk. */
import { medianSlope } from './numbers';
import type { Predictor } from './predictor';

/** Steps that the slope is made of. */
const SLOPED = 28;

/** The slope is the median of those between all pairs of the last 28 values; nothing falls below 0. */
export const LINEAR: Predictor = {
  least: 2,
  fit: ({ values }, end) => {
    const known = Array.from({ length: Math.min(SLOPED, end) }, (_, index) => values[end - 1 - index] ?? 0).reverse();
    const [last, slope] = [known.at(-1) ?? 0, medianSlope(known)];
    return (lead) => Math.max(0, last + slope * (lead + 1));
  },
};
