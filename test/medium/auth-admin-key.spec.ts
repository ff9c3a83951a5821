/** The first admin key. Real: the embedded engine and its table `keys`. Not real: the clock. */
import { loadSettings } from '@meterhouse/common';
import { ADMIN_KEY_ID, AdminKeyBootstrap } from '../../apps/api/src/auth/admin-key.bootstrap';
import type { Key } from '../../apps/api/src/auth/key';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeysRepository } from '../../apps/api/src/auth/keys.repository';
import { hashSecret, isWellFormed, newSecret } from '../../apps/api/src/auth/secret';
import { FixedClock } from '../support/fixed-clock';
import { aKey } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';

const NOW = Date.UTC(2026, 2, 2, 12, 0, 0, 123);
const clock = new FixedClock(NOW);
let storage: TestStorage;

beforeAll(async () => {
  storage = await openTestStorage();
});
afterAll(() => storage.close());

describe('the first admin key', () => {
  let printed: string[];
  let stdout: jest.SpyInstance;

  beforeEach(async () => {
    await storage.clickhouse.command('TRUNCATE TABLE keys');
    printed = [];
    stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  });
  afterEach(() => stdout.mockRestore());

  async function start(env: Record<string, string> = {}): Promise<KeyRegistry> {
    const settings = loadSettings(env);
    const started = new KeyRegistry(new KeysRepository(storage.clickhouse), clock, settings);
    await started.onModuleInit();
    await new AdminKeyBootstrap(started, clock, settings).onApplicationBootstrap();
    return started;
  }

  const store = (key: Key) => new KeysRepository(storage.clickhouse).insert([key]);

  const first = 'the first admin secret of this house';
  const second = 'the second admin secret of this house';

  it('is generated and printed at the first start, and not again', async () => {
    const started = await start();
    const secret = /mh_\w{49}/.exec(printed.join(''))?.[0] ?? '';
    expect(isWellFormed(secret)).toBe(true);
    expect(started.findBySecret(secret)).toMatchObject({
      id: ADMIN_KEY_ID,
      accountId: 'admin',
      name: 'Admin',
      tier: 'enterprise',
      permissions: ['admin'],
    });
    printed = [];
    expect((await start()).findBySecret(secret)?.id).toBe(ADMIN_KEY_ID);
    expect(printed).toEqual([]);
    const rows = await storage.clickhouse.query('SELECT toString(tuple(*)) AS text FROM keys');
    expect(rows.map((row) => row.string('text')).join()).not.toContain(secret);
  });

  it('takes ADMIN_KEY, a changed one too and says so, and prints no secret', async () => {
    expect((await start({ ADMIN_KEY: first })).findBySecret(first)?.id).toBe(ADMIN_KEY_ID);
    expect(printed).toEqual([]);
    const changed = await start({ ADMIN_KEY: second });
    expect(changed.findBySecret(second)?.id).toBe(ADMIN_KEY_ID);
    expect(changed.findBySecret(first)).toBeUndefined();
    expect((await start()).findBySecret(second)?.id).toBe(ADMIN_KEY_ID);
    expect(printed).toEqual([expect.stringContaining('ADMIN_KEY has changed')]);
    expect(printed.join()).not.toMatch(/secret of this house/);
  });

  it('stays revoked under the same ADMIN_KEY and comes back under another', async () => {
    await (await start({ ADMIN_KEY: first })).change(ADMIN_KEY_ID, (key) => ({ ...key, revokedAt: NOW }));
    expect((await start({ ADMIN_KEY: first })).find(null, ADMIN_KEY_ID)?.revokedAt).toBe(NOW);
    expect((await start({ ADMIN_KEY: second })).find(null, ADMIN_KEY_ID)?.revokedAt).toBeNull();
  });

  it('is not made where another key is an admin, but is for ADMIN_KEY', async () => {
    await store(aKey({ id: 'key_other', accountId: 'acme', permissions: ['admin'] }));
    expect((await start()).find(null, ADMIN_KEY_ID)).toBeUndefined();
    expect((await start({ ADMIN_KEY: first })).findBySecret(first)?.id).toBe(ADMIN_KEY_ID);
  });

  it("refuses an ADMIN_KEY that is another key's secret or too long", async () => {
    const taken = newSecret();
    await store(aKey({ id: 'key_other', accountId: 'acme', secretHash: hashSecret(taken) }));
    await expect(start({ ADMIN_KEY: taken })).rejects.toThrow('ADMIN_KEY: this is the secret of the key key_other');
    await expect(start({ ADMIN_KEY: 'x'.repeat(513) })).rejects.toThrow('ADMIN_KEY: expected at most 512 characters');
  });
});
