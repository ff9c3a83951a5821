/** The view `keys` against GET /keys. Real: guards, limits, the engine with its views, whose clock is the machine's. */
import { HOUR } from '@meterhouse/common';
import { SqlModule } from '../../apps/api/src/sql/sql.module';
import { ADMIN, useKeysApi } from '../support/keys-api';

const api = useKeysApi(SqlModule);

const LIMITS = { requestsPerMinute: 7, requestsPerHour: 700 };

it('lists what GET /keys lists: limits of each tier, status, times, and nothing secret', async () => {
  const now = Date.now();
  api.clock.at = now - 2 * HOUR;
  const accountId = 'acme';
  const reader = await api.make({ accountId, name: 'reader', permissions: ['sql:read', 'keys:read'] });
  const made = [reader];
  for (const tier of ['free', 'starter', 'professional']) {
    made.push(await api.make({ accountId, name: `it's ${tier}`, tier }));
  }
  made.push(await api.make({ accountId, name: 'own', tier: 'enterprise', rateLimit: LIMITS }));
  made.push(await api.make({ accountId, name: 'unlimited', tier: 'enterprise' }));
  made.push(await api.make({ accountId, name: 'over', expiresAt: new Date(now - HOUR).toISOString() }));
  made.push(await api.make({ accountId, name: 'to come', expiresAt: new Date(now + HOUR).toISOString() }));
  const revoked = await api.make({ accountId, name: 'revoked' });
  expect(await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`)).toMatchObject({ status: 200 });
  api.clock.at = now;

  const answer = await api.call(reader.secret, 'POST', '/sql', { query: 'SELECT * FROM keys ORDER BY key_id' });
  const { columns, rows } = answer.body as { columns: { name: string }[]; rows: unknown[][] };
  const viewed = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
  const listed = await api.call(reader.secret, 'GET', '/keys?limit=100');
  const keys = listed.body.keys as Record<string, unknown>[];
  expect(viewed.length).toBe(9);
  expect(viewed).toEqual(keys.map(expectedRow).sort((a, b) => (a.key_id < b.key_id ? -1 : 1)));
  for (const { secret } of made) expect(JSON.stringify(viewed)).not.toContain(secret);
});

function expectedRow(key: Record<string, unknown>) {
  const limits = key['rateLimit'] as Record<string, number | null>;
  const time = (name: string): string | null =>
    (key[name] as string | null)?.replace('T', ' ').replace('Z', '') ?? null;
  return {
    account_id: String(key['accountId']),
    key_id: String(key['id']),
    name: key['name'],
    tier: key['tier'],
    requests_per_minute: limits['requestsPerMinute'],
    requests_per_hour: limits['requestsPerHour'],
    requests_per_day: limits['requestsPerDay'],
    status: key['status'],
    created_at: time('createdAt'),
    expires_at: time('expiresAt'),
    revoked_at: time('revokedAt'),
    external: false,
  };
}
