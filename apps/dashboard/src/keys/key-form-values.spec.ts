import type { Key } from '../api/use-keys';
import type { Me } from '../api/use-me';
import { changesBody, createBody, grantableTiers, keyForm, newKeyForm } from './key-form-values';

const ZONE = 'Europe/Berlin';

const caller: Me['caller'] = {
  kind: 'key',
  keyId: 'key_1',
  accountId: 'acme',
  name: 'storefront',
  tier: 'starter',
  permissions: ['usage:read', 'keys:write'],
  keyIds: null,
  isAdmin: false,
  expiresAt: null,
};

const key: Key = {
  id: 'key_2',
  accountId: 'acme',
  name: 'gateway',
  description: null,
  tier: 'enterprise',
  permissions: ['events:write'],
  rateLimit: { requestsPerMinute: 500, requestsPerHour: null, requestsPerDay: null },
  status: 'active',
  external: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-07-01T10:00:30.000Z',
  revokedAt: null,
  lastUsedAt: null,
  usage: { totalRequests: 0, requestsToday: 0, requestsThisMonth: 0 },
  metadata: { team: 'payments' },
};

it('makes a key of the usual permissions that the caller holds', () => {
  const form = { ...newKeyForm(caller), name: 'mobile' };
  expect(createBody(form, ZONE, false)).toEqual({ name: 'mobile', tier: 'free', permissions: ['usage:read'] });
});

it('sends the account of an admin, the expiry as an instant, and own limits of an enterprise key', () => {
  const form = {
    ...newKeyForm(caller),
    name: 'mobile',
    tier: 'enterprise' as const,
    expiresAt: '2026-07-01T12:00',
    rateLimit: { requestsPerMinute: '10', requestsPerHour: '', requestsPerDay: '' },
    metadata: '{"a": 1}',
  };
  expect(createBody(form, ZONE, true)).toMatchObject({
    accountId: 'acme',
    expiresAt: '2026-07-01T10:00:00.000Z',
    rateLimit: { requestsPerMinute: 10, requestsPerHour: null, requestsPerDay: null },
    metadata: { a: 1 },
  });
});

it('sends only what was changed, and leaves the seconds of an expiry that was not', () => {
  const before = keyForm(key, ZONE);
  expect(before.expiresAt).toBe('2026-07-01T12:00');
  expect(changesBody(before, before, ZONE)).toEqual({});
  expect(changesBody(before, { ...before, name: 'edge', expiresAt: '', metadata: ' ' }, ZONE)).toEqual({
    name: 'edge',
    expiresAt: null,
    metadata: null,
  });
});

it('sends own limits with the tier enterprise alone', () => {
  const before = keyForm(key, ZONE);
  expect(changesBody(before, { ...before, tier: 'starter' }, ZONE)).toEqual({ tier: 'starter' });
  const rateLimit = { ...before.rateLimit, requestsPerMinute: '' };
  expect(changesBody(before, { ...before, rateLimit }, ZONE)).toEqual({
    rateLimit: { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null },
  });
});

it.each(['{', '[]', '"a"', 'null'])('takes no metadata %s', (metadata) => {
  expect(() => createBody({ ...newKeyForm(caller), metadata }, ZONE, false)).toThrow(SyntaxError);
});

it('offers the tiers that the caller may give', () => {
  expect(grantableTiers(caller, [])).toEqual(['free', 'starter']);
  expect(grantableTiers(caller, [{ ...key, tier: 'professional' }])).toEqual(['free', 'starter', 'professional']);
  expect(grantableTiers(caller, [key])).toEqual(['free', 'starter', 'professional']);
  expect(grantableTiers(caller, [{ ...key, tier: 'professional', status: 'revoked' }])).toEqual(['free', 'starter']);
  expect(grantableTiers({ ...caller, tier: 'enterprise' }, [])).toContain('enterprise');
  expect(grantableTiers({ ...caller, isAdmin: true }, [])).toHaveLength(4);
});
