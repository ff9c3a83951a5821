/** Worked cases with their answers: each was worked out by hand, apart from this code. */
import { iso } from '@meterhouse/common';
import {
  type Bill,
  type Plan,
  type Price,
  amountOf,
  billOf,
  decimal,
  digitsOf,
  isCurrency,
  periodAt,
  periodBefore,
  periodOf,
  readPlan,
  shares,
  text,
  toDigits,
  totalOf,
} from '.';

function planOf(more: object): Plan {
  const read = readPlan({ name: 'A plan', currency: 'USD', ...more });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.plan;
}

function priceOf(more: object): Price {
  const [price] = planOf({ prices: [{ name: 'Requests', ...more }] }).prices;
  if (price === undefined) throw new Error('A plan has its price.');
  return price;
}

/** The bill of a whole period. */
const whole = { periodMs: 1, partMs: 1, elapsedMs: 1 };
const billOfRequests = (plan: Plan, ...requests: (number | bigint)[]): Bill =>
  billOf(
    plan,
    requests.map((count) => ({ requests: BigInt(count), bytes: 0n })),
    whole,
  );
const totalOfRequests = (plan: Plan, ...requests: number[]): string =>
  text(totalOf(billOfRequests(plan, ...requests)), 2);

const TIERS = [
  { upTo: 10_000, unitAmount: '0' },
  { upTo: 100_000, unitAmount: '0.0015' },
  { upTo: 1_000_000, unitAmount: '0.0009' },
  { upTo: null, unitAmount: '0.0005' },
];
const UNIT = (unitAmount: string): object => ({ tiers: [{ upTo: null, unitAmount }] });

describe('a price', () => {
  const unit = priceOf(UNIT('0.00025'));
  const graduated = priceOf({ model: 'graduated', tiers: TIERS });
  const volume = priceOf({ model: 'volume', tiers: TIERS });
  const packages = priceOf({ model: 'package', packageSize: 1_000, includedUnits: 5_000, ...UNIT('0.40') });
  it.each([
    [unit, 1_234_567, '308.64175', '308.64'],
    [graduated, 0, '0', '0.00'],
    [graduated, 10_000, '0', '0.00'],
    [graduated, 10_001, '0.0015', '0.00'],
    [graduated, 100_000, '135', '135.00'],
    [graduated, 100_001, '135.0009', '135.00'],
    [graduated, 1_000_000, '945', '945.00'],
    [graduated, 1_000_001, '945.0005', '945.00'],
    [graduated, 1_250_000, '1070', '1070.00'],
    [volume, 10_001, '15.0015', '15.00'],
    [volume, 100_000, '150', '150.00'],
    [volume, 100_001, '90.0009', '90.00'],
    [volume, 1_000_000, '900', '900.00'],
    [volume, 1_000_001, '500.0005', '500.00'],
    [packages, 0, '0', '0.00'],
    [packages, 5_000, '0', '0.00'],
    [packages, 5_001, '0.4', '0.40'],
    [packages, 6_000, '0.4', '0.40'],
    [packages, 6_001, '0.8', '0.80'],
  ])('%# of %d units comes to %s', ({ ...price }, units, exact, rounded) => {
    const amount = amountOf(price, decimal(units));
    expect(text(amount)).toBe(exact);
    expect(text(toDigits(amount, 2), 2)).toBe(rounded);
  });

  it('is exact where a double is not', () => {
    const price = priceOf({ weight: '0.000000000001', ...UNIT('0.000000000001') });
    const plan = planOf({ prices: [price] });
    expect(text(billOfRequests(plan, 12_345_678_901_234_567_890n).lines[0]?.units ?? decimal(0))).toBe(
      '12345678.90123456789',
    );
    expect(text(amountOf(price, decimal('12345678901234567890.123456')))).toBe('12345678.901234567890123456');
  });

  it('adds the flat amount of a tier when a unit falls into it, and none without use', () => {
    const flat = [
      { upTo: 10, unitAmount: '0', flatAmount: '5' },
      { upTo: null, unitAmount: '1', flatAmount: '2' },
    ];
    const of = (model: string, units: number): string =>
      text(amountOf(priceOf({ model, tiers: flat }), decimal(units)));
    expect([0, 1, 10, 11].map((units) => of('graduated', units))).toEqual(['0', '5', '5', '8']);
    expect([0, 1, 10, 11].map((units) => of('volume', units))).toEqual(['0', '5', '5', '13']);
  });
});

describe('a bill', () => {
  it('has a flat fee with what it includes', () => {
    const plan = planOf({ flatFee: '49', prices: [{ name: 'Requests', includedUnits: 100_000, ...UNIT('0.0008') }] });
    expect([0, 100_000, 100_001, 250_000].map((requests) => totalOfRequests(plan, requests))).toEqual([
      '49.00',
      '49.00',
      '49.00',
      '169.00',
    ]);
  });

  it('weighs requests', () => {
    const plan = planOf({
      prices: [
        { name: 'Searches', match: { endpoint: ['/v1/search'] }, weight: 5, ...UNIT('0.0002') },
        { name: 'Others', ...UNIT('0.0002') },
      ],
    });
    const bill = billOfRequests(plan, 10_000, 40_000);
    expect(bill.lines.map(({ units }) => text(units))).toEqual(['50000', '40000']);
    expect(text(totalOf(bill), 2)).toBe('18.00');
  });

  it('counts megabytes of a million bytes, and their parts', () => {
    const plan = planOf({ prices: [{ name: 'Traffic', unit: 'megabytes', ...UNIT('0.10') }] });
    expect(text(totalOf(billOf(plan, [{ requests: 1n, bytes: 1_250_001n }], whole)), 2)).toBe('0.13');
  });

  it.each([
    ['45800', '45.80'],
    ['45000', '45.00'],
  ])('of %s requests that are not free is %s', (requests, total) => {
    expect(totalOfRequests(planOf({ prices: [{ name: 'All', ...UNIT('0.001') }] }), Number(requests))).toBe(total);
  });

  it('takes the discount off before it looks at the minimum', () => {
    const plan = { ...planOf({ discountPercent: 15, prices: [{ name: 'All', ...UNIT('0.01') }] }), minimum: '50' };
    const bill = billOfRequests(plan, 5_640);
    expect([bill.discount, bill.minimumTopUp, totalOf(bill)].map((amount) => text(amount, 2))).toEqual([
      '8.46',
      '2.06',
      '50.00',
    ]);
  });

  it('takes the discount off the lines alone, then adds the fee, then cuts at the maximum, then tops up', () => {
    const plan = planOf({
      flatFee: '10',
      discountPercent: '50',
      maximum: '40',
      minimum: '45',
      prices: [{ name: 'All', ...UNIT('1') }],
    });
    const bill = billOfRequests(plan, 100);
    const { discount, flatFee, maximumCut, minimumTopUp } = bill;
    expect([discount, flatFee, maximumCut, minimumTopUp, totalOf(bill)].map((amount) => text(amount))).toEqual([
      '50',
      '10',
      '20',
      '5',
      '45',
    ]);
  });

  it('rounds each line once, half away from zero', () => {
    const price = { ...UNIT('0.005') };
    const plan = planOf({ prices: [1, 2, 3].map((id) => ({ id: `p${id}`, name: 'One', ...price })) });
    expect(totalOfRequests(plan, 1, 1, 1)).toBe('0.03');
    expect(totalOfRequests(planOf({ prices: [{ name: 'All', ...price }] }), 3)).toBe('0.02');
  });

  it('begins tiers anew after a change of plan', () => {
    const plan = planOf({ prices: [{ name: 'All', model: 'graduated', tiers: TIERS }] });
    expect(Number(totalOfRequests(plan, 80_000)) + Number(totalOfRequests(plan, 50_000))).toBe(165);
    expect(totalOfRequests(plan, 130_000)).toBe('162.00');
  });

  it('has the flat fee of a part by its time, also where clocks change', () => {
    const plan = planOf({ flatFee: '30', timezone: 'America/New_York' });
    const period = periodAt(Date.UTC(2026, 2, 20), plan);
    const hours = (ms: number): number => ms / 3_600_000;
    const partMs = Date.parse('2026-03-08T12:00:00-04:00') - period.from;
    expect([hours(partMs), hours(period.to - period.from)]).toEqual([179, 743]);
    const bill = billOf(plan, [], { periodMs: period.to - period.from, partMs, elapsedMs: partMs });
    expect(text(bill.flatFee, 2)).toBe('7.23');
  });
});

describe('rounding', () => {
  it.each([
    ['2.345', '2.35'],
    ['2.355', '2.36'],
    ['-2.345', '-2.35'],
    ['1.005', '1.01'],
    ['-0.001', '0.00'],
  ])('of %s is %s', (value, rounded) => expect(text(toDigits(decimal(value), 2), 2)).toBe(rounded));

  it('is to the digits of the currency', () => {
    expect(['USD', 'JPY', 'KWD'].map(digitsOf)).toEqual([2, 0, 3]);
    expect(['USD', 'usd', 'EURO', 'XQZ'].map(isCurrency)).toEqual([true, false, false, false]);
  });

  it('gives what is left of shares to the largest remainders, of equal ones to the first', () => {
    const split = (amount: string, ...weights: bigint[]): string[] =>
      shares(decimal(amount), weights, 2).map((share) => text(share, 2));
    expect(split('0.02', 1n, 1n, 1n)).toEqual(['0.01', '0.01', '0.00']);
    expect(split('0.10', 1n, 0n, 2n)).toEqual(['0.03', '0.00', '0.07']);
    expect(split('-0.02', 1n, 1n, 1n)).toEqual(['-0.01', '-0.01', '0.00']);
    expect(split('5.00', 0n, 0n)).toEqual(['0.00', '0.00']);
  });
});

describe('a billing period', () => {
  const named = ({ from, to }: { from: number; to: number }): string[] => [iso(from), iso(to)];

  it.each([
    ['America/New_York', '2026-02-01T05:00:00.000Z'],
    ['Asia/Tokyo', '2026-02-28T15:00:00.000Z'],
    ['Asia/Kolkata', '2026-02-28T18:30:00.000Z'],
  ])('of 1 March 02:30 UTC begins in %s at %s', (timezone, from) => {
    expect(iso(periodAt(Date.parse('2026-03-01T02:30:00Z'), { timezone, anchorDay: 1 }).from)).toBe(from);
  });

  it('keeps its anchor through shorter months', () => {
    const calendar = { timezone: 'UTC', anchorDay: 31 };
    let period = periodOf(2026, 1, calendar);
    const starts: string[] = [];
    for (let count = 0; count < 4; count++, period = periodAt(period.to, calendar))
      starts.push(iso(period.from).slice(0, 10));
    expect(starts).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
    expect(named(periodBefore(periodOf(2026, 3, calendar), calendar))).toEqual(named(periodOf(2026, 2, calendar)));
  });

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Cairo'])(
    'holds its own instants in %s',
    (timezone) => {
      for (const anchorDay of [1, 15, 29, 31]) {
        let period = periodOf(2023, 12, { timezone, anchorDay });
        for (let count = 0; count < 30; count++) {
          const next = periodAt(period.to, { timezone, anchorDay });
          expect(next.from).toBe(period.to);
          expect(periodAt(period.to - 1, { timezone, anchorDay })).toEqual(period);
          period = next;
        }
      }
    },
  );
});
