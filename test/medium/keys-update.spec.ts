/** Changing keys over HTTP. Real: guards, limits, validation, the embedded engine. Not real: the clock, the socket. */
import { DAY, HOUR, iso } from '@meterhouse/common';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeysRepository } from '../../apps/api/src/auth/keys.repository';
import { ADMIN, MANAGER, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

const NO_LIMITS = { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null };

const update = (as: string, keyId: string, body: unknown) => api.call(as, 'PATCH', `/keys/${keyId}`, body);

const read = async (keyId: string) => (await api.call(ADMIN, 'GET', `/keys/${keyId}`)).body.key;

it('changes what the body names and leaves the rest, the secret too', async () => {
  const key = await api.make({ ...MANAGER, name: 'before', description: 'a note', metadata: { team: 'a' } });
  const before = await read(key.id);
  api.clock.at = NOW + HOUR;
  const { status, body } = await update(ADMIN, key.id, { name: ' after ' });
  const changed = { ...before, name: 'after' };
  expect({ status, body }).toEqual({ status: 200, body: { success: true, key: changed, timestamp: iso(NOW + HOUR) } });
  expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
});

it('every field, at once and over a restart', async () => {
  const key = await api.make();
  const fields = {
    name: 'all',
    description: 'of it',
    tier: 'enterprise',
    permissions: ['keys:read'],
    rateLimit: { requestsPerMinute: 5 },
    expiresAt: iso(NOW + DAY),
    metadata: { n: 1 },
  };
  const changed = { ...fields, rateLimit: { ...NO_LIMITS, requestsPerMinute: 5 } };
  expect((await update(ADMIN, key.id, fields)).body.key).toMatchObject(changed);
  const restarted = new KeyRegistry(new KeysRepository(api.clickhouse), api.clock, api.settings);
  await restarted.onModuleInit();
  expect(restarted.find(null, key.id)).toMatchObject({ ...changed, expiresAt: NOW + DAY });
});

it('null takes a field away, and an empty body changes nothing', async () => {
  const fields = { description: 'x', tier: 'enterprise', rateLimit: { requestsPerDay: 7 }, metadata: { a: 1 } };
  const key = await api.make({ ...fields, expiresAt: iso(NOW + DAY) });
  const nulls = { description: null, rateLimit: null, expiresAt: null, metadata: null };
  const none = { description: null, rateLimit: NO_LIMITS, expiresAt: null, metadata: {}, tier: 'enterprise' };
  expect((await update(ADMIN, key.id, nulls)).body.key).toMatchObject(none);
  expect(await update(ADMIN, key.id, {})).toMatchObject({ status: 200, body: { key: none } });
});

it('another tier takes own limits away', async () => {
  const key = await api.make({ tier: 'enterprise', rateLimit: { requestsPerHour: 7 } });
  const { body } = await update(ADMIN, key.id, { tier: 'free' });
  expect(body.key.rateLimit).toEqual({ requestsPerMinute: 60, requestsPerHour: null, requestsPerDay: 10_000 });
  expect((await update(ADMIN, key.id, { tier: 'enterprise' })).body.key.rateLimit).toEqual(NO_LIMITS);
});

it('counts from the next call on', async () => {
  const key = await api.make(MANAGER);
  await update(ADMIN, key.id, { permissions: ['usage:read'] });
  expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 403 });
  await update(ADMIN, key.id, { expiresAt: iso(NOW + HOUR), permissions: ['keys:read'] });
  expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
  api.clock.at = NOW + HOUR;
  expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 401, body: { error: 'API_KEY_EXPIRED' } });
  await update(ADMIN, key.id, { expiresAt: iso(NOW + 2 * HOUR) });
  expect(await api.call(key.secret, 'GET', '/keys')).toMatchObject({ status: 200 });
});

it('a revoked key stays revoked', async () => {
  const key = await api.make();
  await api.call(ADMIN, 'DELETE', `/keys/${key.id}`);
  const { status, body } = await update(ADMIN, key.id, { name: 'old', expiresAt: iso(NOW + DAY) });
  expect([status, body.key.status, body.key.name]).toEqual([200, 'revoked', 'old']);
});

it('external keys can be named and described, and take no permissions', async () => {
  const { id } = await api.registry.registerExternal('acme', 'their-key');
  expect((await update(ADMIN, id, { name: 'Theirs', metadata: { a: 1 } })).body.key).toMatchObject({
    name: 'Theirs',
    external: true,
    permissions: [],
  });
  expect(await update(ADMIN, id, { permissions: ['admin'] })).toMatchObject({
    status: 400,
    body: { error: 'INVALID_PARAMETERS', message: expect.stringMatching(/known only from events/) },
  });
  const member = await api.make({ ...MANAGER, accountId: 'acme' });
  expect(await update(member.secret, id, { expiresAt: iso(NOW + DAY) })).toMatchObject({ status: 200 });
});

it.each([
  ['a name of null', { name: null }, 'name', /text of 1 to 100/],
  ['an empty name', { name: '' }, 'name', /but has 0/],
  ['a control character', { description: 'a\u001b[2J' }, 'description', /control characters/],
  ['an unknown tier', { tier: 'gold' }, 'tier', /should be one of/],
  ['no permissions', { permissions: [] }, 'permissions', /at least one/],
  ['limits on another tier', { rateLimit: { requestsPerDay: 5 } }, 'rateLimit', /"enterprise" only/],
  ['an expiry in the past', { expiresAt: iso(NOW) }, 'expiresAt', /in the future/],
  ['metadata that is a list', { metadata: [] }, 'metadata', /JSON object/],
  ['another account', { accountId: 'other' }, 'accountId', /not known here/],
  ['a secret', { secretHash: 'x' }, 'secretHash', /not known here/],
])('refuses %s', async (_, body, field, message) => {
  const key = await api.make();
  expect(await update(ADMIN, key.id, body)).toMatchObject({
    status: 400,
    body: { error: 'INVALID_PARAMETERS', details: [{ field, message: expect.stringMatching(message) }] },
  });
});

describe('a member', () => {
  const FORBIDDEN = { status: 403, body: { error: 'FORBIDDEN' } };

  it('changes keys of its account, within what it holds', async () => {
    const member = await api.make({ ...MANAGER, tier: 'starter' });
    const key = await api.make({ accountId: member.accountId });
    const fields = { name: 'mine', tier: 'starter', permissions: ['keys:read'] };
    expect(await update(member.secret, key.id, fields)).toMatchObject({ status: 200, body: { key: fields } });
    expect(await update(member.secret, key.id, { permissions: ['admin'] })).toMatchObject(FORBIDDEN);
    expect(await update(member.secret, key.id, { tier: 'professional' })).toMatchObject(FORBIDDEN);
    expect(await update(member.secret, key.id, { tier: 'enterprise' })).toMatchObject(FORBIDDEN);
    expect(await update(member.secret, member.id, { tier: 'professional' })).toMatchObject(FORBIDDEN);
    expect(await read(key.id)).toMatchObject(fields);
  });

  it('cannot bring back a key above those that are active', async () => {
    const member = await api.make(MANAGER);
    const high = await api.make({ accountId: member.accountId, tier: 'professional', expiresAt: iso(NOW + 1) });
    api.clock.at = NOW + HOUR;
    expect(await update(member.secret, high.id, { name: 'still mine' })).toMatchObject({ status: 200 });
    expect(await update(member.secret, high.id, { expiresAt: null })).toMatchObject(FORBIDDEN);
    expect(await update(member.secret, high.id, { expiresAt: null, tier: 'free' })).toMatchObject({ status: 200 });
  });

  it('changes no key that is stronger than its own', async () => {
    const strong = await api.make({ permissions: ['admin'] });
    const member = await api.make({ ...MANAGER, accountId: strong.accountId });
    expect(await update(member.secret, strong.id, { name: 'taken' })).toMatchObject(FORBIDDEN);
    const writer = await api.make({ accountId: strong.accountId, permissions: ['keys:write'] });
    expect(await update(writer.secret, member.id, { expiresAt: iso(NOW + 1) })).toMatchObject(FORBIDDEN);
  });

  it("finds another account's key no more than an unknown one", async () => {
    const [member, other] = [await api.make(MANAGER), await api.make()];
    const theirs = await update(member.secret, other.id, { name: 'x' });
    const unknown = await update(member.secret, 'key_0000000000000000', { name: 'x' });
    expect(theirs).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
    expect(theirs.body.message.replace(other.id, '')).toBe(unknown.body.message.replace('key_0000000000000000', ''));
    const reader = await api.make({ accountId: member.accountId, permissions: ['keys:read'] });
    expect(await update(reader.secret, reader.id, { name: 'x' })).toMatchObject(FORBIDDEN);
    expect(await api.call(undefined, 'PATCH', `/keys/${other.id}`, {})).toMatchObject({ status: 401 });
  });
});

it('the last active admin stays one for good, and can be renamed', async () => {
  const last = { status: 400, body: { message: expect.stringMatching(/last active admin key/) } };
  const { body } = await api.call(ADMIN, 'GET', '/keys?limit=1000&status=active');
  for (const { id, permissions } of body.keys)
    if (permissions.includes('admin') && id !== 'key_admin') await api.call(ADMIN, 'DELETE', `/keys/${id}`);
  expect(await update(ADMIN, 'key_admin', { permissions: ['usage:read'] })).toMatchObject(last);
  expect(await update(ADMIN, 'key_admin', { expiresAt: iso(NOW + DAY) })).toMatchObject(last);
  expect(await update(ADMIN, 'key_admin', { name: 'Root' })).toMatchObject({ status: 200 });
  const other = await api.make({ permissions: ['admin'] });
  expect(await update(ADMIN, 'key_admin', { expiresAt: iso(NOW + DAY) })).toMatchObject({ status: 200 });
  expect(await update(other.secret, 'key_admin', { expiresAt: null })).toMatchObject({ status: 200 });
});

it('changes at once lose nothing of each other', async () => {
  const key = await api.make();
  const changes = [{ name: 'n' }, { description: 'd' }, { metadata: { m: 1 } }, { tier: 'starter' }];
  await Promise.all(changes.map((change) => update(ADMIN, key.id, change)));
  expect(await read(key.id)).toMatchObject(Object.assign({}, ...changes));
});
