/**
 * The bill of a part of a period, from what was counted since the part began. Each line is rounded once, to the currency's
 * digits. The order: weight, included units, tiers, discount on the lines, flat fee, maximum, minimum.
 */
import { digitsOf } from './currency';
import { type Decimal, ZERO, decimal, most, sum, toDigits } from './decimal';
import type { Plan } from './plan';
import { type Counts, NO_COUNTS, amountOf, billableOf, unitsOf } from './price';

/** One line of a bill: what one price comes to. */
export interface Line {
  priceId: string;
  name: string;
  units: Decimal;
  billableUnits: Decimal;
  /** Rounded. */
  amount: Decimal;
}

export interface Bill {
  /** In the order of the plan's prices. */
  lines: readonly Line[];
  flatFee: Decimal;
  /** Taken off, as an amount above 0. */
  discount: Decimal;
  /** Taken off, as an amount above 0. */
  maximumCut: Decimal;
  minimumTopUp: Decimal;
}

/** How much of its period a part is, and has come to; milliseconds. */
export interface Progress {
  /** Of the whole period. */
  periodMs: number;
  /** Of the part: a plan may hold for some of a period. */
  partMs: number;
  /** Since the part began; `partMs` when it is over. */
  elapsedMs: number;
}

/**
 * @param counts by price, in the order of the plan's prices
 * @param progress flat fee, minimum and maximum are by the time of a part in its period; the minimum is due at its end
 */
export function billOf(plan: Plan, counts: readonly Counts[], { periodMs, partMs, elapsedMs }: Progress): Bill {
  const digits = digitsOf(plan.currency);
  const rounded = (amount: Decimal): Decimal => toDigits(amount, digits);
  const share = (amount: string, ms: number): Decimal =>
    rounded(decimal(amount).times(decimal(ms)).div(decimal(periodMs)));
  const lines = plan.prices.map((price, index): Line => {
    const units = unitsOf(price, counts[index] ?? NO_COUNTS);
    const billableUnits = billableOf(price, units);
    return { priceId: price.id, name: price.name, units, billableUnits, amount: rounded(amountOf(price, units)) };
  });
  const priced = sum(lines.map(({ amount }) => amount));
  const discount = rounded(priced.times(decimal(plan.discountPercent)).div(decimal(100)));
  const flatFee = share(plan.flatFee, elapsedMs);
  const full = priced.minus(discount).plus(flatFee);
  const maximumCut = plan.maximum === null ? ZERO : most(full.minus(share(plan.maximum, partMs)), ZERO);
  const isOver = elapsedMs >= partMs;
  const minimum = plan.minimum === null || !isOver ? ZERO : share(plan.minimum, partMs);
  return { lines, flatFee, discount, maximumCut, minimumTopUp: most(minimum.minus(full.minus(maximumCut)), ZERO) };
}

/** Lines and flat fee less discount and cut, and the minimum's rest. */
export function totalOf({ lines, flatFee, discount, maximumCut, minimumTopUp }: Bill): Decimal {
  const priced = sum(lines.map(({ amount }) => amount));
  return priced.plus(flatFee).minus(discount).minus(maximumCut).plus(minimumTopUp);
}

/**
 * What came to a bill between two instants of one part: the later bill less the earlier one. So the bills of all stretches
 * of a part add up to that of the part, to the last digit, and tiers go on where they stood.
 */
export function billBetween(earlier: Bill, later: Bill): Bill {
  return combined(later, earlier, (one, other) => one.minus(other));
}

/** Of bills of the same plan. */
export function addBills(one: Bill, other: Bill): Bill {
  return combined(one, other, (amount, more) => amount.plus(more));
}

function combined(one: Bill, other: Bill, join: (one: Decimal, other: Decimal) => Decimal): Bill {
  const lines = one.lines.map((line, index): Line => {
    const { units = ZERO, billableUnits = ZERO, amount = ZERO } = other.lines[index] ?? {};
    return {
      ...line,
      units: join(line.units, units),
      billableUnits: join(line.billableUnits, billableUnits),
      amount: join(line.amount, amount),
    };
  });
  return {
    lines,
    flatFee: join(one.flatFee, other.flatFee),
    discount: join(one.discount, other.discount),
    maximumCut: join(one.maximumCut, other.maximumCut),
    minimumTopUp: join(one.minimumTopUp, other.minimumTopUp),
  };
}
