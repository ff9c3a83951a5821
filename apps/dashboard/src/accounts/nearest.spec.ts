import type { Account } from '../api/use-accounts';
import type { KeyLimit } from '../api/use-capacity';
import { nearestLimit } from './nearest';

const account: Account = {
  id: 'acme',
  keys: { total: 1, active: 1 },
  tier: 'free',
  limits: { activeKeys: 10, eventsPerMinute: 20_000, eventsPerDay: 1_000, endpointNamesPerDay: 500 },
  customLimits: [],
  lastUsedAt: null,
  usage: { requests: 15_000, previousRequests: 0, failedRequests: 0 },
};

const limit = (accountId: string, name: string, utilization: number): KeyLimit => ({
  keyId: `key_${name}`,
  accountId,
  name,
  tier: 'free',
  window: 'minute',
  limit: 60,
  peak: 1,
  peakAt: null,
  utilization,
  exhausts: null,
});

it('is the limit of which most is used, of keys and of the account', () => {
  expect(nearestLimit(account, [])).toEqual({ utilization: 50, of: 'events of a mean day' });
  expect(nearestLimit(account, [limit('acme', 'shop', 12), limit('acme', 'app', 91.5)])).toEqual({
    utilization: 91.5,
    of: 'app, per minute',
  });
});

it('is none of another account', () => {
  expect(nearestLimit(account, [limit('other', 'shop', 99)])?.utilization).toBe(50);
});

it('is none without limits, and more than all of a limit that allows nothing', () => {
  const { limits } = account;
  expect(nearestLimit({ ...account, limits: { ...limits, eventsPerDay: null } }, [])).toBeNull();
  expect(nearestLimit({ ...account, limits: { ...limits, eventsPerDay: 0 } }, [])?.utilization).toBeGreaterThan(100);
  const unused = { ...account, usage: { ...account.usage, requests: 0 } };
  expect(nearestLimit({ ...unused, limits: { ...limits, eventsPerDay: 0 } }, [])?.utilization).toBe(0);
});
