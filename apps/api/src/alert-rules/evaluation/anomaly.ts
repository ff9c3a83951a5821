/** Whether a figure is out of line with the same hours of the weeks before. */
import { DAY, localTimeIn, round6, startOfDateIn } from '@meterhouse/common';
import { type Direction, type Metric, type Sensitivity, isCount } from '../rules/rule';
import type { Measured } from './figures';

/** How many weeks are looked at, and how many of them there must be. */
export const WEEKS = 4;
export const MIN_WEEKS = 3;

/** Windows around the same time of a week: those whose end is at most so many lengths away. */
export const AROUND = 1;

/** Fewer say nothing about the spread. */
const MIN_SAMPLES = 10;

/** Makes of a median absolute deviation what a standard deviation would be of normal values. */
const MAD_TO_SIGMA = 1.4826;

/** Spread that is always allowed for, as a share of the median. */
const LEAST_SPREAD = 0.03;

/** How many spreads away, and by which share of the median, a figure has to be. */
const BOUNDS: Record<Sensitivity, { spreads: number; change: number }> = {
  low: { spreads: 8, change: 0.75 },
  medium: { spreads: 5, change: 0.35 },
  high: { spreads: 4, change: 0.25 },
};

/** A change of a rate by fewer percentage points is none. */
const LEAST_POINTS = 1;

export interface Baseline {
  expected: number;
  /** The figure is out of line above `high` and below `low`. */
  low: number;
  high: number;
}

/** The instant at which the clocks of the zone showed the same time of the same weekday, so many weeks before. */
export function weeksBefore(at: number, weeks: number, timezone: string): number {
  return startOfDateIn(localTimeIn(at, timezone) - weeks * 7 * DAY, timezone);
}

/**
 * What the samples let expect: median and median absolute deviation, which a fault among them hardly moves. At least the
 * spread is allowed for that chance gives to a count, or to a share of so many requests.
 * @param samples of complete windows of at least `MIN_WEEKS` weeks
 * @returns null where they are too few
 */
export function baselineOf(
  metric: Metric,
  samples: readonly number[],
  requests: number,
  sensitivity: Sensitivity,
): Baseline | null {
  if (samples.length < MIN_SAMPLES) return null;
  const expected = median(samples);
  const deviation = MAD_TO_SIGMA * median(samples.map((sample) => Math.abs(sample - expected)));
  const spread = Math.max(deviation, chance(metric, expected, requests), LEAST_SPREAD * expected);
  const bounds = BOUNDS[sensitivity];
  const least = Math.max(bounds.change * expected, isRate(metric) ? LEAST_POINTS : 0);
  const distance = Math.max(bounds.spreads * spread, least);
  // Nothing is below 0: a drop to nothing of what is always there is out of line, however wide the spread.
  const low = Math.max(expected - distance, isCount(metric) && Math.min(...samples) > distance / 2 ? 0.5 : -Infinity);
  return { expected: round6(expected), low: round6(low), high: round6(expected + distance) };
}

export function isOutOfLine({ value }: Measured, { low, high }: Baseline, direction: Direction): boolean {
  if (value === null) return false;
  return (direction !== 'down' && value > high) || (direction !== 'up' && value < low);
}

function isRate(metric: Metric): boolean {
  return metric === 'errorRate' || metric === 'throttledRate';
}

function chance(metric: Metric, expected: number, requests: number): number {
  if (isRate(metric)) {
    const share = Math.min(0.5, Math.max(expected / 100, 1 / Math.max(requests, 1)));
    return 100 * Math.sqrt((share * (1 - share)) / Math.max(requests, 1));
  }
  return isCount(metric) && metric !== 'dataTransferred' ? Math.sqrt(Math.max(expected, 1)) : 0;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [upper = NaN, lower = NaN] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? upper : (upper + lower) / 2;
}
