/** The audit log over HTTP. Real: every route that is audited, the file, the embedded engine. Not real: the clock, the socket. */
import { HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { AccountsModule } from '../../apps/api/src/accounts/accounts.module';
import { AUDIT_ACTIONS } from '../../apps/api/src/audit/audit-entry';
import { AuditLog } from '../../apps/api/src/audit/audit-log';
import { AuditModule } from '../../apps/api/src/audit/audit.module';
import { AuditRepository } from '../../apps/api/src/audit/audit.repository';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { MaintenanceModule } from '../../apps/api/src/maintenance/maintenance.module';
import { TokensModule } from '../../apps/api/src/tokens/tokens.module';
import { ADMIN, MANAGER, useKeysApi } from '../support/keys-api';

const api = useKeysApi(AuditModule, TokensModule, AccountsModule, MaintenanceModule);

/** An hour for each test, by the engine's clock, for rows expire. */
let now = floorTo('minute', Date.now());
beforeEach(() => {
  now += HOUR;
  api.clock.at = now;
});
afterEach(() => jest.restoreAllMocks());

const read = async (query = '') => (await api.call(ADMIN, 'GET', `/admin/audit?${query}`)).body;

const entries = async (query: string) => (await read(query)).entries as Record<string, unknown>[];

const actions = async (query: string) => (await entries(query)).map(({ action }) => action);

const ADMINS = { keyId: 'key_admin', accountId: 'admin', address: '127.0.0.1' };

it('has who made, changed, rotated and revoked a key, and what it was given, the newest first', async () => {
  const key = await api.make({ ...MANAGER, name: 'before', accountId: 'acme', metadata: { password: 'hunter2' } });
  const actor = { keyId: key.id, accountId: 'acme', address: '127.0.0.1' };
  api.clock.at += 1;
  const changes = { name: 'after', description: 'a private note', metadata: { password: 'hunter3' } };
  await api.call(key.secret, 'PATCH', `/keys/${key.id}`, changes);
  api.clock.at += 1;
  const rotated = await api.call(key.secret, 'POST', `/keys/${key.id}/rotate`);
  api.clock.at += 1;
  await api.call(ADMIN, 'DELETE', `/keys/${key.id}`);
  expect(await entries('accountId=acme')).toEqual([
    {
      at: iso(now + 3),
      action: 'key.revoked',
      actor: ADMINS,
      target: key.id,
      details: { accountId: 'acme', name: 'after', revokedAt: iso(now + 3) },
    },
    {
      at: iso(now + 2),
      action: 'key.rotated',
      actor,
      target: key.id,
      details: { accountId: 'acme', name: 'after', gracePeriodSeconds: 0 },
    },
    {
      at: iso(now + 1),
      action: 'key.changed',
      actor,
      target: key.id,
      details: { accountId: 'acme', changed: ['name', 'description', 'metadata'], name: 'after' },
    },
    {
      at: iso(now),
      action: 'key.created',
      actor: ADMINS,
      target: key.id,
      details: {
        accountId: 'acme',
        name: 'before',
        tier: 'free',
        permissions: MANAGER.permissions,
        rateLimit: expect.objectContaining({ requestsPerMinute: 60 }),
        expiresAt: null,
      },
    },
  ]);
  const all = JSON.stringify(await read());
  for (const secret of [key.secret, rotated.body.apiKey, ADMIN, 'hunter', 'private note']) {
    expect(all).not.toContain(secret);
  }
});

it('has tokens, limits, deletions, repairs and what was taken back; not what only looks', async () => {
  const { id, secret } = await api.make({ ...MANAGER, accountId: 'works' });
  const { body: made } = await api.call(secret, 'POST', '/tokens', { keyIds: [id] });
  await api.call(ADMIN, 'PATCH', '/accounts/works', { limits: { activeKeys: 3 } });
  await api.call(ADMIN, 'POST', '/admin/events/delete', { accountId: 'works', keyId: id, confirm: true });
  await api.call(ADMIN, 'POST', '/admin/reconcile', {});
  await api.call(ADMIN, 'POST', '/admin/reconcile', { repair: true });
  await api.call(ADMIN, 'POST', '/admin/dead-letters/replay');
  await api.call(ADMIN, 'POST', '/admin/log/recover');
  const found = await entries('limit=6');
  expect(found.map(({ action, target }) => [action, target])).toEqual([
    ['log.recovered', null],
    ['dead_letters.replayed', null],
    ['rollups.repaired', null],
    ['events.deleted', id],
    ['account.limits_changed', 'works'],
    ['token.created', made.tokenId],
  ]);
  expect(found.map(({ details }) => details)).toMatchObject([
    { files: 0, recovered: 0, unreadable: 0 },
    { replayed: 0 },
    { acceptLoss: false, repaired: [] },
    { accountId: 'works', keyId: id, eventsDeleted: 0, from: null, to: null },
    { accountId: 'works', limits: { activeKeys: 3 } },
    { accountId: 'works', keyIds: [id], permissions: null, expiresAt: made.expiresAt },
  ]);
  expect(JSON.stringify(found)).not.toContain(made.token);
});

it('does not have what was refused, and has what failed and may have been done', async () => {
  const { id, secret } = await api.make({ ...MANAGER, accountId: 'refused' });
  for (const [method, url, body] of [
    ['POST', '/keys', { name: 'x', accountId: 'another' }],
    ['POST', '/keys', { name: 'x', colour: 'red' }],
    ['DELETE', '/keys/key_unknown', undefined],
    ['POST', '/admin/log/recover', undefined],
  ] as const) {
    expect((await api.call(secret, method, url, body)).status).toBeLessThan(500);
  }
  expect(await actions('accountId=refused')).toEqual(['key.created']);
  jest.spyOn(api.app.get(KeyRegistry), 'change').mockRejectedValueOnce(new Error('lost'));
  expect(await api.call(ADMIN, 'PATCH', `/keys/${id}`, { name: 'y' })).toMatchObject({ status: 500 });
  const [failed] = await entries('action=key.changed');
  expect(failed).toMatchObject({ actor: ADMINS, target: id, details: { error: 'INTERNAL' } });
});

it('has the admin key that the service made at its start', async () => {
  await api.app.get(AuditModule).onApplicationBootstrap();
  const [made] = await entries('accountId=admin&action=key.created');
  const actor = { keyId: null, accountId: null, address: null };
  expect(made).toMatchObject({ at: iso(now), actor, target: 'key_admin', details: { accountId: 'admin' } });
});

it('has refused sign-ins by address and key, once their minute has ended', async () => {
  const key = await api.make({ accountId: 'ended' });
  await api.call(ADMIN, 'DELETE', `/keys/${key.id}`);
  api.clock.at = now + 5 * MINUTE;
  for (let call = 0; call < 3; call++) await api.call('mh_guessed', 'GET', '/keys');
  await api.call(key.secret, 'GET', '/keys');
  await api.call(undefined, 'GET', '/keys');
  expect(await actions('action=sign_in.refused')).toEqual([]);
  api.clock.at += MINUTE;
  const until = iso(now + 5 * MINUTE);
  expect(await entries('action=sign_in.refused')).toEqual([
    {
      at: until,
      action: 'sign_in.refused',
      actor: { keyId: key.id, accountId: 'ended', address: '127.0.0.1' },
      target: null,
      details: { count: 1, errors: { API_KEY_REVOKED: 1 }, until },
    },
    {
      at: until,
      action: 'sign_in.refused',
      actor: { keyId: null, accountId: null, address: '127.0.0.1' },
      target: null,
      details: { count: 3, errors: { UNAUTHORIZED: 3 }, until },
    },
  ]);
  expect(await actions('accountId=ended')).toEqual(['sign_in.refused', 'key.revoked', 'key.created']);
});

it('is read by account, action and time, page by page', async () => {
  const start = now;
  for (let minute = 0; minute < 4; minute++) {
    api.clock.at = start + minute * MINUTE;
    await api.make({ accountId: minute % 2 === 0 ? 'even' : 'odd' });
  }
  const times = async (query: string) =>
    (await entries(query)).map(({ at }) => (Date.parse(String(at)) - start) / MINUTE);
  expect(await times('accountId=even')).toEqual([2, 0]);
  expect(await times(`from=${iso(start)}&to=${iso(start + 3 * MINUTE)}`)).toEqual([2, 1, 0]);
  expect(await times(`from=${iso(start + 1)}&action=key.created`)).toEqual([3, 2, 1]);
  expect(await times(`from=${iso(start)}&action=key.revoked`)).toEqual([]);
  const page = await read(`from=${iso(start)}&limit=2&offset=1`);
  expect(page).toMatchObject({ success: true, pagination: { total: 4, limit: 2, offset: 1, hasMore: true } });
  expect(page.entries).toHaveLength(2);
  expect(await read(`from=${iso(start)}&offset=2`)).toMatchObject({ pagination: { total: 4, hasMore: false } });
});

it.each([
  ['action=key.made', 'INVALID_PARAMETERS'],
  ['accountId=', 'INVALID_PARAMETERS'],
  ['from=yesterday', 'INVALID_PARAMETERS'],
  ['from=9999-12-31', 'INVALID_PARAMETERS'],
  ['from=2026-03-02&to=2026-03-02', 'INVALID_PARAMETERS'],
  ['limit=0', 'INVALID_PARAMETERS'],
  ['limit=1001', 'INVALID_PARAMETERS'],
  ['keyId=key_1', 'INVALID_PARAMETERS'],
])('refuses %s', async (query, error) => {
  expect(await read(query)).toMatchObject({ success: false, error });
});

it('is for admins', async () => {
  const { secret } = await api.make(MANAGER);
  expect(await api.call(secret, 'GET', '/admin/audit')).toMatchObject({ status: 403 });
});

it('counts an entry once that was stored twice', async () => {
  const row = { at: now, id: '1-twice', action: AUDIT_ACTIONS[0], actor: ADMINS, target: 'k', accountId: 'twice' };
  const rows = [{ ...row, details: {} }];
  const repository = api.app.get(AuditRepository);
  await repository.insert(rows);
  await repository.insert(rows);
  expect(await read('accountId=twice')).toMatchObject({ entries: [{ target: 'k' }], pagination: { total: 1 } });
});

it('answers a change though ClickHouse does not take its entry, which comes later', async () => {
  const insert = jest.spyOn(api.app.get(AuditRepository), 'insert').mockRejectedValue(new Error('away'));
  await api.make({ accountId: 'late' });
  await api.app.get(AuditLog).synchronise();
  expect(insert).toHaveBeenCalled();
  expect(await actions('accountId=late')).toEqual([]);
  insert.mockRestore();
  expect(await actions('accountId=late')).toEqual(['key.created']);
});
