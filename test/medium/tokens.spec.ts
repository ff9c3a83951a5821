/** Share tokens over HTTP. Real: guards, limits, validation, signatures, the embedded engine. Not real: the clock, the second instance, which is on the same engine. */
import { DAY, HOUR, MINUTE, SECOND, iso } from '@meterhouse/common';
import { AccountsModule } from '../../apps/api/src/accounts/accounts.module';
import { Authenticator } from '../../apps/api/src/auth/authenticator';
import { Identity } from '../../apps/api/src/auth/identity';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeysRepository } from '../../apps/api/src/auth/keys.repository';
import { signToken } from '../../apps/api/src/auth/share-token';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import { MaintenanceModule } from '../../apps/api/src/maintenance/maintenance.module';
import { SqlModule } from '../../apps/api/src/sql/sql.module';
import { TokensModule } from '../../apps/api/src/tokens/tokens.module';
import { UsageExportModule } from '../../apps/api/src/usage/export/usage-export.module';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, MANAGER, type Method, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(
  TokensModule,
  SqlModule,
  UsageModule,
  UsageExportModule,
  AccountsModule,
  IngestModule,
  MaintenanceModule,
);

const create = (as: string | undefined, body: unknown = {}) => api.call(as, 'POST', '/tokens', body);

async function tokenOf(as: string, body: Record<string, unknown> = {}): Promise<string> {
  const answer = await create(as, body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.token;
}

const total = async (as: string, query = ''): Promise<unknown> =>
  (await api.call(as, 'GET', `/usage?timeframe=30d${query}`)).body.usage?.totalRequests;

const keyIdsSeen = async (as: string): Promise<string[]> =>
  (await api.call(as, 'GET', '/keys')).body.keys.map(({ id }: { id: string }) => id).sort();

describe('POST /tokens', () => {
  it('makes a token for an hour that reads the account as its maker does', async () => {
    const member = await api.make({ ...MANAGER, tier: 'starter' });
    const { status, body } = await create(member.secret);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        success: true,
        token: expect.stringMatching(/^mht_[\w-]+\.[\w-]+$/),
        tokenId: expect.stringMatching(/^tok_[0-9A-Za-z]{16}$/),
        expiresAt: iso(NOW + HOUR),
        url: `http://localhost/app#token=${body.token}`,
        timestamp: iso(NOW),
      },
    });
    await insertEvents(api.clickhouse, member.accountId, [aRequest(member.id, NOW)]);
    expect(await total(body.token)).toBe(1);
    expect(await keyIdsSeen(body.token)).toEqual([member.id]);
    const byHeader = await api.app.inject({ url: '/usage', headers: { 'x-api-key': body.token } });
    expect(byHeader.statusCode).toBe(200);
  });

  it('gives no more permissions than asked for, than its maker has, and than reading', async () => {
    const reader = await api.make({ permissions: ['usage:read'] });
    expect(await api.call(await tokenOf(reader.secret), 'GET', '/keys')).toMatchObject({ status: 403 });
    const asked = await create(reader.secret, { permissions: ['keys:read'] });
    expect(asked).toMatchObject({ status: 403, body: { error: 'FORBIDDEN', message: /does not have keys:read/ } });
    const manager = await api.make(MANAGER);
    const usageOnly = await tokenOf(manager.secret, { permissions: ['usage:read'] });
    expect(await api.call(usageOnly, 'GET', '/keys')).toMatchObject({
      status: 403,
      body: { message: 'This route needs the permission keys:read, which this token does not have.' },
    });
    const keysOnly = await tokenOf(manager.secret, { permissions: ['keys:read'] });
    expect(await api.call(keysOnly, 'GET', '/usage')).toMatchObject({ status: 403 });
    const noReader = await api.make({ permissions: ['keys:read'] });
    expect(await create(noReader.secret)).toMatchObject({ status: 403 });
  });

  it('by an admin may be for another account, and is never an admin', async () => {
    const member = await api.make();
    await insertEvents(api.clickhouse, member.accountId, [aRequest(member.id, NOW)]);
    const token = await tokenOf(ADMIN, { accountId: member.accountId });
    expect(await total(token)).toBe(1);
    expect(await total(token, `&accountId=${member.accountId}`)).toBe(1);
    expect(await api.call(token, 'GET', '/usage?accountId=admin')).toMatchObject({ status: 403 });
    expect(await api.call(token, 'GET', '/accounts')).toMatchObject({ status: 403 });
    expect(await keyIdsSeen(await tokenOf(ADMIN))).toEqual(['key_admin']);
    const other = await create(member.secret, { accountId: 'admin' });
    expect(other).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await create(ADMIN, { accountId: 'nobody' })).toMatchObject({
      status: 404,
      body: { error: 'ACCOUNT_NOT_FOUND', message: 'There is no account "nobody"; GET /accounts lists them.' },
    });
  });

  it.each([
    [{ expiresInSeconds: 59 }, 'expiresInSeconds', /60 to 2592000/],
    [{ expiresInSeconds: 2_592_001 }, 'expiresInSeconds', /60 to 2592000/],
    [{ expiresInSeconds: '3600' }, 'expiresInSeconds', /whole number/],
    [{ permissions: ['admin'] }, 'permissions', /some of usage:read, keys:read, but holds "admin"/],
    [{ permissions: ['usage:reed'] }, 'permissions', /Did you mean "usage:read"/],
    [{ permissions: [] }, 'permissions', /at least one/],
    [{ permissions: 'usage:read' }, 'permissions', /should be a list/],
    [{ keyIds: [] }, 'keyIds', /at least one/],
    [{ keyIds: ['a', 'a'] }, 'keyIds', /each key once/],
    [{ keyIds: ["' OR 1"] }, 'keyIds', /id of a key/],
    [{ keyIds: Array.from({ length: 33 }, (_, n) => `k${n}`) }, 'keyIds', /at most 32/],
    [{ keyId: 'a' }, 'keyId', /Did you mean "keyIds"/],
  ])('refuses %j', async (body, field, message) => {
    expect(await create(ADMIN, body)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', details: [{ field, message: expect.stringMatching(message) }] },
    });
  });
});

describe('restricted to keys, a token', () => {
  it('reads all of them where none is named, and knows no other', async () => {
    const member = await api.make(MANAGER);
    const { accountId } = member;
    const [one, two, three] = [
      await api.make({ accountId }),
      await api.make({ accountId }),
      await api.make({ accountId }),
    ];
    await insertEvents(
      api.clickhouse,
      accountId,
      [one, two, two, three, three, three, three].map(({ id }) => aRequest(id, NOW)),
    );
    const token = await tokenOf(member.secret, { keyIds: [one.id, two.id] });
    expect(await total(token)).toBe(3);
    expect(await total(token, `&keyId=${two.id}`)).toBe(2);
    expect(await total(token, `&keyId=${one.id},${two.id}`)).toBe(3);
    expect(await keyIdsSeen(token)).toEqual([one.id, two.id].sort());
    expect((await api.call(token, 'GET', '/keys')).body.summary.totalKeys).toBe(2);
    expect(await api.call(token, 'GET', `/keys/${one.id}`)).toMatchObject({ status: 200 });
    const exported = await api.app.inject({
      url: '/usage/export?timeframe=30d&table=keys&format=ndjson',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(exported.body).toContain(two.id);
    expect(exported.body).not.toContain(three.id);
    for (const path of [`/usage?keyId=`, `/usage?keyId=${one.id},`, '/usage/export?keyId=', '/keys/']) {
      const [theirs, unknown] = [
        await api.call(token, 'GET', path + three.id),
        await api.call(token, 'GET', `${path}key_0000000000000000`),
      ];
      expect(theirs).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
      expect(theirs.body.message.replace(three.id, '')).toBe(unknown.body.message.replace('key_0000000000000000', ''));
    }
    expect(JSON.stringify((await api.call(token, 'GET', '/usage')).body)).not.toContain(three.id);
  });

  it('cannot be made for keys of another account', async () => {
    const [mine, theirs] = [await api.make(), await api.make()];
    for (const id of [theirs.id, 'key_unknown']) {
      expect(await create(mine.secret, { keyIds: [mine.id, id] })).toMatchObject({
        status: 404,
        body: { error: 'KEY_NOT_FOUND' },
      });
    }
    expect(await create(ADMIN, { keyIds: [mine.id] })).toMatchObject({ status: 404 });
    expect(await create(ADMIN, { keyIds: [mine.id], accountId: mine.accountId })).toMatchObject({ status: 201 });
  });
});

describe('a token ends', () => {
  const EXPIRED = { status: 401, body: { error: 'API_KEY_EXPIRED' } };

  it('with its time', async () => {
    const { secret } = await api.make();
    const token = await tokenOf(secret, { expiresInSeconds: 60 });
    api.clock.at = NOW + MINUTE - 1;
    expect(await api.call(token, 'GET', '/usage')).toMatchObject({ status: 200 });
    api.clock.at = NOW + MINUTE;
    expect(await api.call(token, 'GET', '/usage')).toMatchObject({
      status: 401,
      body: {
        error: 'API_KEY_EXPIRED',
        message: expect.stringMatching(/^This share token expired at 2026-03-02T12:01/),
      },
    });
  });

  it('with its key: revoked, expired', async () => {
    const revoked = await api.make();
    const token = await tokenOf(revoked.secret, { expiresInSeconds: 2_592_000 });
    await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
    expect(await api.call(token, 'GET', '/usage')).toMatchObject({
      status: 401,
      body: {
        error: 'API_KEY_REVOKED',
        message: expect.stringMatching(/^The API key of this share token was revoked/),
      },
    });
    const expiring = await api.make({ expiresAt: iso(NOW + MINUTE) });
    const { body } = await create(expiring.secret);
    expect(body.expiresAt).toBe(iso(NOW + MINUTE));
    const cut = await api.make();
    const later = await tokenOf(cut.secret);
    await api.call(ADMIN, 'PATCH', `/keys/${cut.id}`, { expiresAt: iso(NOW + SECOND) });
    api.clock.at = NOW + MINUTE;
    for (const ended of [body.token, later]) expect(await api.call(ended, 'GET', '/usage')).toMatchObject(EXPIRED);
  });

  it('with the secret that made it: at once without grace, with the grace else', async () => {
    const unknown = { status: 401, body: { error: 'UNAUTHORIZED', message: expect.stringMatching(/was replaced/) } };
    const key = await api.make();
    const token = await tokenOf(key.secret, { expiresInSeconds: 86_400 });
    const { body } = await api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 3_600 });
    const byOldSecret = await tokenOf(key.secret, { expiresInSeconds: 86_400 });
    const byNewSecret = await tokenOf(body.apiKey, { expiresInSeconds: 86_400 });
    api.clock.at = NOW + HOUR - 1;
    for (const good of [token, byOldSecret, byNewSecret])
      expect(await api.call(good, 'GET', '/usage')).toMatchObject({ status: 200 });
    api.clock.at = NOW + HOUR;
    for (const ended of [token, byOldSecret]) expect(await api.call(ended, 'GET', '/usage')).toMatchObject(unknown);
    expect(await api.call(byNewSecret, 'GET', '/usage')).toMatchObject({ status: 200 });
    await api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`);
    expect(await api.call(byNewSecret, 'GET', '/usage')).toMatchObject(unknown);
  });

  it('where its key may not do any more what it says', async () => {
    const key = await api.make(MANAGER);
    const token = await tokenOf(key.secret);
    await api.call(ADMIN, 'PATCH', `/keys/${key.id}`, { permissions: ['usage:read'] });
    expect(await api.call(token, 'GET', '/usage')).toMatchObject({ status: 200 });
    expect(await api.call(token, 'GET', '/keys')).toMatchObject({ status: 403 });
    const admin = await api.make({ permissions: ['admin'] });
    const forOther = await tokenOf(admin.secret, { accountId: key.accountId });
    expect(await api.call(forOther, 'GET', '/usage')).toMatchObject({ status: 200 });
    await api.call(ADMIN, 'PATCH', `/keys/${admin.id}`, { permissions: ['usage:read'] });
    expect(await api.call(forOther, 'GET', '/usage')).toMatchObject({ status: 401 });
  });
});

it('a token changes nothing, on any route, and makes no tokens', async () => {
  const admin = await api.make({ permissions: ['admin'], tier: 'enterprise' });
  const token = await tokenOf(admin.secret);
  const routes: [Method, string][] = [
    ['POST', '/tokens'],
    ['POST', '/keys'],
    ['PATCH', `/keys/${admin.id}`],
    ['POST', `/keys/${admin.id}/rotate`],
    ['DELETE', `/keys/${admin.id}`],
    ['POST', '/events'],
    ['POST', '/sql'],
    ['POST', '/admin/reconcile'],
    ['POST', '/admin/events/delete'],
    ['POST', '/admin/dead-letters/replay'],
  ];
  for (const [method, url] of routes) {
    expect([url, await api.call(token, method, url)]).toMatchObject([
      url,
      { status: 403, body: { error: 'FORBIDDEN', message: expect.stringMatching(/share token can read only/) } },
    ]);
  }
  expect(await api.call(admin.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
});

it('a holder of a secret gains nothing by signing a token of its own making', async () => {
  const [key, other] = [await api.make({ permissions: ['events:write'] }), await api.make()];
  const own = { id: 'tok_x', keyId: key.id, accountId: key.accountId, keyIds: null, expiresAt: NOW + 400 * DAY };
  const sign = (given: Partial<Parameters<typeof signToken>[0]>) =>
    signToken({ ...own, permissions: ['usage:read', 'keys:read'], ...given }, key.secret);
  expect(await api.call(sign({}), 'GET', '/usage')).toMatchObject({ status: 403 });
  for (const given of [{ accountId: other.accountId }, { keyId: other.id }, { keyId: 'key_admin' }]) {
    expect(await api.call(sign(given), 'GET', '/usage')).toMatchObject({ status: 401 });
  }
});

it("its calls count in its key's budget, and are that key's use", async () => {
  const key = await api.make();
  const [one, two] = [await tokenOf(key.secret), await tokenOf(key.secret)];
  api.clock.at = NOW + SECOND;
  for (let call = 0; call < 29; call++) {
    await api.call(one, 'GET', '/usage');
    await api.call(two, 'GET', '/usage');
  }
  for (const as of [one, two, key.secret]) {
    expect(await api.call(as, 'GET', '/usage')).toMatchObject({ status: 429, body: { error: 'RATE_LIMIT_EXCEEDED' } });
  }
  const { body } = await api.call(ADMIN, 'GET', `/keys/${key.id}`);
  expect(body.key.lastUsedAt).toBe(iso(NOW + SECOND));
});

it('works on another instance and after a restart, and is stored nowhere', async () => {
  const key = await api.make(MANAGER);
  const token = await tokenOf(key.secret, { keyIds: [key.id] });
  const registry = new KeyRegistry(new KeysRepository(api.clickhouse), api.clock, api.settings);
  await registry.onModuleInit();
  const caller = new Authenticator(registry, api.clock).authenticate({ headers: { authorization: `Bearer ${token}` } });
  expect(caller).toBeInstanceOf(Identity);
  expect(caller).toMatchObject({ key: { id: key.id }, token: { keyIds: [key.id] } });
  const rows = await api.clickhouse.query('SELECT toString(tuple(*)) AS text FROM keys');
  for (const stored of rows.map((row) => row.string('text'))) {
    expect(stored).not.toContain(token.slice(4, 40));
    expect(stored).not.toContain(key.secret);
  }
});
