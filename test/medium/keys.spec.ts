/** The routes under /keys, over HTTP. Real: guards, limits, validation, the embedded engine. Not real: the clock, the socket. */
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import fc from 'fast-check';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeysModule } from '../../apps/api/src/keys/keys.module';
import { openTestApi } from '../support/api';
import { FixedClock } from '../support/fixed-clock';
import { insertEvents } from '../support/insert-events';
import { type TestStorage, openTestStorage } from '../support/storage';

const ADMIN = 'the admin secret of the tests of keys';
const NOW = Date.UTC(2026, 2, 2, 12);
const clock = new FixedClock(NOW);
let storage: TestStorage;
let app: NestFastifyApplication;
let accounts = 0;

beforeAll(async () => {
  Logger.overrideLogger(false);
  storage = await openTestStorage({ ADMIN_KEY: ADMIN });
  app = await openTestApi(storage, clock, KeysModule);
});
afterAll(async () => {
  await app.close();
  await storage.close();
});
beforeEach(() => {
  clock.at = NOW;
});

type Method = 'GET' | 'POST' | 'DELETE';

async function call(as: string | undefined, method: Method, url: string, body?: unknown) {
  const answer = await app.inject({
    method,
    url,
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

interface Made {
  secret: string;
  id: string;
  accountId: string;
}

/** A key made by the admin, in an account of its own unless one is named. */
async function make(body: Record<string, unknown> = {}): Promise<Made> {
  const accountId = `account-${accounts++}`;
  const answer = await call(ADMIN, 'POST', '/keys', { name: 'test', accountId, ...body });
  expect(answer).toMatchObject({ status: 201 });
  return { secret: answer.body.apiKey, id: answer.body.keyId, accountId: answer.body.key.accountId };
}

const MANAGER = { permissions: ['usage:read', 'events:write', 'keys:read', 'keys:write'] };

describe('POST /keys', () => {
  it('makes a key and shows its secret this once', async () => {
    const expiresAt = '2027-01-31T01:00:00+01:00';
    const { status, body } = await call(ADMIN, 'POST', '/keys', {
      name: '  Checkout\ud800 ',
      description: 'both regions',
      tier: 'enterprise',
      permissions: ['keys:read', 'usage:read'],
      rateLimit: { requestsPerMinute: 5_000 },
      expiresAt,
      metadata: { team: { name: 'pay\udc00', size: 3 } },
      accountId: 'acme:eu.1',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      success: true,
      apiKey: expect.stringMatching(/^mh_[0-9A-Za-z]{49}$/),
      keyId: expect.stringMatching(/^key_[0-9A-Za-z]{16}$/),
      key: {
        id: body.keyId,
        accountId: 'acme:eu.1',
        name: 'Checkout\ufffd',
        description: 'both regions',
        tier: 'enterprise',
        permissions: ['usage:read', 'keys:read'],
        rateLimit: { requestsPerMinute: 5_000, requestsPerHour: null, requestsPerDay: null },
        status: 'active',
        external: false,
        createdAt: iso(NOW),
        expiresAt: '2027-01-31T00:00:00.000Z',
        revokedAt: null,
        lastUsedAt: null,
        usage: { totalRequests: 0, requestsToday: 0, requestsThisMonth: 0 },
        metadata: { team: { name: 'pay\ufffd', size: 3 } },
      },
      timestamp: iso(NOW),
    });
    const read = await call(body.apiKey, 'GET', `/keys/${body.keyId}`);
    expect(read).toEqual({ status: 200, body: { success: true, key: body.key, timestamp: iso(NOW) } });
  });

  it('needs a name alone', async () => {
    const { body } = await call(ADMIN, 'POST', '/keys', { name: 'plain' });
    expect(body.key).toMatchObject({
      accountId: 'admin',
      description: null,
      tier: 'free',
      permissions: ['usage:read', 'events:write'],
      rateLimit: { requestsPerMinute: 60, requestsPerHour: null, requestsPerDay: 10_000 },
      expiresAt: null,
      metadata: {},
    });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['no name', {}, 'name', /1 to 100 characters/],
    ['an empty name', { name: ' ' }, 'name', /1 to 100 characters, but has 0/],
    ['a long name', { name: 'x'.repeat(101) }, 'name', /but has 101/],
    ['a name that is no text', { name: { a: 1 } }, 'name', /text of 1 to 100 characters, but is/],
    ['a long description', { name: 'a', description: 'x'.repeat(501) }, 'description', /0 to 500 characters/],
    ['a near miss of a tier', { name: 'a', tier: 'enterprize' }, 'tier', /Did you mean "enterprise"/],
    ['permissions that are no list', { name: 'a', permissions: 'admin' }, 'permissions', /should be a list/],
    ['no permissions', { name: 'a', permissions: [] }, 'permissions', /at least one/],
    ['a permission twice', { name: 'a', permissions: ['admin', 'admin'] }, 'permissions', /each permission once/],
    ['an unknown permission', { name: 'a', permissions: ['admin', 'usage:reed'] }, 'permissions', /mean "usage:read"/],
    ['limits that are a list', { name: 'a', tier: 'enterprise', rateLimit: [] }, 'rateLimit', /should be an object/],
    ['limits that are a text', { name: 'a', tier: 'enterprise', rateLimit: '5' }, 'rateLimit', /should be an object/],
    ['a limit of zero', { name: 'a', tier: 'enterprise', rateLimit: { requestsPerDay: 0 } }, 'rateLimit', /./],
    ['limits on another tier', { name: 'a', tier: 'starter', rateLimit: {} }, 'rateLimit', /"enterprise" only/],
    ['limits on no tier', { name: 'a', rateLimit: { requestsPerDay: 5 } }, 'rateLimit', /"enterprise" only/],
    ['an expiry in the past', { name: 'a', expiresAt: iso(NOW) }, 'expiresAt', /in the future; it is 2026-03-02T12/],
    ['an expiry without a zone', { name: 'a', expiresAt: '2027-01-31T00:00:00' }, 'expiresAt', /with its zone/],
    ['a day that is not', { name: 'a', expiresAt: '2027-02-30' }, 'expiresAt', /ISO 8601/],
    ['an expiry too far away', { name: 'a', expiresAt: '2300-01-01' }, 'expiresAt', /ISO 8601/],
    ['an expiry that is a number', { name: 'a', expiresAt: NOW + DAY }, 'expiresAt', /ISO 8601/],
    ['metadata that is a list', { name: 'a', metadata: [] }, 'metadata', /JSON object/],
    ['large metadata', { name: 'a', metadata: { a: 'ü'.repeat(2_100) } }, 'metadata', /at most 4096 bytes/],
    ['an odd account', { name: 'a', accountId: "a' OR 1" }, 'accountId', /1 to 64 letters/],
    ['an unknown field', { name: 'a', teir: 'free' }, 'teir', /not known here. Did you mean "tier"/],
  ])('refuses %s', async (_, body, field, message) => {
    const answer = await call(ADMIN, 'POST', '/keys', body);
    expect(answer).toMatchObject({ status: 400, body: { success: false, error: 'INVALID_PARAMETERS' } });
    expect(answer.body.details[0].field).toMatch(new RegExp(`^${field}`));
    expect(answer.body.details[0].message).toMatch(message);
  });

  it.each(['', 'null', '[]', '"text"', '7', '{', '{"name":"a","__proto__":{"admin":true}}', '[{"name":"a"}]'])(
    'refuses the body %s',
    async (body) => {
      expect(await call(ADMIN, 'POST', '/keys', body)).toMatchObject({
        status: 400,
        body: { error: 'INVALID_PARAMETERS' },
      });
    },
  );

  it('refuses every random body and id without a fault of its own', async () => {
    const json = fc.object({
      key: fc.constantFrom('name', 'tier', 'metadata', 'rateLimit', 'toString', '$', 'é'),
      maxDepth: 3,
    });
    const text = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(json, text, async (body, id) => {
        const segment = encodeURIComponent(id.toWellFormed()) || 'x';
        const answers = [
          await call(ADMIN, 'POST', '/keys', { ...body, expiresAt: id }),
          await call(ADMIN, 'POST', '/keys', { name: 'a', metadata: body, description: id.slice(0, 400) }),
          await call(ADMIN, 'GET', `/keys/${segment}`),
          await call(ADMIN, 'GET', `/keys?accountId=${segment}`),
          await call(ADMIN, 'POST', `/keys/${segment}/rotate`, body),
          await call(id.replace(/[^\x20-\x7e]/g, ''), 'GET', '/keys'),
        ];
        for (const { status } of answers) expect([200, 201, 400, 401, 404]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses query parameters', async () => {
    const answer = await call(ADMIN, 'POST', '/keys?tier=free', { name: 'a' });
    expect(answer).toMatchObject({ status: 400, body: { message: '"tier" is not known here.' } });
  });
});

describe('what a member may give', () => {
  it('its own account only', async () => {
    const member = await make(MANAGER);
    const own = await call(member.secret, 'POST', '/keys', { name: 'a', accountId: member.accountId });
    expect(own.body.key.accountId).toBe(member.accountId);
    expect((await call(member.secret, 'POST', '/keys', { name: 'a' })).body.key.accountId).toBe(member.accountId);
    expect(await call(member.secret, 'POST', '/keys', { name: 'a', accountId: 'admin' })).toMatchObject({
      status: 403,
      body: { error: 'FORBIDDEN' },
    });
  });

  it('permissions that it has, by default those of the usual that it has', async () => {
    const member = await make({ permissions: ['keys:write', 'usage:read'] });
    expect((await call(member.secret, 'POST', '/keys', { name: 'a' })).body.key.permissions).toEqual(['usage:read']);
    for (const permissions of [['admin'], ['keys:read'], ['usage:read', 'events:write']]) {
      expect(await call(member.secret, 'POST', '/keys', { name: 'a', permissions })).toMatchObject({
        status: 403,
        body: { error: 'FORBIDDEN', message: expect.stringMatching(/only permissions that it has/) },
      });
    }
    const writer = await make({ permissions: ['keys:write'] });
    expect(await call(writer.secret, 'POST', '/keys', { name: 'a' })).toMatchObject({ status: 400 });
  });

  it("no tier above the highest of its account's active keys", async () => {
    const member = await make(MANAGER);
    const create = (tier: string) => call(member.secret, 'POST', '/keys', { name: 'a', tier });
    expect(await create('starter')).toMatchObject({ status: 403, body: { message: /which is free/ } });
    const strong = await make({ accountId: member.accountId, tier: 'professional' });
    expect(await create('professional')).toMatchObject({ status: 201 });
    expect(await create('enterprise')).toMatchObject({ status: 403 });
    await call(ADMIN, 'DELETE', `/keys/${strong.id}`);
    const rest = await call(member.secret, 'GET', '/keys?tier=professional&status=active');
    for (const { id } of rest.body.keys) await call(ADMIN, 'DELETE', `/keys/${id}`);
    expect(await create('starter')).toMatchObject({ status: 403 });
  });

  it("no limits above its account's own", async () => {
    const member = await make({
      ...MANAGER,
      tier: 'enterprise',
      rateLimit: { requestsPerMinute: 100, requestsPerHour: 1_000 },
    });
    const create = (body: object) => call(member.secret, 'POST', '/keys', { name: 'a', tier: 'enterprise', ...body });
    const within = { requestsPerMinute: 100, requestsPerHour: 999 };
    expect(await create({ rateLimit: within })).toMatchObject({ status: 201 });
    expect(await create({ rateLimit: { ...within, requestsPerDay: 1_000_000_000 } })).toMatchObject({ status: 201 });
    for (const rateLimit of [undefined, {}, { requestsPerMinute: 100 }, { ...within, requestsPerMinute: 101 }]) {
      expect(await create({ rateLimit })).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    }
    expect(await create({ tier: 'professional' })).toMatchObject({ status: 403 });
    expect(await create({ tier: 'free' })).toMatchObject({ status: 201 });
  });
});

describe('GET /keys', () => {
  it('pages and filters the keys of the account, and sums up all of them', async () => {
    const member = await make(MANAGER);
    const { accountId } = member;
    clock.at = NOW - HOUR;
    const expired = await make({ accountId, name: 'expired', tier: 'starter', expiresAt: iso(NOW - MINUTE) });
    clock.at = NOW + 1;
    const revoked = await make({ accountId, name: 'revoked' });
    const last = await make({ accountId, name: 'last', tier: 'starter' });
    await call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
    const list = async (query: string) => {
      const { body } = await call(member.secret, 'GET', `/keys${query}`);
      return { ids: body.keys.map(({ id }: { id: string }) => id), ...body };
    };
    const all = await list('');
    expect(all.ids.slice(0, 2)).toEqual([expired.id, member.id]);
    expect(all.ids.slice(2).sort()).toEqual([revoked.id, last.id].sort());
    expect(all.summary).toEqual({ totalKeys: 4, activeKeys: 2, expiredKeys: 1, revokedKeys: 1 });
    expect(all.pagination).toEqual({ total: 4, limit: 100, offset: 0, hasMore: false });
    expect((await list('?status=expired')).ids).toEqual([expired.id]);
    expect((await list('?status=revoked')).ids).toEqual([revoked.id]);
    const starters = await list('?tier=starter&limit=1&offset=0');
    expect(starters).toMatchObject({
      ids: [expired.id],
      summary: all.summary,
      pagination: { total: 2, limit: 1, offset: 0, hasMore: true },
    });
    expect(await list('?tier=starter&limit=1&offset=1')).toMatchObject({
      ids: [last.id],
      pagination: { total: 2, hasMore: false },
    });
    expect(await list('?offset=100')).toMatchObject({ ids: [], pagination: { total: 4, hasMore: false } });
  });

  it('shows an admin all accounts, or one', async () => {
    const member = await make();
    const one = await call(ADMIN, 'GET', `/keys?accountId=${member.accountId}`);
    expect(one.body.keys.map(({ id }: { id: string }) => id)).toEqual([member.id]);
    const all = await call(ADMIN, 'GET', '/keys?limit=1000');
    expect(new Set(all.body.keys.map((key: { accountId: string }) => key.accountId)).size).toBeGreaterThan(2);
    expect((await call(ADMIN, 'GET', '/keys?accountId=nobody')).body.pagination.total).toBe(0);
    expect(await call(ADMIN, 'GET', `/keys/${member.id}?accountId=nobody`)).toMatchObject({ status: 404 });
  });

  it('tells how much each key was used, by UTC day and month', async () => {
    const member = await make(MANAGER);
    const unused = await make({ accountId: member.accountId });
    const at = (timestamp: number, keyId = member.id) => ({
      keyId,
      timestamp,
      method: 'GET',
      endpoint: '/',
      statusCode: 200,
      latencyMs: 1,
      requestBytes: 0,
      responseBytes: 0,
      errorType: '',
    });
    const midnight = Date.UTC(2026, 2, 2);
    const times = [
      NOW + MINUTE + 1,
      midnight,
      midnight - 1,
      Date.UTC(2026, 2, 1),
      Date.UTC(2026, 1, 28, 23, 59, 59, 999),
    ];
    await insertEvents(
      storage.clickhouse,
      member.accountId,
      times.map((time) => at(time)),
    );
    await insertEvents(storage.clickhouse, 'somebody else', [at(NOW, unused.id)]);
    const figures = {
      lastUsedAt: iso(NOW + MINUTE + 1),
      usage: { totalRequests: 5, requestsToday: 2, requestsThisMonth: 4 },
    };
    const never = { lastUsedAt: null, usage: { totalRequests: 0, requestsToday: 0, requestsThisMonth: 0 } };
    const { body } = await call(member.secret, 'GET', '/keys');
    expect(body.keys.find(({ id }: { id: string }) => id === member.id)).toMatchObject(figures);
    expect(body.keys.find(({ id }: { id: string }) => id === unused.id)).toMatchObject(never);
    expect((await call(ADMIN, 'GET', `/keys/${member.id}`)).body.key).toMatchObject(figures);
    await call(ADMIN, 'DELETE', `/keys/${member.id}`);
    expect((await call(ADMIN, 'GET', `/keys/${member.id}`)).body.key).toMatchObject(figures);
  });

  it.each([
    ['status=actve', /Did you mean "active"/],
    ['tier=gold', /tier should be one of/],
    ['limit=0', /1 to 1000/],
    ['limit=1001', /1 to 1000/],
    ['limit=1e2', /whole number/],
    ['offset=-1', /whole number/],
    ['limit=1&limit=2', /whole number/],
    ['accountId=', /1 to 64 letters/],
    ['page=2', /"page" is not known here/],
    ['status[a]=b', /is not known here/],
  ])('refuses ?%s', async (query, message) => {
    expect(await call(ADMIN, 'GET', `/keys?${query}`)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(message) },
    });
  });
});

describe('POST /keys/:keyId/rotate', () => {
  it('gives a new secret under the same id and ends the old one at once', async () => {
    const key = await make(MANAGER);
    const { status, body } = await call(key.secret, 'POST', `/keys/${key.id}/rotate`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, keyId: key.id, key: { id: key.id, status: 'active' } });
    expect(await call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(await call(body.apiKey, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('lets the old secret work until the grace period ends', async () => {
    const key = await make(MANAGER);
    const { body } = await call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 60 });
    clock.at = NOW + MINUTE - 1;
    expect(await call(key.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
    clock.at = NOW + MINUTE;
    expect(await call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401 });
    expect(await call(body.apiKey, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('ends both secrets when the key is revoked within the grace period', async () => {
    const key = await make(MANAGER);
    const { body } = await call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 604_800 });
    await call(ADMIN, 'DELETE', `/keys/${key.id}`);
    for (const secret of [key.secret, body.apiKey]) {
      expect(await call(secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'API_KEY_REVOKED' } });
    }
  });

  it('leaves one secret when many rotate at once', async () => {
    const key = await make(MANAGER);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call(ADMIN, 'POST', `/keys/${key.id}/rotate`, {})),
    );
    const statuses = await Promise.all(
      answers.map(async ({ body }) => (await call(body.apiKey, 'GET', '/keys')).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it.each([-1, 1.5, 604_801, '60', true])('refuses a grace period of %p', async (gracePeriodSeconds) => {
    const key = await make();
    expect(await call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds })).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(/0 to 604800/) },
    });
  });

  it('refuses a key that is revoked, expired or external', async () => {
    const revoked = await make();
    await call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
    const expired = await make({ expiresAt: iso(NOW + 1) });
    const external = await app.get(KeyRegistry).registerExternal('acme', 'their-own-id');
    clock.at = NOW + 1;
    for (const [{ id }, message] of [
      [external, /known only from events/],
      [revoked, /is revoked since 2026/],
      [expired, /is expired since 2026/],
    ] as const) {
      expect(await call(ADMIN, 'POST', `/keys/${id}/rotate`)).toMatchObject({
        status: 400,
        body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(message) },
      });
    }
  });

  it('refuses a member the secret of a stronger key of its account', async () => {
    const strong = await make({ permissions: ['admin'] });
    const reader = await make({ ...strong, secret: undefined, id: undefined, permissions: ['usage:read'] });
    const member = await make({ accountId: strong.accountId, permissions: ['keys:write'] });
    for (const { id } of [strong, reader]) {
      expect(await call(member.secret, 'POST', `/keys/${id}/rotate`)).toMatchObject({
        status: 403,
        body: { error: 'FORBIDDEN' },
      });
    }
    expect(await call(member.secret, 'POST', `/keys/${member.id}/rotate`)).toMatchObject({ status: 201 });
  });
});

describe('DELETE /keys/:keyId', () => {
  it('ends a key at once and again changes nothing', async () => {
    const member = await make(MANAGER);
    const key = await make({ ...MANAGER, accountId: member.accountId });
    const first = await call(member.secret, 'DELETE', `/keys/${key.id}`);
    expect(first).toMatchObject({
      status: 200,
      body: { success: true, key: { status: 'revoked', revokedAt: iso(NOW) } },
    });
    expect(await call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'API_KEY_REVOKED' } });
    clock.at = NOW + MINUTE;
    const again = await call(member.secret, 'DELETE', `/keys/${key.id}`);
    expect(again.body.key).toEqual(first.body.key);
  });

  it('a rotation at the same time does not bring it back', async () => {
    const key = await make();
    await Promise.all([
      call(ADMIN, 'POST', `/keys/${key.id}/rotate`),
      call(ADMIN, 'DELETE', `/keys/${key.id}`),
      call(ADMIN, 'POST', `/keys/${key.id}/rotate`),
    ]);
    expect((await call(ADMIN, 'GET', `/keys/${key.id}`)).body.key.status).toBe('revoked');
  });

  it('keeps the last active admin', async () => {
    const admins = (await call(ADMIN, 'GET', '/keys?limit=1000&status=active')).body.keys.filter(
      ({ id, permissions }: { id: string; permissions: string[] }) =>
        permissions.includes('admin') && id !== 'key_admin',
    );
    for (const { id } of admins) expect(await call(ADMIN, 'DELETE', `/keys/${id}`)).toMatchObject({ status: 200 });
    expect(await call(ADMIN, 'DELETE', '/keys/key_admin')).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(/last active admin key/) },
    });
    const [a, b] = [await make({ permissions: ['admin'] }), await make({ permissions: ['admin'] })];
    const ends = await Promise.all([a, b].map(({ id }) => call(a.secret, 'DELETE', `/keys/${id}`)));
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    expect(await call(ADMIN, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it("of an admin's key is for admins", async () => {
    const admin = await make({ permissions: ['admin'] });
    const member = await make({ ...MANAGER, accountId: admin.accountId });
    expect(await call(member.secret, 'DELETE', `/keys/${admin.id}`)).toMatchObject({ status: 403 });
    expect(await call(ADMIN, 'DELETE', `/keys/${admin.id}`)).toMatchObject({ status: 200 });
  });
});

describe('between accounts', () => {
  it("another account's key is answered exactly as an unknown one", async () => {
    const [mine, theirs] = [await make(MANAGER), await make(MANAGER)];
    const routes: [Method, string][] = [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
    ];
    for (const [method, rest] of routes) {
      const answer = await call(mine.secret, method, `/keys/${theirs.id}${rest}`);
      const unknown = await call(mine.secret, method, `/keys/key_0000000000000000${rest}`);
      expect(answer).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
      expect(answer.body.message.replace(theirs.id, '')).toBe(unknown.body.message.replace('key_0000000000000000', ''));
      expect(Object.keys(answer.body)).toEqual(Object.keys(unknown.body));
    }
    expect((await call(mine.secret, 'GET', '/keys')).body.keys).toHaveLength(1);
    expect(await call(mine.secret, 'GET', `/keys?accountId=${theirs.accountId}`)).toMatchObject({ status: 403 });
    expect(await call(mine.secret, 'GET', `/keys/${theirs.id}?accountId=${theirs.accountId}`)).toMatchObject({
      status: 403,
    });
    expect(await call(theirs.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('each route asks for its permission', async () => {
    const [reader, writer] = [await make({ permissions: ['keys:read'] }), await make({ permissions: ['keys:write'] })];
    for (const [method, url] of [
      ['POST', '/keys'],
      ['POST', `/keys/${reader.id}/rotate`],
      ['DELETE', `/keys/${reader.id}`],
    ] as const) {
      expect(await call(reader.secret, method, url)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expect(await call(undefined, method, url)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    }
    for (const url of ['/keys', `/keys/${writer.id}`]) {
      expect(await call(writer.secret, 'GET', url)).toMatchObject({ status: 403 });
      expect(await call(undefined, 'GET', url)).toMatchObject({ status: 401 });
    }
  });

  it('no answer holds a hash', async () => {
    const key = await make(MANAGER);
    const rotated = await call(key.secret, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 60 });
    const list = await call(ADMIN, 'GET', '/keys?limit=1000');
    expect(JSON.stringify([rotated.body.key, list.body])).not.toMatch(/hash|previous|[0-9a-f]{64}/i);
  });
});

it('the limits of a key follow its tier, over all routes', async () => {
  const key = await make(MANAGER);
  const answers = [];
  for (let done = 0; done < 61; done++)
    answers.push(await call(key.secret, 'GET', done % 2 ? '/keys' : `/keys/${key.id}`));
  expect(answers.slice(0, 60).every(({ status }) => status === 200)).toBe(true);
  expect(answers[60]).toMatchObject({ status: 429, body: { error: 'RATE_LIMIT_EXCEEDED' } });
});
