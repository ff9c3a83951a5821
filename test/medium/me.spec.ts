/** `GET /me` over HTTP. Real: guards, signatures, the embedded engine. Not real: the clock. */
import { HOUR, iso } from '@meterhouse/common';
import { MeModule } from '../../apps/api/src/me/me.module';
import { PERMISSIONS } from '../../apps/api/src/auth/key';
import { TokensModule } from '../../apps/api/src/tokens/tokens.module';
import { ADMIN, MANAGER, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(MeModule, TokensModule);

const me = (as?: string) => api.call(as, 'GET', '/me');

it('says what a key is and may do', async () => {
  const expiresAt = iso(NOW + HOUR);
  const key = await api.make({ name: 'storefront', tier: 'starter', permissions: ['events:write'], expiresAt });
  expect(await me(key.secret)).toEqual({
    status: 200,
    body: {
      success: true,
      caller: {
        kind: 'key',
        keyId: key.id,
        accountId: key.accountId,
        name: 'storefront',
        tier: 'starter',
        permissions: ['events:write'],
        keyIds: null,
        isAdmin: false,
        expiresAt,
      },
      features: { sql: true },
      timestamp: iso(NOW),
    },
  });
});

it('names all permissions of an admin, who holds them without naming them', async () => {
  const admin = await api.make({ permissions: ['admin'] });
  expect((await me(admin.secret)).body.caller).toMatchObject({
    isAdmin: true,
    permissions: PERMISSIONS,
    expiresAt: null,
  });
});

it('says what a token reads, and not what the key that made it is called', async () => {
  const { id, accountId } = await api.make(MANAGER);
  const body = { accountId, keyIds: [id], permissions: ['usage:read'] };
  const { token, expiresAt } = (await api.call(ADMIN, 'POST', '/tokens', body)).body;
  expect((await me(token)).body.caller).toEqual({
    kind: 'token',
    keyId: 'key_admin',
    accountId,
    name: null,
    tier: 'enterprise',
    permissions: ['usage:read'],
    keyIds: [id],
    isAdmin: false,
    expiresAt,
  });
});

it('refuses who sends no key, a wrong one or one that has ended', async () => {
  const { secret, id } = await api.make();
  await api.call(ADMIN, 'DELETE', `/keys/${id}`);
  expect((await me()).body.error).toBe('UNAUTHORIZED');
  expect((await me('mh_wrong')).body.error).toBe('UNAUTHORIZED');
  expect((await me(secret)).body.error).toBe('API_KEY_REVOKED');
});
