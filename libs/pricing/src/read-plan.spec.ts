import { readPlan } from './read-plan';

const PRICE = { name: 'Requests', tiers: [{ upTo: null, unitAmount: '0.001' }] };
const PLAN = { name: 'Plan', currency: 'USD', prices: [PRICE] };

/** A plan whose only price has these tiers. */
const withTiers = (model: string, ...tiers: object[]): object => ({ ...PLAN, prices: [{ ...PRICE, model, tiers }] });
const withPrice = (more: object): object => ({ ...PLAN, prices: [{ ...PRICE, ...more }] });

it.each<[object, string, RegExp]>([
  [
    withTiers(
      'graduated',
      { upTo: 10, unitAmount: '1' },
      { upTo: 5, unitAmount: '1' },
      { upTo: null, unitAmount: '1' },
    ),
    'prices.0.tiers.1.upTo',
    /above 10.*tiers rise/,
  ],
  [
    withTiers(
      'graduated',
      { upTo: 10, unitAmount: '1' },
      { upTo: 10, unitAmount: '1' },
      { upTo: null, unitAmount: '1' },
    ),
    'prices.0.tiers.1.upTo',
    /tiers rise/,
  ],
  [withTiers('volume', { upTo: 10, unitAmount: '1' }), 'prices.0.tiers.0.upTo', /last tier should be null/],
  [
    withTiers('volume', { upTo: null, unitAmount: '1' }, { upTo: null, unitAmount: '1' }),
    'prices.0.tiers.0.upTo',
    /only the last tier has no end/,
  ],
  [
    withTiers('unit', { upTo: 1, unitAmount: '1' }, { upTo: null, unitAmount: '1' }),
    'prices.0.tiers',
    /one tier with the model unit/,
  ],
  [withTiers('unit'), 'prices.0.tiers', /at least one/],
  [withTiers('unit', { upTo: null, unitAmount: '-1' }), 'prices.0.tiers.0.unitAmount', /not negative/],
  [
    withTiers('unit', { upTo: null, unitAmount: '0.0000000000001' }),
    'prices.0.tiers.0.unitAmount',
    /at most 12 decimals/,
  ],
  [withTiers('unit', { upTo: null, unitAmount: '1234567890123' }), 'prices.0.tiers.0.unitAmount', /at most 12 digits/],
  [withTiers('unit', { upTo: null, unitAmount: 0.1 }), 'prices.0.tiers.0.unitAmount', /decimal string/],
  [withTiers('unit', { upTo: null, unitAmount: '1e3' }), 'prices.0.tiers.0.unitAmount', /decimal/],
  [withTiers('unit', { upTo: null }), 'prices.0.tiers.0.unitAmount', /decimal string/],
  [{ ...PLAN, currency: 'EURO' }, 'currency', /code of a currency/],
  [{ ...PLAN, currency: undefined }, 'currency', /code of a currency/],
  [{ ...PLAN, timezone: 'Berlin' }, 'timezone', /time zone/],
  [{ ...PLAN, anchorDay: 32 }, 'anchorDay', /from 1 to 31/],
  [{ ...PLAN, name: ' ' }, 'name', /1 to 100/],
  [{ ...PLAN, flatFee: '-5' }, 'flatFee', /not negative/],
  [{ ...PLAN, minimum: 5 }, 'minimum', /decimal string/],
  [{ ...PLAN, discountPercent: 101 }, 'discountPercent', /from 0 to 100/],
  [{ ...PLAN, freeStatuses: ['6xx'] }, 'freeStatuses', /status codes/],
  [{ ...PLAN, prices: 'none' }, 'prices', /a list/],
  [{ ...PLAN, prices: Array(101).fill(PRICE) }, 'prices', /at most 100/],
  [
    {
      ...PLAN,
      prices: [
        { ...PRICE, id: 'a' },
        { ...PRICE, id: 'a' },
      ],
    },
    'prices.1.id',
    /"a" again/,
  ],
  [withPrice({ model: 'package' }), 'prices.0.packageSize', /units of a package/],
  [withPrice({ packageSize: 10 }), 'prices.0.packageSize', /model package alone/],
  [withPrice({ model: 'package', packageSize: 0 }), 'prices.0.packageSize', /above 0/],
  [withPrice({ model: 'tiered' }), 'prices.0.model', /one of unit, graduated/],
  [withPrice({ weight: -1 }), 'prices.0.weight', /not negative/],
  [withPrice({ weight: Number.NaN }), 'prices.0.weight', /a decimal/],
  [withPrice({ match: { endpoint: ['/a*b'] } }), 'prices.0.match.endpoint', /\* at most at the end/],
  [withPrice({ match: { path: [] } }), 'prices.0.match.path', /not known here/],
  [withPrice({ tier: [] }), 'prices.0.tier', /Did you mean "tiers"/],
])('%j is refused for %s', (plan, field, message) => {
  const read = readPlan(plan);
  const problems = 'problems' in read ? read.problems : [];
  expect(problems.map((problem) => problem.field)).toContain(field);
  expect(problems.find((problem) => problem.field === field)?.message).toMatch(message);
});

it('fills in what is left out, and keeps quantities as they were sent', () => {
  expect(
    readPlan({ ...PLAN, timezone: 'europe/berlin', prices: [{ ...PRICE, weight: '2.5', match: { method: ['get'] } }] }),
  ).toEqual({
    plan: {
      name: 'Plan',
      currency: 'USD',
      timezone: 'Europe/Berlin',
      anchorDay: 1,
      flatFee: '0',
      freeStatuses: [],
      discountPercent: 0,
      minimum: null,
      maximum: null,
      prices: [
        {
          id: 'price-1',
          name: 'Requests',
          match: { endpoint: [], method: ['GET'], statusCode: [] },
          unit: 'requests',
          weight: '2.5',
          model: 'unit',
          includedUnits: 0,
          packageSize: null,
          tiers: [{ upTo: null, unitAmount: '0.001', flatAmount: '0' }],
        },
      ],
    },
  });
});

it.each([null, 7, 'plan', []])('%j is no plan', (value) => expect(readPlan(value)).toHaveProperty('problems'));
