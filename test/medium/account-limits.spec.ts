/** `PATCH /accounts/{accountId}` over HTTP. Real: guards, validation, the embedded engine. Not real: the clock, the socket. */
import { MINUTE, SystemClock } from '@meterhouse/common';
import { AccountsModule } from '../../apps/api/src/accounts/accounts.module';
import { LimitOverrides } from '../../apps/api/src/accounts/limit-overrides';
import { LimitOverridesRepository } from '../../apps/api/src/accounts/limit-overrides.repository';
import { TIER_LIMITS } from '../../apps/api/src/accounts/limits';
import { ADMIN, MANAGER, useKeysApi } from '../support/keys-api';
import { until } from '../support/until';

const api = useKeysApi(AccountsModule);

const set = (accountId: string, limits: unknown, as = ADMIN) =>
  api.call(as, 'PATCH', `/accounts/${accountId}`, { limits });

const listed = async (accountId: string) =>
  (await api.call(ADMIN, 'GET', `/accounts?search=${accountId}`)).body.accounts[0];

it('sets what is named, leaves the rest, and shows both', async () => {
  const { accountId } = await api.make();
  expect(await set(accountId, { activeKeys: 1, eventsPerDay: null })).toEqual({
    status: 200,
    body: {
      success: true,
      account: {
        id: accountId,
        keys: { total: 1, active: 1 },
        tier: 'free',
        limits: { ...TIER_LIMITS.free, activeKeys: 1, eventsPerDay: null },
        customLimits: ['activeKeys', 'eventsPerDay'],
      },
      timestamp: expect.any(String),
    },
  });
  await set(accountId, { activeKeys: 'default', endpointNamesPerDay: 0 });
  expect(await listed(accountId)).toMatchObject({
    limits: { ...TIER_LIMITS.free, eventsPerDay: null, endpointNamesPerDay: 0 },
    customLimits: ['eventsPerDay', 'endpointNamesPerDay'],
  });
  expect(await set(accountId, {})).toMatchObject({ status: 200 });
});

it('holds at once for the keys of the account', async () => {
  const manager = await api.make(MANAGER);
  const create = () => api.call(manager.secret, 'POST', '/keys', { name: 'more' });
  await set(manager.accountId, { activeKeys: 1 });
  expect(await create()).toMatchObject({ status: 403, body: { error: 'LIMIT_REACHED' } });
  await set(manager.accountId, { activeKeys: null });
  expect(await create()).toMatchObject({ status: 201 });
});

it('is known after a restart, and to another instance', async () => {
  const { accountId } = await api.make();
  await set(accountId, { activeKeys: 7 });
  await set(accountId, { eventsPerMinute: 8 });
  const repository = new LimitOverridesRepository(api.clickhouse);
  const shared = {
    shared: true,
    findChangedSince: (version: number) => repository.findChangedSince(version),
    insert: repository.insert.bind(repository),
  };
  const other = new LimitOverrides(shared, new SystemClock());
  await other.onModuleInit();
  expect(other.of(accountId)).toEqual({ activeKeys: 7, eventsPerMinute: 8 });
  // Both write, and neither loses what the other wrote.
  api.clock.at += MINUTE;
  await set(accountId, { eventsPerMinute: 'default', eventsPerDay: 9 });
  await until(() => Promise.resolve(other.of(accountId).eventsPerDay === 9));
  expect(other.of(accountId)).toEqual({ activeKeys: 7, eventsPerDay: 9 });
  await other.beforeApplicationShutdown();
});

it('finds no account without keys', async () => {
  for (const id of ['nobody', 'a%2Fb', '%00']) {
    expect(await set(id, { activeKeys: 1 })).toMatchObject({ status: 404, body: { error: 'ACCOUNT_NOT_FOUND' } });
  }
});

it('is for admins', async () => {
  const manager = await api.make(MANAGER);
  const answer = await set(manager.accountId, { activeKeys: null }, manager.secret);
  expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
});

it.each<[string, unknown, string]>([
  ['no body', undefined, 'limits'],
  ['limits that are a list', { limits: [] }, 'limits'],
  ['limits that are null', { limits: null }, 'limits'],
  ['a limit below zero', { limits: { activeKeys: -1 } }, 'limits.activeKeys'],
  ['a part of a key', { limits: { activeKeys: 1.5 } }, 'limits.activeKeys'],
  ['another word', { limits: { eventsPerDay: 'none' } }, 'limits.eventsPerDay'],
  ['more than can be counted', { limits: { eventsPerDay: 1e13 } }, 'limits.eventsPerDay'],
  ['more names than memory takes', { limits: { endpointNamesPerDay: 100_001 } }, 'limits.endpointNamesPerDay'],
  ['an unknown limit', { limits: { eventsPerHour: 1 } }, 'limits.eventsPerHour'],
  ['another field', { limits: {}, tier: 'free' }, 'tier'],
])('refuses %s', async (_, body, field) => {
  const { accountId } = await api.make();
  const answer = await api.call(ADMIN, 'PATCH', `/accounts/${accountId}`, body);
  expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_PARAMETERS', details: [{ field }] } });
});
