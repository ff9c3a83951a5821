/** The tests by which rules tell faults from chance. */

/** The chance of a standard normal value of at least `z`; relative error under 1.3e-7 (Numerical Recipes, erfcc). */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const factors = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ];
  const exponent = factors.reduce((sum, factor) => sum * t + factor, 0);
  const tail = 0.5 * t * Math.exp(-x * x + exponent);
  return z >= 0 ? tail : 1 - tail;
}

/** Some of all. */
export interface Share {
  count: number;
  of: number;
}

/** The chance that the first share is by as much the larger where both are draws from one: the pooled two-proportion z-test. */
export function largerShareByChance(first: Share, second: Share): number {
  const pooled = (first.count + second.count) / (first.of + second.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.of + 1 / second.of));
  return error > 0 ? upperTail((first.count / first.of - second.count / second.of) / error) : 1;
}

/**
 * The chance that values of the first sample are by as much the larger where both are draws from one: the rank-sum test of
 * Mann and Whitney by its normal approximation, with ties and the continuity corrected for.
 */
export function largerByChance(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((value) => ({ value, own: true })), ...second.map((value) => ({ value, own: false }))];
  all.sort((one, other) => one.value - other.value);
  let [rankSum, ties] = [0, 0];
  for (let start = 0, end = 0; start < all.length; start = end) {
    while (all[end]?.value === all[start]?.value && end < all.length) end++;
    const tied = all.slice(start, end);
    rankSum += tied.filter(({ own }) => own).length * ((start + 1 + end) / 2);
    ties += tied.length ** 3 - tied.length;
  }
  const [n, m, total] = [first.length, second.length, all.length];
  const larger = rankSum - (n * (n + 1)) / 2 - (n * m) / 2;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  return variance > 0 ? upperTail((larger - 0.5) / Math.sqrt(variance)) : 1;
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [upper, lower] = [sorted[Math.floor(middle)] ?? NaN, sorted[Math.ceil(middle) - 1] ?? NaN];
  return (upper + lower) / 2;
}

/** The value that half of the weight is at or below; NaN of none. */
export function weightedMedian(values: readonly { value: number; weight: number }[]): number {
  const sorted = [...values].sort((one, other) => one.value - other.value);
  let left = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  return sorted.find(({ weight }) => (left -= weight) <= 0)?.value ?? NaN;
}
