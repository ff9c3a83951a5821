import type { Me } from '../api/use-me';
import { refusalOf } from './access';

const me: Me = {
  caller: {
    kind: 'key',
    keyId: 'key_1',
    accountId: 'acme',
    name: 'storefront',
    tier: 'free',
    permissions: ['usage:read', 'sql:read'],
    keyIds: null,
    isAdmin: false,
    expiresAt: null,
  },
  features: { sql: false },
};

it('takes usage:read where a screen says nothing', () => {
  expect(refusalOf({}, me)).toBeNull();
  expect(refusalOf({}, { ...me, caller: { ...me.caller, permissions: ['keys:read'] } })).toContain('usage:read');
});

it('names the permission and the key that lacks it', () => {
  expect(refusalOf({ needs: 'admin' }, me)).toBe(
    'This screen needs the permission admin, which the key “storefront” does not have.',
  );
  const token: Me = { ...me, caller: { ...me.caller, kind: 'token', name: null } };
  expect(refusalOf({ needs: 'admin' }, token)).toContain('which this share token does not have');
});

it('is open to everybody where nothing is needed', () => {
  expect(refusalOf({ needs: null }, { ...me, caller: { ...me.caller, permissions: [] } })).toBeNull();
});

it('needs what the service has', () => {
  expect(refusalOf({ needs: 'sql:read', feature: 'sql' }, me)).toContain('CLICKHOUSE_URL');
  expect(refusalOf({ needs: 'sql:read', feature: 'sql' }, { ...me, features: { sql: true } })).toBeNull();
});
