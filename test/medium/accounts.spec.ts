/** `GET /accounts` over HTTP. Real: guards, validation, the gate, the embedded engine. Not real: the clock, the socket. */
import { DAY, HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { TIER_LIMITS } from '../../apps/api/src/accounts/limits';
import { AccountsModule } from '../../apps/api/src/accounts/accounts.module';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, MANAGER, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(AccountsModule, UsageModule);

const list = async (query = '') => (await api.call(ADMIN, 'GET', `/accounts?${query}`)).body;

const ids = async (query: string): Promise<string[]> =>
  (await list(query)).accounts.map(({ id }: { id: string }) => id);

/** An account with a key, and failing and other requests at some times. */
async function used(accountId: string, times: { at: number; statusCode?: number }[]): Promise<void> {
  const { id } = await api.make({ accountId });
  await insertEvents(
    api.clickhouse,
    accountId,
    times.map(({ at, statusCode = 200 }) => ({ ...aRequest(id, at), statusCode })),
  );
}

const limitsOf = (tier: keyof typeof TIER_LIMITS) => ({ limits: TIER_LIMITS[tier], customLimits: [] });

it('counts the keys of each account, and names the highest tier among the active ones', async () => {
  await api.make({ accountId: 'tiers', tier: 'starter' });
  await api.make({ accountId: 'tiers', tier: 'professional', expiresAt: iso(NOW + 1) });
  const revoked = await api.make({ accountId: 'tiers', tier: 'enterprise' });
  await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
  await api.registry.registerExternal('tiers', 'their-key');
  await api.registry.registerExternal('tiers-external', 'their-other-key');
  api.clock.at = NOW + 1;
  const usage = { requests: 0, previousRequests: 0, failedRequests: 0 };
  expect((await list('search=TIERS')).accounts).toEqual([
    { id: 'tiers', keys: { total: 4, active: 2 }, tier: 'starter', lastUsedAt: null, usage, ...limitsOf('starter') },
    {
      id: 'tiers-external',
      keys: { total: 1, active: 1 },
      tier: null,
      lastUsedAt: null,
      usage,
      ...limitsOf('enterprise'),
    },
  ]);
});

it('counts the last 30 days as GET /usage does, and the 30 before', async () => {
  const from = floorTo('hour', NOW + 5 * MINUTE - 30 * DAY);
  api.clock.at = NOW + 5 * MINUTE;
  await used('periods', [
    { at: from - 30 * DAY - 1 },
    { at: from - 30 * DAY },
    { at: from - 1, statusCode: 500 },
    { at: from },
    { at: NOW, statusCode: 404 },
    { at: NOW + HOUR - 1, statusCode: 429 },
    { at: NOW + HOUR },
  ]);
  const [account] = (await list('search=periods')).accounts;
  expect(account).toMatchObject({
    lastUsedAt: iso(NOW + HOUR),
    usage: { requests: 3, previousRequests: 2, failedRequests: 2 },
  });
  const { body } = await api.call(ADMIN, 'GET', '/usage?accountId=periods&timeframe=30d&granularity=day');
  expect(body.usage).toMatchObject({ totalRequests: 3, failedRequests: 2 });
});

it("a key's own calls are use of its account, too", async () => {
  const { secret } = await api.make({ accountId: 'reader' });
  api.clock.at = NOW + MINUTE;
  await api.call(secret, 'GET', '/usage');
  expect((await list('search=reader')).accounts).toMatchObject([{ lastUsedAt: iso(NOW + MINUTE) }]);
});

it('sorts either way, ties by id, and pages', async () => {
  await used('sort-b', [{ at: NOW - 3 }, { at: NOW - 4, statusCode: 500 }]);
  await used('sort-a', [{ at: NOW - 1 }]);
  await used('sort-c', [
    { at: NOW - 2, statusCode: 500 },
    { at: NOW - 5, statusCode: 500 },
  ]);
  await used('sort-d', []);
  await used('sort-e', []);
  expect(await ids('search=sort-')).toEqual(['sort-b', 'sort-c', 'sort-a', 'sort-d', 'sort-e']);
  expect(await ids('search=sort-&order=asc')).toEqual(['sort-d', 'sort-e', 'sort-a', 'sort-b', 'sort-c']);
  expect(await ids('search=sort-&sort=errors')).toEqual(['sort-c', 'sort-b', 'sort-a', 'sort-d', 'sort-e']);
  expect(await ids('search=sort-&sort=lastUsedAt')).toEqual(['sort-a', 'sort-c', 'sort-b', 'sort-d', 'sort-e']);
  expect(await ids('search=sort-&sort=lastUsedAt&order=asc')).toEqual([
    'sort-b',
    'sort-c',
    'sort-a',
    'sort-d',
    'sort-e',
  ]);
  const page = await list('search=sort-&limit=2&offset=2');
  expect(page.accounts.map(({ id }: { id: string }) => id)).toEqual(['sort-a', 'sort-d']);
  expect(page.pagination).toEqual({ total: 5, limit: 2, offset: 2, hasMore: true });
  expect((await list('search=sort-&limit=2&offset=3')).pagination.hasMore).toBe(false);
  expect(await list('search=nobody')).toMatchObject({ accounts: [], pagination: { total: 0, hasMore: false } });
});

it('is for admins', async () => {
  const member = await api.make(MANAGER);
  expect(await api.call(member.secret, 'GET', '/accounts')).toMatchObject({
    status: 403,
    body: { error: 'FORBIDDEN' },
  });
  expect(await api.call(undefined, 'GET', '/accounts')).toMatchObject({ status: 401 });
});

it.each([
  ['sort=request', /Did you mean "requests"/],
  ['order=down', /order should be one of desc, asc/],
  ['limit=0', /1 to 1000/],
  [`search=${'a'.repeat(65)}`, /at most 64/],
  ['search=a&search=b', /given once/],
  ['accountId=acme', /not known here/],
])('refuses ?%s', async (query, message) => {
  expect(await api.call(ADMIN, 'GET', `/accounts?${query}`)).toMatchObject({
    status: 400,
    body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(message) },
  });
});
