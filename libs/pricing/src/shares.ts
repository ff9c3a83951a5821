/** Shares of an amount. */
import { type Decimal, ZERO, decimal, text } from './decimal';

/**
 * Splits a rounded amount by weights, so that the shares add up to it: each share is cut to the digits, and what is left
 * goes, one smallest coin each, to those that lost most by that (the largest remainder), of equal ones to the first.
 * @param amount with at most `digits` decimals; below 0 its shares are too
 * @param weights 0 or more
 * @returns a share for each weight; all 0 where the weights are
 * @example shares(decimal('0.02'), [1n, 1n, 1n], 2) // 0.01, 0.01, 0
 */
export function shares(amount: Decimal, weights: readonly bigint[], digits: number): Decimal[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n || amount.eq(ZERO)) return weights.map(() => ZERO);
  const coin = decimal(10).pow(-digits);
  const coins = BigInt(text(amount.abs().div(coin)));
  const whole = weights.map((weight) => (coins * weight) / total);
  const left = Number(coins - whole.reduce((sum, part) => sum + part, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ remainder: (coins * weight) % total, index }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0n) + 1n;
  const unit = amount.lt(ZERO) ? coin.neg() : coin;
  return whole.map((part) => (part === 0n ? ZERO : decimal(part).times(unit)));
}
