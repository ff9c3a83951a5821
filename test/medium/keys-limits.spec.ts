/** How many keys an account may have, and of which tier. Real: guards, validation, the embedded engine. Not real: the clock. */
import { HOUR, iso } from '@meterhouse/common';
import fc from 'fast-check';
import { ADMIN, MANAGER, NOW, type Made, useKeysApi } from '../support/keys-api';

const api = useKeysApi();

const LIMIT_REACHED = { status: 403, body: { error: 'LIMIT_REACHED' } };
const FORBIDDEN = { status: 403, body: { error: 'FORBIDDEN' } };

const create = (as: string, body = {}) => api.call(as, 'POST', '/keys', { name: 'more', ...body });

/** An account with so many active keys, the first of which manages them. */
async function accountWith(keys: number, tier = 'free'): Promise<Made & { others: Made[] }> {
  const manager = await api.make({ ...MANAGER, tier });
  const others: Made[] = [];
  for (let made = 1; made < keys; made++) others.push(await api.make({ accountId: manager.accountId }));
  return { ...manager, others };
}

it('is the number of active keys of the tier, for whoever is no admin', async () => {
  const manager = await accountWith(9);
  expect(await create(manager.secret)).toMatchObject({ status: 201 });
  const refused = await create(manager.secret);
  expect(refused).toMatchObject(LIMIT_REACHED);
  expect(refused.body.message).toMatch(/has 10 active keys, and may have 10; revoke one/);
  expect(await create(ADMIN, { accountId: manager.accountId })).toMatchObject({ status: 201 });
});

it('is that of the highest tier among the active keys', async () => {
  const manager = await accountWith(10, 'starter');
  expect(await create(manager.secret)).toMatchObject({ status: 201 });
});

it('counts neither revoked keys, nor expired ones, nor those known only from events', async () => {
  const manager = await accountWith(10);
  await api.registry.registerExternal(manager.accountId, `external-${manager.accountId}`);
  const [revoked, expiring] = manager.others as [Made, Made];
  expect(await create(manager.secret)).toMatchObject(LIMIT_REACHED);
  await api.call(manager.secret, 'DELETE', `/keys/${revoked.id}`);
  expect(await create(manager.secret)).toMatchObject({ status: 201 });
  await api.call(manager.secret, 'PATCH', `/keys/${expiring.id}`, { expiresAt: iso(NOW + HOUR) });
  expect(await create(manager.secret)).toMatchObject(LIMIT_REACHED);
  api.clock.at = NOW + HOUR;
  expect(await create(manager.secret)).toMatchObject({ status: 201 });
  const back = () => api.call(manager.secret, 'PATCH', `/keys/${expiring.id}`, { expiresAt: null });
  expect(await back()).toMatchObject(LIMIT_REACHED);
  expect(await api.call(manager.secret, 'POST', `/keys/${manager.others[2]?.id}/rotate`)).toMatchObject({
    status: 201,
  });
  await api.call(manager.secret, 'DELETE', `/keys/${manager.others[2]?.id}`);
  expect(await back()).toMatchObject({ status: 200 });
});

it('holds however many ask at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }), async (present, asked) => {
      const manager = await accountWith(present);
      const answers = await Promise.all(Array.from({ length: asked }, () => create(manager.secret)));
      const made = answers.filter(({ status }) => status === 201).length;
      expect(made).toBe(Math.min(asked, 10 - present));
      for (const answer of answers) if (answer.status !== 201) expect(answer).toMatchObject(LIMIT_REACHED);
    }),
    { numRuns: 10 },
  );
});

describe('an enterprise key', () => {
  it('is made by one, or by an admin', async () => {
    const member = await api.make(MANAGER);
    const enterprise = await api.make({ ...MANAGER, accountId: member.accountId, tier: 'enterprise' });
    expect(await create(member.secret, { tier: 'enterprise' })).toMatchObject(FORBIDDEN);
    const limited = { tier: 'enterprise', rateLimit: { requestsPerMinute: 1 } };
    expect(await create(member.secret, limited)).toMatchObject(FORBIDDEN);
    expect(await create(enterprise.secret, { tier: 'enterprise' })).toMatchObject({ status: 201 });
    expect(await create(ADMIN, { accountId: member.accountId, tier: 'enterprise' })).toMatchObject({ status: 201 });
  });

  it('gets no higher limits, longer life or other secret from a key that is none', async () => {
    const member = await api.make(MANAGER);
    const rateLimit = { requestsPerMinute: 1 };
    const { id } = await api.make({
      accountId: member.accountId,
      tier: 'enterprise',
      rateLimit,
      expiresAt: iso(NOW + HOUR),
    });
    await api.make({ accountId: member.accountId, tier: 'enterprise' });
    for (const change of [{ rateLimit: { requestsPerMinute: 2 } }, { expiresAt: null }]) {
      expect(await api.call(member.secret, 'PATCH', `/keys/${id}`, change)).toMatchObject(FORBIDDEN);
    }
    expect(await api.call(member.secret, 'POST', `/keys/${id}/rotate`)).toMatchObject(FORBIDDEN);
    expect(await api.call(member.secret, 'PATCH', `/keys/${id}`, { name: 'renamed' })).toMatchObject({ status: 200 });
  });
});

it('lifts no key above the tier of the calling one', async () => {
  const member = await api.make({ ...MANAGER, tier: 'starter' });
  const high = await api.make({ accountId: member.accountId, tier: 'professional' });
  const low = await api.make({ accountId: member.accountId });
  const lift = (id: string, tier: string) => api.call(member.secret, 'PATCH', `/keys/${id}`, { tier });
  expect(await lift(low.id, 'professional')).toMatchObject(FORBIDDEN);
  expect(await lift(member.id, 'professional')).toMatchObject(FORBIDDEN);
  expect(await lift(low.id, 'starter')).toMatchObject({ status: 200 });
  expect(await lift(high.id, 'professional')).toMatchObject({ status: 200 });
});
