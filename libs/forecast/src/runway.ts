/** When a forecast meets a limit. */
import type { Band } from './bands';

/** Indices of the first value of a forecast that reaches a limit; null where none does. */
export interface Runway {
  expected: number | null;
  /** By the upper bound of the 80 % interval. */
  earliest: number | null;
  /** By the lower bound. */
  latest: number | null;
}

/** Null where not even the upper bound reaches the limit. */
export function runwayOf(bands: readonly Band[], limit: number): Runway | null {
  const first = (bound: 'expected' | 'low80' | 'high80'): number | null => {
    const index = bands.findIndex((band) => band[bound] >= limit);
    return index === -1 ? null : index;
  };
  const earliest = first('high80');
  return earliest === null ? null : { expected: first('expected'), earliest, latest: first('low80') };
}
