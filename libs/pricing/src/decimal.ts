/** Exact decimals. Money, prices and units never become a number of JavaScript: `Decimal` refuses those. */
import BigJs from 'big.js';

/** Quotients have so many decimals, far past any difference between two fractions that are rounded here. */
const DECIMALS_OF_QUOTIENTS = 40;

/** A constructor of its own, so that no other user of big.js changes how it rounds. */
export const Decimal = BigJs();
Decimal.strict = true;
Decimal.DP = DECIMALS_OF_QUOTIENTS;
Decimal.RM = BigJs.roundHalfUp;

/** An exact decimal, made by `decimal` or an operation on one. */
export type Decimal = BigJs;

/**
 * A number is taken by its shortest text, which is what a client wrote.
 * @example decimal('0.0025')
 * @throws Error for what is no number
 */
export function decimal(value: string | number | bigint): Decimal {
  return new Decimal(String(value));
}

export const ZERO = decimal('0');

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

export function least(one: Decimal, other: Decimal): Decimal {
  return one.lt(other) ? one : other;
}

export function most(one: Decimal, other: Decimal): Decimal {
  return one.gt(other) ? one : other;
}

/** Rounds half away from zero. @example toDigits(decimal('-2.345'), 2).toFixed() === '-2.35' */
export function toDigits(value: Decimal, digits: number): Decimal {
  return value.round(digits, BigJs.roundHalfUp);
}

/** The text of a decimal without an exponent, and without a sign where it is 0. @param digits as many decimals; left out: those it has */
export function text(value: Decimal, digits?: number): string {
  const written = value.toFixed(digits);
  return value.eq(ZERO) ? written.replace('-', '') : written;
}
