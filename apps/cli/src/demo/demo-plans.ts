/** The demo's plans: one that all of its accounts have, and one to compare it with. */
import { DAY, iso } from '@meterhouse/common';
import type { MeterhouseClient } from '../client';
import { DEMO_KEYS } from './accounts';

const GROWTH = {
  name: 'Demo: Growth',
  currency: 'USD',
  flatFee: '49',
  prices: [
    {
      id: 'reports',
      name: 'Reports',
      match: { endpoint: ['/v1/reports*'] },
      weight: 5,
      tiers: [{ upTo: null, unitAmount: '0.002' }],
    },
    {
      id: 'requests',
      name: 'Requests',
      model: 'graduated',
      includedUnits: 5_000,
      tiers: [
        { upTo: 20_000, unitAmount: '0.0025' },
        { upTo: 100_000, unitAmount: '0.0015' },
        { upTo: null, unitAmount: '0.0009' },
      ],
    },
  ],
  freeStatuses: ['5xx', '429'],
};

const PREPAID = {
  name: 'Demo: Packages',
  currency: 'USD',
  prices: [
    {
      id: 'requests',
      name: 'Packages of 10,000 requests',
      model: 'package',
      packageSize: 10_000,
      tiers: [{ upTo: null, unitAmount: '19' }],
    },
  ],
};

/** Makes the plans, unless an earlier run has, and gives the first one to all accounts of the demo. */
export async function ensureDemoPlans(
  client: MeterhouseClient,
  { now, days }: { now: number; days: number },
): Promise<void> {
  const names = new Set((await client.listPlans()).map(({ name }) => name));
  if (names.has(GROWTH.name)) return;
  const planId = (await client.post('/plans', GROWTH)).object('plan').text('id');
  await client.post('/plans', PREPAID);
  const from = iso(now - days * DAY);
  for (const accountId of new Set(DEMO_KEYS.map((key) => key.accountId))) {
    await client.put(`/accounts/${encodeURIComponent(accountId)}/plan`, { planId, from });
  }
}
