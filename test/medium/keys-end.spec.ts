/** What a key that ends leaves behind, and which keys end others. Real: guards, validation, the engine. Not real: the clock. */
import { DAY, iso } from '@meterhouse/common';
import { ADMIN, MANAGER, NOW, type Made, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

const FORBIDDEN = { status: 403, body: { error: 'FORBIDDEN' } };
const END = iso(NOW + DAY);
const LATER = iso(NOW + 2 * DAY);

let manager: Made;
let lasting: Made;
beforeEach(async () => {
  manager = await api.make({ ...MANAGER, expiresAt: END });
  lasting = await api.make({ accountId: manager.accountId, permissions: MANAGER.permissions });
});

const create = (as: string, body = {}) => api.call(as, 'POST', '/keys', { name: 'child', ...body });
const update = (as: string, { id }: Pick<Made, 'id'>, body: object) => api.call(as, 'PATCH', `/keys/${id}`, body);

describe('a key that ends', () => {
  it('makes keys that end with it, or before', async () => {
    const end = async (body: object): Promise<unknown> => (await create(manager.secret, body)).body.key?.expiresAt;
    expect(await end({})).toBe(END);
    expect(await end({ expiresAt: END })).toBe(END);
    expect(await end({ expiresAt: iso(NOW + 1_000) })).toBe(iso(NOW + 1_000));
    for (const expiresAt of [LATER, null]) {
      const refused = await create(manager.secret, { expiresAt });
      expect(refused).toMatchObject(FORBIDDEN);
      expect(refused.body.message).toContain(`ends at ${END}`);
    }
  });

  it('prolongs no key, itself neither', async () => {
    const child = { id: (await create(manager.secret)).body.keyId as string };
    for (const key of [manager, child]) {
      expect(await update(manager.secret, key, { expiresAt: null })).toMatchObject(FORBIDDEN);
      expect(await update(manager.secret, key, { expiresAt: LATER })).toMatchObject(FORBIDDEN);
    }
    expect(await update(ADMIN, child, { expiresAt: LATER })).toMatchObject({ status: 200 });
  });

  it('takes over no key that goes on, but may name it and end it', async () => {
    expect(await api.call(manager.secret, 'POST', `/keys/${lasting.id}/rotate`)).toMatchObject(FORBIDDEN);
    expect(await update(manager.secret, lasting, { name: 'renamed' })).toMatchObject({ status: 200 });
    expect(await update(manager.secret, lasting, { expiresAt: LATER })).toMatchObject({ status: 200 });
    expect(await api.call(manager.secret, 'DELETE', `/keys/${lasting.id}`)).toMatchObject({ status: 200 });
    expect(await api.call(manager.secret, 'POST', `/keys/${manager.id}/rotate`)).toMatchObject({ status: 201 });
  });

  it('of an admin makes keys that go on for others, and none that is an admin', async () => {
    const { secret } = await api.make({ permissions: ['admin'], expiresAt: END });
    expect((await create(secret, { accountId: 'customer' })).body.key.expiresAt).toBeNull();
    expect((await create(secret, { permissions: ['admin'] })).body.key.expiresAt).toBe(END);
    expect(await create(secret, { permissions: ['admin'], expiresAt: LATER })).toMatchObject(FORBIDDEN);
    expect(await update(secret, lasting, { permissions: ['admin'] })).toMatchObject(FORBIDDEN);
  });
});

it('a key ends, changes and rotates no key with permissions that it lacks', async () => {
  const strong = await api.make({ accountId: manager.accountId, permissions: ['usage:read', 'keys:write'] });
  const weak = await api.make({ accountId: manager.accountId, permissions: ['keys:write'] });
  expect(await api.call(weak.secret, 'DELETE', `/keys/${strong.id}`)).toMatchObject(FORBIDDEN);
  expect(await update(weak.secret, strong, { expiresAt: END })).toMatchObject(FORBIDDEN);
  expect(await api.call(weak.secret, 'POST', `/keys/${strong.id}/rotate`)).toMatchObject(FORBIDDEN);
  expect((await api.call(strong.secret, 'GET', '/usage')).status).not.toBe(401);
  expect(await api.call(strong.secret, 'DELETE', `/keys/${weak.id}`)).toMatchObject({ status: 200 });
});
