import type { Plan } from '../api/use-cost';
import { NEW_PRICE, newPlanForm, planBody, planForm } from './plan-form-values';

const PLAN: Plan = {
  ...{ id: 'pln_1', version: 2, name: 'Growth', currency: 'USD', timezone: 'UTC', anchorDay: 31 },
  ...{ effectiveFrom: '2026-01-01T00:00:00.000Z', flatFee: '49.123456789012', freeStatuses: ['5xx', '429'] },
  ...{ discountPercent: '12.5', minimum: '20', maximum: null },
  prices: [
    {
      ...{ id: 'search', name: 'Searches', unit: 'requests', weight: '5', model: 'graduated', packageSize: null },
      match: { endpoint: ['/v1/search*', '/v1/find'], method: ['GET'], statusCode: [] },
      includedUnits: '10000',
      tiers: [
        { upTo: '100000', unitAmount: '0.000000000001', flatAmount: '3' },
        { upTo: null, unitAmount: '0.0009', flatAmount: '0' },
      ],
    },
  ],
};

it('sends a plan as it is, with all digits of its amounts', () => {
  expect(planBody(planForm(PLAN))).toEqual({
    ...{ name: 'Growth', currency: 'USD', timezone: 'UTC', anchorDay: 31, flatFee: '49.123456789012' },
    ...{ freeStatuses: ['5xx', '429'], discountPercent: '12.5', minimum: '20' },
    prices: [
      {
        ...{ id: 'search', name: 'Searches', unit: 'requests', weight: '5', model: 'graduated' },
        match: { endpoint: ['/v1/search*', '/v1/find'], method: ['GET'], statusCode: [] },
        includedUnits: '10000',
        tiers: [
          { upTo: '100000', unitAmount: '0.000000000001', flatAmount: '3' },
          { upTo: null, unitAmount: '0.0009' },
        ],
      },
    ],
  });
});

it('takes a line with one amount as what each unit costs, and leaves empty lines out', () => {
  const form = { ...newPlanForm('UTC'), prices: [{ ...NEW_PRICE, tiers: '\n0.02\n\n' }] };
  expect(planBody(form)).toMatchObject({ prices: [{ tiers: [{ upTo: null, unitAmount: '0.02' }] }] });
});

it('sends the size of a package with that model alone', () => {
  const sent = (model: 'unit' | 'package') =>
    planBody({ ...newPlanForm('UTC'), prices: [{ ...NEW_PRICE, model, packageSize: '1000' }] });
  expect(sent('package')).toMatchObject({ prices: [{ packageSize: '1000' }] });
  expect(JSON.stringify(sent('unit'))).not.toContain('packageSize');
});
