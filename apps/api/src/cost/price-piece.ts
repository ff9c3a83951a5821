/** Prices what was counted of a piece. Instants are epoch milliseconds. */
import {
  type Bill,
  type Decimal,
  type Plan,
  addBills,
  billBetween,
  billOf,
  decimal,
  digitsOf,
  measureOf,
  shares,
  sum,
  unitsOf,
  ZERO,
} from '@meterhouse/pricing';
import {
  type ByRule,
  type Count,
  NO_COUNT,
  type UsageCounts,
  WASTE_KINDS,
  type WasteKind,
  requestsOf,
  sumOfRules,
} from '../usage/read/counts';
import type { CostWindow } from './cost-window';
import type { Part } from './parts';
import { ofPrices, unpricedOf } from './rules';

/** What a value of a dimension costs. */
export interface Share {
  requests: bigint;
  amount: Decimal;
}

/** A piece with its price. */
export interface PricedPiece {
  bill: Bill;
  unpriced: ReturnType<typeof unpricedOf>;
  keys: ReadonlyMap<string, Share>;
  endpoints: ReadonlyMap<string, Share>;
  waste: ReadonlyMap<WasteKind, Share>;
  /** Requests that followed a failed one; null where they were not counted. */
  retries: Share | null;
  /** Amounts by the start of their bucket. */
  series: ReadonlyMap<number, Decimal>;
}

/** What is not among the values that were read, or is past those that are answered. */
export const OTHER = '{other}';

/**
 * @param isFiltered whether requests are left out: they count for tiers all the same, and what is answered is a share of
 *   the lines; fees, minimum and maximum are nobody's share
 */
export function pricePiece(
  plan: Plan,
  parts: readonly Part[],
  { retries, ...counts }: UsageCounts & { retries: ByRule | null },
  window: CostWindow,
  isFiltered: boolean,
): PricedPiece {
  const series = new Map<number, Decimal>();
  const bills = parts.map((part) => {
    const bill = billOfPart(plan, part, counts, window);
    const shown = isFiltered ? shareOfBill(plan, bill, part, counts, window) : bill;
    addSeries(series, plan, shown, part, counts, window);
    return shown;
  });
  const bill = bills.reduce(addBills);
  const total = sumOfRules([...counts.points.values()]);
  return {
    bill,
    unpriced: unpricedOf(plan, total),
    keys: sharesOf(plan, bill, counts.keys, total),
    endpoints: sharesOf(plan, bill, counts.endpoints, total),
    waste: new Map(
      [...sharesOf(plan, bill, counts.waste, total)].flatMap(([name, share]) => {
        const kind = WASTE_KINDS.find((candidate) => candidate === name);
        return kind === undefined ? [] : [[kind, share] as const];
      }),
    ),
    retries: retries && (sharesOf(plan, bill, new Map([['retries', retries]]), total).get('retries') ?? null),
    series,
  };
}

/** The part's bill up to the window's end less that up to its start. */
export function billOfPart(plan: Plan, part: Part, counts: Pick<UsageCounts, 'all'>, { from, to }: CostWindow): Bill {
  const until = (at: number): Bill => {
    const before = countsWithin(counts.all, part.from, at);
    const elapsedMs = Math.min(at, part.to) - part.from;
    return billOf(plan, ofPrices(plan, before), progressOf(part, elapsedMs));
  };
  return billBetween(until(Math.max(from, part.from)), until(Math.min(to, part.to)));
}

export function progressOf({ from, to, period }: Part, elapsedMs: number): Parameters<typeof billOf>[2] {
  return { periodMs: period.to - period.from, partMs: to - from, elapsedMs };
}

/** What the filters leave of a bill: of each line a share by units, and of the discount one by amounts. */
function shareOfBill(plan: Plan, bill: Bill, part: Part, counts: UsageCounts, window: CostWindow): Bill {
  const digits = digitsOf(plan.currency);
  const { from, to } = within(part, window);
  const all = ofPrices(plan, countsWithin(counts.all, from, to));
  const shown = ofPrices(plan, countsWithin(counts.points, from, to));
  const lines = bill.lines.map((line, index) => {
    const price = plan.prices[index];
    if (price === undefined) return line;
    const measure = measureOf(price, shown[index] ?? NO_COUNT);
    const others = measureOf(price, all[index] ?? NO_COUNT) - measure;
    const units = unitsOf(price, shown[index] ?? NO_COUNT);
    const ratio = measure === 0n ? ZERO : decimal(measure).div(decimal(measure + others));
    const [amount = ZERO] = shares(line.amount, [measure, others], digits);
    return { ...line, units, billableUnits: line.billableUnits.times(ratio).round(6), amount };
  });
  const coins = (amount: Decimal): bigint => BigInt(amount.abs().times(decimal(10).pow(digits)).toFixed(0));
  const priced = coins(sum(lines.map(({ amount }) => amount)));
  const whole = coins(sum(bill.lines.map(({ amount }) => amount)));
  const [discount = ZERO] = whole < priced ? [ZERO] : shares(bill.discount, [priced, whole - priced], digits);
  return { lines, discount, flatFee: ZERO, maximumCut: ZERO, minimumTopUp: ZERO };
}

/** Splits the lines of a part over its buckets, by units. */
function addSeries(
  series: Map<number, Decimal>,
  plan: Plan,
  bill: Bill,
  part: Part,
  counts: UsageCounts,
  window: CostWindow,
): void {
  const { from, to } = within(part, window);
  const points = [...counts.points].filter(([start]) => start >= from && start < to);
  const amounts = splitLines(
    plan,
    bill,
    points.map(([, byRule]) => byRule),
  );
  points.forEach(([start], index) => {
    const bucket = window.starts.findLast((candidate) => candidate <= start) ?? window.from;
    series.set(bucket, (series.get(bucket) ?? ZERO).plus(amounts[index] ?? ZERO));
  });
}

function sharesOf(
  plan: Plan,
  bill: Bill,
  counts: ReadonlyMap<string, ByRule>,
  total: readonly Count[],
): Map<string, Share> {
  const named = [...counts];
  const shown = sumOfRules(named.map(([, byRule]) => byRule));
  const rest = total.map(({ requests, bytes }, rule) => {
    const { requests: known, bytes: knownBytes } = shown[rule] ?? NO_COUNT;
    return { requests: requests - known, bytes: bytes - knownBytes };
  });
  const all = requestsOf(rest) > 0n ? [...named, [OTHER, rest] as const] : named;
  const amounts = splitLines(
    plan,
    bill,
    all.map(([, byRule]) => byRule),
  );
  return new Map(
    all.map(([name, byRule], index) => [name, { requests: requestsOf(byRule), amount: amounts[index] ?? ZERO }]),
  );
}

/** What of the lines comes to each of some counts, which are all that was counted together. */
function splitLines(plan: Plan, bill: Bill, counts: readonly ByRule[]): Decimal[] {
  const digits = digitsOf(plan.currency);
  const amounts = counts.map(() => ZERO);
  const priced = counts.map((byRule) => ofPrices(plan, byRule));
  bill.lines.forEach(({ amount }, line) => {
    const price = plan.prices[line];
    if (price === undefined || amount.eq(ZERO)) return;
    const measures = priced.map((byPrice) => measureOf(price, byPrice[line] ?? NO_COUNT));
    shares(amount, measures, digits).forEach((share, index) => {
      if (!share.eq(ZERO)) amounts[index] = (amounts[index] ?? ZERO).plus(share);
    });
  });
  return amounts;
}

function within(part: Part, { from, to }: CostWindow): { from: number; to: number } {
  return { from: Math.max(from, part.from), to: Math.min(to, part.to) };
}

/** Counts of all points in `[from, to)`, by rule. */
function countsWithin(points: ReadonlyMap<number, ByRule>, from: number, to: number): Count[] {
  return sumOfRules([...points].flatMap(([start, byRule]) => (start >= from && start < to ? [byRule] : [])));
}
