/**
 * What `GET /usage/cost` should answer, in plain code that shares nothing with the service: events are priced one by one,
 * in whole numbers of 10^-24.
 */
import type { OracleEvent } from './usage-oracle';

const SCALE = 10n ** 24n;
const MINUTE = 60_000;
const DAY = 86_400_000;

export interface OraclePlan {
  currency: string;
  timezone: string;
  anchorDay: number;
  flatFee: string;
  discountPercent: number | string;
  minimum: string | null;
  maximum: string | null;
  freeStatuses: string[];
  prices: {
    match: { endpoint: string[]; method: string[]; statusCode: string[] };
    unit: string;
    weight: number | string;
    model: string;
    includedUnits: number | string;
    packageSize: number | string | null;
    tiers: { upTo: number | string | null; unitAmount: string; flatAmount: string }[];
  }[];
}

/** Amounts in coins: the smallest of the currency. */
export interface OracleCost {
  total: bigint;
  lines: bigint[];
  flatFee: bigint;
  discount: bigint;
  maximumCut: bigint;
  minimumTopUp: bigint;
  free: number;
  unmatched: number;
}

type Price = OraclePlan['prices'][number];

const DIGITS: Record<string, number> = { USD: 2, JPY: 0, KWD: 3 };

/** A decimal as a whole number of 10^-24. */
function scaled(value: string | number): bigint {
  const [whole = '0', decimals = ''] = String(value).split('.');
  return BigInt(whole + decimals.padEnd(24, '0'));
}

/** Half away from zero; both above 0. */
function divided(value: bigint, by: bigint): bigint {
  return (2n * value + by) / (2n * by);
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const most = (one: bigint, other: bigint): bigint => (one > other ? one : other);

function matchesStatus(list: readonly string[], code: number): boolean {
  return list.some((item) => item === String(code) || (item.endsWith('xx') && item[0] === String(code)[0]));
}

function matches({ match }: Price, event: OracleEvent): boolean {
  const byName = (name: string): boolean =>
    name.endsWith('*') ? event.endpoint.startsWith(name.slice(0, -1)) : event.endpoint === name;
  return (
    (match.endpoint.length === 0 || match.endpoint.some(byName)) &&
    (match.method.length === 0 || match.method.includes(event.method)) &&
    (match.statusCode.length === 0 || matchesStatus(match.statusCode, event.statusCode))
  );
}

/** The number of the event's price; -1: none, -2: free. */
export function priceOf(plan: OraclePlan, event: OracleEvent): number {
  if (matchesStatus(plan.freeStatuses, event.statusCode)) return -2;
  return plan.prices.findIndex((price) => matches(price, event));
}

/** Counts units as they come, and what they cost. */
class Meter {
  private units = 0n;
  private graduated = 0n;

  constructor(private readonly price: Price) {}

  add(event: OracleEvent): void {
    const { unit, weight } = this.price;
    const measure =
      unit === 'requests' ? SCALE : (BigInt(event.requestBytes + event.responseBytes) * SCALE) / 1_000_000n;
    const before = this.billable();
    this.units += (measure * scaled(weight)) / SCALE;
    let from = 0n;
    for (const { upTo, unitAmount, flatAmount } of this.price.tiers) {
      const to = upTo === null ? this.billable() : scaled(upTo);
      const [entered, reached] = [most(from, before), least(to, this.billable())];
      if (reached > entered) {
        this.graduated += ((reached - entered) * scaled(unitAmount)) / SCALE;
        if (before <= from) this.graduated += scaled(flatAmount);
      }
      from = to;
    }
  }

  amount(): bigint {
    const billable = this.billable();
    if (billable === 0n) return 0n;
    const { model, tiers, packageSize } = this.price;
    if (model === 'graduated') return this.graduated;
    const size = scaled(packageSize ?? 1);
    const units = model === 'package' ? ((billable + size - 1n) / size) * SCALE : billable;
    const tier = tiers.find(({ upTo }) => upTo === null || units <= scaled(upTo));
    return tier ? (units * scaled(tier.unitAmount)) / SCALE + scaled(tier.flatAmount) : 0n;
  }

  private billable(): bigint {
    return most(this.units - scaled(this.price.includedUnits), 0n);
  }
}

/** The bill of a period from its start up to an instant. @param isWhole whether the time after it has passed, too */
function billUntil(plan: OraclePlan, events: readonly OracleEvent[], period: Period, at: number): OracleCost {
  const coins = (amount: bigint): bigint => divided(amount * 10n ** BigInt(DIGITS[plan.currency] ?? 2), SCALE);
  const meters = plan.prices.map((price) => new Meter(price));
  let [free, unmatched] = [0, 0];
  for (const event of events) {
    if (event.timestamp < period.from || event.timestamp >= at) continue;
    const index = priceOf(plan, event);
    if (index === -2) free++;
    else if (index === -1) unmatched++;
    else meters[index]?.add(event);
  }
  const lines = meters.map((meter) => coins(meter.amount()));
  const priced = lines.reduce((sum, line) => sum + line, 0n);
  const discount = divided(priced * scaled(plan.discountPercent), 100n * SCALE);
  const length = BigInt(period.to - period.from);
  const fee =
    scaled(plan.flatFee) * BigInt(Math.min(at, period.to) - period.from) * 10n ** BigInt(DIGITS[plan.currency] ?? 2);
  const flatFee = divided(fee, SCALE * length);
  const full = priced - discount + flatFee;
  const maximumCut = plan.maximum === null ? 0n : most(full - coins(scaled(plan.maximum)), 0n);
  const isOver = at >= period.to && plan.minimum !== null;
  const minimumTopUp = isOver ? most(coins(scaled(plan.minimum ?? 0)) - (full - maximumCut), 0n) : 0n;
  return {
    lines,
    discount,
    flatFee,
    maximumCut,
    minimumTopUp,
    free,
    unmatched,
    total: full - maximumCut + minimumTopUp,
  };
}

interface Period {
  from: number;
  to: number;
}

/** The first minute of a date or of a later one in a zone. */
function startOfDate(year: number, month: number, day: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const date = new Date(Date.UTC(year, month - 1, day));
  const wanted = date.toISOString().slice(0, 10);
  let [low, high] = [date.getTime() - 2 * DAY, date.getTime() + 2 * DAY];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
    if (format.format(middle) >= wanted) high = middle;
    else low = middle;
  }
  return high;
}

/** The periods that touch a span of 2025 to 2027. */
export function periodsOf(
  { timezone, anchorDay }: Pick<OraclePlan, 'timezone' | 'anchorDay'>,
  from: number,
  to: number,
): Period[] {
  const starts = Array.from({ length: 37 }, (_, month) => {
    const last = new Date(Date.UTC(2025, month + 1, 0)).getUTCDate();
    return startOfDate(2025, month + 1, Math.min(anchorDay, last), timezone);
  });
  const periods = starts.slice(1).map((end, index) => ({ from: starts[index] ?? 0, to: end }));
  return periods.filter((period) => period.from < to && period.to > from);
}

/** What a window costs: of each period what came to its bill. */
export function costOf(plan: OraclePlan, events: readonly OracleEvent[], from: number, to: number): OracleCost {
  const parts = periodsOf(plan, from, to).map((period) => {
    const [first, last] = [Math.max(from, period.from), Math.min(to, period.to)];
    const [before, after] = [billUntil(plan, events, period, first), billUntil(plan, events, period, last)];
    return joined(after, before, (one, other) => one - other);
  });
  return parts.reduce((one, other) => joined(one, other, (a, b) => a + b));
}

function joined(one: OracleCost, other: OracleCost, join: (a: bigint, b: bigint) => bigint): OracleCost {
  const number = (a: number, b: number): number => Number(join(BigInt(a), BigInt(b)));
  return {
    lines: one.lines.map((line, index) => join(line, other.lines[index] ?? 0n)),
    total: join(one.total, other.total),
    flatFee: join(one.flatFee, other.flatFee),
    discount: join(one.discount, other.discount),
    maximumCut: join(one.maximumCut, other.maximumCut),
    minimumTopUp: join(one.minimumTopUp, other.minimumTopUp),
    free: number(one.free, other.free),
    unmatched: number(one.unmatched, other.unmatched),
  };
}

/** An amount of an answer in coins. */
export function coinsOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
