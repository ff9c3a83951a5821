/**
 * Rounds to six decimals, halves up: far below what a reader sees, and without the tails of binary fractions.
 *
 *     round6(0.1 + 0.2); // 0.3
 */
export function round6(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
