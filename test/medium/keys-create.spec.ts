/** `POST /keys` over HTTP. Real: guards, limits, validation, the embedded engine. Not real: the clock, the socket. */
import { DAY, iso } from '@meterhouse/common';
import fc from 'fast-check';
import { ADMIN, MANAGER, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

describe('POST /keys', () => {
  it('makes a key and shows its secret this once', async () => {
    const expiresAt = '2027-01-31T01:00:00+01:00';
    const { status, body } = await api.call(ADMIN, 'POST', '/keys', {
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
    const read = await api.call(body.apiKey, 'GET', `/keys/${body.keyId}`);
    const key = { ...body.key, lastUsedAt: iso(NOW) };
    expect(read).toEqual({ status: 200, body: { success: true, key, timestamp: iso(NOW) } });
  });

  it('keeps metadata under every name', async () => {
    const metadata =
      '{"__proto__":{"a":1},"constructor":"c","toString":2,"hasOwnProperty":null,"in":{"__proto__":3,"valueOf":[4]}}';
    const { status, body } = await api.call(ADMIN, 'POST', '/keys', `{"name":"a","metadata":${metadata}}`);
    expect([status, JSON.stringify(body.key.metadata)]).toEqual([201, metadata]);
    const changed = await api.call(
      ADMIN,
      'PATCH',
      `/keys/${body.keyId}`,
      `{"metadata":{"isPrototypeOf":1,"__proto__":2}}`,
    );
    expect([changed.status, JSON.stringify(changed.body.key.metadata)]).toEqual([
      200,
      '{"isPrototypeOf":1,"__proto__":2}',
    ]);
  });

  it('needs a name alone', async () => {
    const { body } = await api.call(ADMIN, 'POST', '/keys', { name: 'plain' });
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
    ['an expiry too far away', { name: 'a', expiresAt: '2300-01-01' }, 'expiresAt', /before 2300-01-01T00:00:00.000Z/],
    ['the last of years', { name: 'a', expiresAt: '9999-12-31T23:59:59.999Z' }, 'expiresAt', /before 2300-/],
    ['the first of years', { name: 'a', expiresAt: '0001-01-01' }, 'expiresAt', /in the future/],
    ['an expiry that is a number', { name: 'a', expiresAt: NOW + DAY }, 'expiresAt', /ISO 8601/],
    ['metadata that is a list', { name: 'a', metadata: [] }, 'metadata', /JSON object/],
    ['large metadata', { name: 'a', metadata: { a: 'ü'.repeat(2_100) } }, 'metadata', /at most 4096 bytes/],
    ['a name with an escape sequence', { name: 'a\u001b[2J' }, 'name', /control characters, but holds U\+001B/],
    ['a name of two lines', { name: 'a\nkey_admin' }, 'name', /control characters, but holds U\+000A/],
    ['a name that ends a line', { name: 'a\n' }, 'name', /control characters/],
    ['a description that turns round', { name: 'a', description: '\u202edcba' }, 'description', /holds U\+202E/],
    [
      'a zero in metadata',
      { name: 'a', metadata: { note: ['\u0000'] } },
      'metadata',
      /names and texts, but holds U\+0000/,
    ],
    ['a control in a name in metadata', { name: 'a', metadata: { a: { '\u009b': 1 } } }, 'metadata', /holds U\+009B/],
    ['an odd account', { name: 'a', accountId: "a' OR 1" }, 'accountId', /1 to 64 letters/],
    ['an unknown field', { name: 'a', teir: 'free' }, 'teir', /not known here. Did you mean "tier"/],
  ])('refuses %s', async (_, body, field, message) => {
    const answer = await api.call(ADMIN, 'POST', '/keys', body);
    expect(answer).toMatchObject({ status: 400, body: { success: false, error: 'INVALID_PARAMETERS' } });
    expect(answer.body.details[0].field).toMatch(new RegExp(`^${field}`));
    expect(answer.body.details[0].message).toMatch(message);
  });

  it.each(['', 'null', '[]', '"text"', '7', '{', '{"name":"a","__proto__":{"admin":true}}', '[{"name":"a"}]'])(
    'refuses the body %s',
    async (body) => {
      expect(await api.call(ADMIN, 'POST', '/keys', body)).toMatchObject({
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
          await api.call(ADMIN, 'POST', '/keys', { ...body, expiresAt: id }),
          await api.call(ADMIN, 'POST', '/keys', { name: 'a', metadata: body, description: id.slice(0, 400) }),
          await api.call(ADMIN, 'GET', `/keys/${segment}`),
          await api.call(ADMIN, 'GET', `/keys?accountId=${segment}`),
          await api.call(ADMIN, 'POST', `/keys/${segment}/rotate`, body),
          await api.call(id.replace(/[^\x20-\x7e]/g, ''), 'GET', '/keys'),
        ];
        for (const { status } of answers) expect([200, 201, 400, 401, 404]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses query parameters', async () => {
    const answer = await api.call(ADMIN, 'POST', '/keys?tier=free', { name: 'a' });
    expect(answer).toMatchObject({ status: 400, body: { message: '"tier" is not known here.' } });
  });
});

describe('what a member may give', () => {
  it('its own account only', async () => {
    const member = await api.make(MANAGER);
    const own = await api.call(member.secret, 'POST', '/keys', { name: 'a', accountId: member.accountId });
    expect(own.body.key.accountId).toBe(member.accountId);
    expect((await api.call(member.secret, 'POST', '/keys', { name: 'a' })).body.key.accountId).toBe(member.accountId);
    expect(await api.call(member.secret, 'POST', '/keys', { name: 'a', accountId: 'admin' })).toMatchObject({
      status: 403,
      body: { error: 'FORBIDDEN' },
    });
  });

  it('permissions that it has, by default those of the usual that it has', async () => {
    const member = await api.make({ permissions: ['keys:write', 'usage:read'] });
    expect((await api.call(member.secret, 'POST', '/keys', { name: 'a' })).body.key.permissions).toEqual([
      'usage:read',
    ]);
    for (const permissions of [['admin'], ['keys:read'], ['usage:read', 'events:write']]) {
      expect(await api.call(member.secret, 'POST', '/keys', { name: 'a', permissions })).toMatchObject({
        status: 403,
        body: { error: 'FORBIDDEN', message: expect.stringMatching(/only permissions that it has/) },
      });
    }
    const writer = await api.make({ permissions: ['keys:write'] });
    expect(await api.call(writer.secret, 'POST', '/keys', { name: 'a' })).toMatchObject({ status: 400 });
  });

  it("no tier above the highest of its account's active keys", async () => {
    const member = await api.make(MANAGER);
    const create = (tier: string) => api.call(member.secret, 'POST', '/keys', { name: 'a', tier });
    expect(await create('starter')).toMatchObject({ status: 403, body: { message: /which is free/ } });
    const strong = await api.make({ accountId: member.accountId, tier: 'professional' });
    expect(await create('professional')).toMatchObject({ status: 201 });
    expect(await create('enterprise')).toMatchObject({ status: 403 });
    await api.call(ADMIN, 'DELETE', `/keys/${strong.id}`);
    const rest = await api.call(member.secret, 'GET', '/keys?tier=professional&status=active');
    for (const { id } of rest.body.keys) await api.call(ADMIN, 'DELETE', `/keys/${id}`);
    expect(await create('starter')).toMatchObject({ status: 403 });
  });

  it("no limits above its account's own", async () => {
    const member = await api.make({
      ...MANAGER,
      tier: 'enterprise',
      rateLimit: { requestsPerMinute: 100, requestsPerHour: 1_000 },
    });
    const create = (body: object) =>
      api.call(member.secret, 'POST', '/keys', { name: 'a', tier: 'enterprise', ...body });
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
