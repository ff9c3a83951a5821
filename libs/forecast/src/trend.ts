/** A straight line, for what fills up and has no season. */
import { median, medianSlope } from './numbers';
import type { Predictor } from './predictor';

/** Steps that the slope is made of, and those that say where the line stands now. */
const SLOPE_STEPS = 28;
const LEVEL_STEPS = 7;

/**
 * The slope is the median of those between all pairs of the last steps, and the level the median of the very last ones, so
 * that one step of trouble moves neither. Never below zero.
 */
export function trend(): Predictor {
  return {
    least: 7,
    fit: ({ values }, end) => {
      const last = Array.from({ length: Math.min(SLOPE_STEPS, end) }, (_, index) => values[end - 1 - index] ?? 0);
      const slope = medianSlope([...last].reverse());
      const level = median(last.slice(0, LEVEL_STEPS).map((value, ago) => value + slope * ago));
      return (lead) => Math.max(0, level + slope * (lead + 1));
    },
  };
}
