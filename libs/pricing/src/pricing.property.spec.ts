import fc from 'fast-check';
import {
  type Bill,
  type Counts,
  type Decimal,
  type Plan,
  ZERO,
  addBills,
  amountOf,
  billBetween,
  billOf,
  decimal,
  digitsOf,
  shares,
  sum,
  totalOf,
} from '.';
import { aPlan } from '../../../test/factories/plans';

const aCount: fc.Arbitrary<Counts> = fc.record({
  requests: fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(0n, 2_000_000n)),
  bytes: fc.bigInt(0n, 10n ** 12n),
});

const PERIOD = 30;
const at = (elapsedMs: number): Parameters<typeof billOf>[2] => ({ periodMs: PERIOD, partMs: PERIOD, elapsedMs });
const countsOf = (plan: Plan, counts: readonly Counts[]): Counts[] =>
  plan.prices.map((_, index) => counts[index % counts.length] ?? { requests: 0n, bytes: 0n });

const shown = (bill: Bill): unknown => JSON.stringify(bill);

it('is monotone in units, but for volume tiers', () => {
  fc.assert(
    fc.property(aPlan, fc.bigInt(0n, 200_000n), fc.bigInt(0n, 200_000n), (plan, units, more) => {
      for (const price of plan.prices.filter(({ model }) => model !== 'volume')) {
        const [less, all] = [amountOf(price, decimal(units)), amountOf(price, decimal(units + more))];
        expect(less.lte(all)).toBe(true);
      }
    }),
  );
});

it('has a total that is lines and fee less discount and cut, and the top-up, in whole coins', () => {
  fc.assert(
    fc.property(aPlan, fc.array(aCount, { minLength: 1, maxLength: 4 }), (plan, counts) => {
      const bill = billOf(plan, countsOf(plan, counts), at(PERIOD));
      const lines = sum(bill.lines.map(({ amount }) => amount));
      const total = lines.plus(bill.flatFee).minus(bill.discount).minus(bill.maximumCut).plus(bill.minimumTopUp);
      expect(totalOf(bill).eq(total)).toBe(true);
      expect(total.eq(total.round(digitsOf(plan.currency)))).toBe(true);
      expect(total.gte(ZERO)).toBe(true);
      if (plan.minimum !== null) expect(total.gte(decimal(plan.minimum).round(digitsOf(plan.currency)))).toBe(true);
    }),
  );
});

it('adds up to the bill of the period however that is split, to the last digit', () => {
  fc.assert(
    fc.property(
      aPlan,
      fc.array(fc.tuple(fc.integer({ min: 0, max: PERIOD - 1 }), aCount), { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(fc.integer({ min: 1, max: PERIOD - 1 }), { maxLength: 4 }),
      (plan, events, inner) => {
        const until = (end: number): Bill => {
          const total: Counts = { requests: 0n, bytes: 0n };
          for (const [time, { requests, bytes }] of events) {
            if (time >= end) continue;
            total.requests += requests;
            total.bytes += bytes;
          }
          return billOf(plan, countsOf(plan, [total]), at(end));
        };
        const edges = [0, ...inner.sort((a, b) => a - b), PERIOD];
        const bills = edges.slice(1).map((end, index) => billBetween(until(edges[index] ?? 0), until(end)));
        expect(shown(bills.reduce(addBills))).toBe(shown(until(PERIOD)));
      },
    ),
  );
});

it('splits an amount into shares that add up to it, each within a coin of what is exact', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.constantFrom(0, 2, 3),
      fc.array(fc.bigInt(0n, 1_000_000_000_000n), { minLength: 1, maxLength: 20 }),
      (coins, digits, weights) => {
        const coin = decimal(10).pow(-digits);
        const amount = decimal(coins).times(coin);
        const total = weights.reduce((all, weight) => all + weight, 0n);
        const split = shares(amount, weights, digits);
        expect(sum(split).eq(total === 0n ? ZERO : amount)).toBe(true);
        if (total === 0n) return;
        split.forEach((share: Decimal, index) => {
          const exact = amount.times(decimal(weights[index] ?? 0n)).div(decimal(total));
          expect(share.minus(exact).abs().lt(coin)).toBe(true);
        });
      },
    ),
  );
});
