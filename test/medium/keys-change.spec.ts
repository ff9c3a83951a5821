/** Rotating and revoking keys over HTTP. Real: guards, limits, validation, the embedded engine. Not real: the clock, the socket. */
import { MINUTE, iso } from '@meterhouse/common';
import { ADMIN, MANAGER, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

describe('POST /keys/:keyId/rotate', () => {
  it('gives a new secret under the same id and ends the old one at once', async () => {
    const key = await api.make(MANAGER);
    const { status, body } = await api.call(key.secret, 'POST', `/keys/${key.id}/rotate`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, keyId: key.id, key: { id: key.id, status: 'active' } });
    expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(await api.call(body.apiKey, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('lets the old secret work until the grace period ends', async () => {
    const key = await api.make(MANAGER);
    const { body } = await api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 60 });
    api.clock.at = NOW + MINUTE - 1;
    expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
    api.clock.at = NOW + MINUTE;
    expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401 });
    expect(await api.call(body.apiKey, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it('ends both secrets when the key is revoked within the grace period', async () => {
    const key = await api.make(MANAGER);
    const { body } = await api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds: 604_800 });
    await api.call(ADMIN, 'DELETE', `/keys/${key.id}`);
    for (const secret of [key.secret, body.apiKey]) {
      expect(await api.call(secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'API_KEY_REVOKED' } });
    }
  });

  it('leaves one secret when many rotate at once', async () => {
    const key = await api.make(MANAGER);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`, {})),
    );
    const statuses = await Promise.all(
      answers.map(async ({ body }) => (await api.call(body.apiKey, 'GET', '/keys')).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it.each([-1, 1.5, 604_801, '60', true])('refuses a grace period of %p', async (gracePeriodSeconds) => {
    const key = await api.make();
    expect(await api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`, { gracePeriodSeconds })).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(/0 to 604800/) },
    });
  });

  it('refuses a key that is revoked, expired or external', async () => {
    const revoked = await api.make();
    await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
    const expired = await api.make({ expiresAt: iso(NOW + 1) });
    const external = await api.registry.registerExternal('acme', 'their-own-id');
    api.clock.at = NOW + 1;
    for (const [{ id }, message] of [
      [external, /known only from events/],
      [revoked, /is revoked since 2026/],
      [expired, /is expired since 2026/],
    ] as const) {
      expect(await api.call(ADMIN, 'POST', `/keys/${id}/rotate`)).toMatchObject({
        status: 400,
        body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(message) },
      });
    }
  });

  it('refuses a member the secret of a stronger key of its account', async () => {
    const strong = await api.make({ permissions: ['admin'] });
    const reader = await api.make({ ...strong, secret: undefined, id: undefined, permissions: ['usage:read'] });
    const member = await api.make({ accountId: strong.accountId, permissions: ['keys:write'] });
    for (const { id } of [strong, reader]) {
      expect(await api.call(member.secret, 'POST', `/keys/${id}/rotate`)).toMatchObject({
        status: 403,
        body: { error: 'FORBIDDEN' },
      });
    }
    expect(await api.call(member.secret, 'POST', `/keys/${member.id}/rotate`)).toMatchObject({ status: 201 });
  });
});

describe('DELETE /keys/:keyId', () => {
  it('ends a key at once and again changes nothing', async () => {
    const member = await api.make(MANAGER);
    const key = await api.make({ ...MANAGER, accountId: member.accountId });
    const first = await api.call(member.secret, 'DELETE', `/keys/${key.id}`);
    expect(first).toMatchObject({
      status: 200,
      body: { success: true, key: { status: 'revoked', revokedAt: iso(NOW) } },
    });
    expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({
      status: 401,
      body: { error: 'API_KEY_REVOKED' },
    });
    api.clock.at = NOW + MINUTE;
    const again = await api.call(member.secret, 'DELETE', `/keys/${key.id}`);
    expect(again.body.key).toEqual(first.body.key);
  });

  it('a rotation at the same time does not bring it back', async () => {
    const key = await api.make();
    await Promise.all([
      api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`),
      api.call(ADMIN, 'DELETE', `/keys/${key.id}`),
      api.call(ADMIN, 'POST', `/keys/${key.id}/rotate`),
    ]);
    expect((await api.call(ADMIN, 'GET', `/keys/${key.id}`)).body.key.status).toBe('revoked');
  });

  it('keeps the last active admin', async () => {
    const admins = (await api.call(ADMIN, 'GET', '/keys?limit=1000&status=active')).body.keys.filter(
      ({ id, permissions }: { id: string; permissions: string[] }) =>
        permissions.includes('admin') && id !== 'key_admin',
    );
    for (const { id } of admins) expect(await api.call(ADMIN, 'DELETE', `/keys/${id}`)).toMatchObject({ status: 200 });
    expect(await api.call(ADMIN, 'DELETE', '/keys/key_admin')).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(/last active admin key/) },
    });
    const [a, b] = [await api.make({ permissions: ['admin'] }), await api.make({ permissions: ['admin'] })];
    const ends = await Promise.all([a, b].map(({ id }) => api.call(a.secret, 'DELETE', `/keys/${id}`)));
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    expect(await api.call(ADMIN, 'GET', '/keys')).toMatchObject({ status: 200 });
  });

  it("of an admin's key is for admins", async () => {
    const admin = await api.make({ permissions: ['admin'] });
    const member = await api.make({ ...MANAGER, accountId: admin.accountId });
    expect(await api.call(member.secret, 'DELETE', `/keys/${admin.id}`)).toMatchObject({ status: 403 });
    expect(await api.call(ADMIN, 'DELETE', `/keys/${admin.id}`)).toMatchObject({ status: 200 });
  });
});
