/** What units come to. Exact: nothing is rounded here. */
import { Decimal, ZERO, decimal, least, most } from './decimal';
import type { Price, Tier } from './plan';

const BYTES_OF_A_MEGABYTE = decimal('1000000');

/** What was counted of the requests that a price matches. */
export interface Counts {
  requests: bigint;
  /** Of requests and responses. */
  bytes: bigint;
}

export const NO_COUNTS: Counts = { requests: 0n, bytes: 0n };

/** What a price measures: requests or bytes. */
export function measureOf({ unit }: Price, { requests, bytes }: Counts): bigint {
  return unit === 'requests' ? requests : bytes;
}

/** The units of a price that requests are, by its unit and weight. */
export function unitsOf(price: Price, counts: Counts): Decimal {
  const measure = decimal(measureOf(price, counts));
  const units = price.unit === 'requests' ? measure : measure.div(BYTES_OF_A_MEGABYTE);
  return units.times(decimal(price.weight));
}

/** Units of a period that are not included. */
export function billableOf({ includedUnits }: Price, units: Decimal): Decimal {
  return most(units.minus(decimal(includedUnits)), ZERO);
}

/**
 * What the units of a period come to: first those that are included, then the tiers over the rest. A flat amount is due as
 * soon as a part of a unit falls into its tier, so that nothing is due without use.
 * @param units of one period, which are priced together
 */
export function amountOf(price: Price, units: Decimal): Decimal {
  const billable = billableOf(price, units);
  if (billable.eq(ZERO)) return ZERO;
  switch (price.model) {
    case 'graduated':
      return graduated(price.tiers, billable);
    case 'package':
      return atTier(price.tiers, startedPackages(billable, price));
    case 'unit':
    case 'volume':
      return atTier(price.tiers, billable);
  }
}

function graduated(tiers: readonly Tier[], units: Decimal): Decimal {
  let amount = ZERO;
  let from = ZERO;
  for (const { upTo, unitAmount, flatAmount } of tiers) {
    if (units.lte(from)) break;
    const to = upTo === null ? units : least(units, decimal(upTo));
    amount = amount.plus(to.minus(from).times(decimal(unitAmount))).plus(decimal(flatAmount));
    from = to;
  }
  return amount;
}

/** All units at the amounts of the tier that they reach. */
function atTier(tiers: readonly Tier[], units: Decimal): Decimal {
  const tier = tiers.find(({ upTo }) => upTo === null || units.lte(decimal(upTo)));
  return tier ? units.times(decimal(tier.unitAmount)).plus(decimal(tier.flatAmount)) : ZERO;
}

function startedPackages(units: Decimal, { packageSize }: Price): Decimal {
  return units.div(decimal(packageSize ?? 1)).round(0, Decimal.roundUp);
}
