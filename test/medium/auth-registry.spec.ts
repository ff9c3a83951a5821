/**
 * The key registry. Real: the embedded engine and its table `keys`. Not real: the clock, and the
 * server of the polling tests, which is the same engine said to be shared.
 */
import { Logger } from '@nestjs/common';
import { HOUR, MINUTE, type Settings, loadSettings } from '@meterhouse/common';
import type { Key } from '../../apps/api/src/auth/key';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeysRepository } from '../../apps/api/src/auth/keys.repository';
import { hashSecret } from '../../apps/api/src/auth/secret';
import { FixedClock } from '../support/fixed-clock';
import { aKey } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';

const NOW = Date.UTC(2026, 2, 2, 12, 0, 0, 123);
const clock = new FixedClock(NOW);
let storage: TestStorage;
let repository: KeysRepository;
let registry: KeyRegistry;

beforeAll(async () => {
  Logger.overrideLogger(false);
  storage = await openTestStorage();
  repository = new KeysRepository(storage.clickhouse);
});
afterAll(() => storage.close());

beforeEach(async () => {
  clock.at = NOW;
  await storage.clickhouse.command('TRUNCATE TABLE keys');
  registry = await open();
});

async function open(settings: Settings = storage.settings): Promise<KeyRegistry> {
  const opened = new KeyRegistry(repository, clock, settings);
  await opened.onModuleInit();
  return opened;
}

async function eventually(check: () => void | Promise<void>): Promise<void> {
  const until = Date.now() + 2_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const full = (given: Partial<Key> = {}): Key => ({
  ...aKey({ id: 'key_full', accountId: 'acme' }),
  name: 'Straße "\\\n\t☕',
  description: 'für alles',
  tier: 'enterprise',
  permissions: ['usage:read', 'admin'],
  rateLimit: { requestsPerMinute: 10, requestsPerHour: null, requestsPerDay: 1_000_000_000 },
  secretHash: hashSecret('now'),
  previousSecretHash: hashSecret('before'),
  configuredSecretHash: '',
  previousSecretUntil: NOW + HOUR,
  createdAt: NOW - 1,
  expiresAt: Date.UTC(2299, 11, 31, 23, 59, 59, 999),
  revokedAt: NOW + 1,
  metadata: { nested: { list: [1, 'two', null] }, 'odd "name"': '\u0000' },
  ...given,
});

describe('a revocation', () => {
  const refuse = (): void => {
    jest.spyOn(repository, 'insert').mockRejectedValue(new Error('Code: 243. not enough space'));
  };
  const stored = async (): Promise<Key | undefined> => (await repository.findAll()).find(({ id }) => id === 'key_full');
  const allowed = (): void => undefined;

  beforeEach(async () => {
    await registry.save(full({ revokedAt: null }));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await eventually(async () => expect(await stored()).toMatchObject({ revokedAt: NOW }));
    await registry.beforeApplicationShutdown();
  });

  it('holds at once, over a restart, and is in ClickHouse when that takes it', async () => {
    refuse();
    expect(await registry.revoke('key_full', allowed)).toMatchObject({ revokedAt: NOW });
    expect(registry.find(null, 'key_full')).toMatchObject({ revokedAt: NOW });
    expect(await stored()).toMatchObject({ revokedAt: null });
    const restarted = await open();
    expect(restarted.find(null, 'key_full')).toMatchObject({ revokedAt: NOW });
    await restarted.beforeApplicationShutdown();
  });

  it('is not undone by a change that ran meanwhile', async () => {
    const insert = jest.spyOn(repository, 'insert');
    let go = (): void => undefined;
    insert.mockImplementationOnce(() => new Promise((_, fail) => (go = () => fail(new Error('reset')))));
    const failed = registry.change('key_full', (key) => ({ ...key, name: 'lost' }));
    const changed = registry.change('key_full', (key) => ({ ...key, name: 'renamed' }));
    const revoked = registry.revoke('key_full', allowed);
    await Promise.resolve();
    expect(registry.find(null, 'key_full')).toMatchObject({ revokedAt: NOW });
    await eventually(() => expect(insert).toHaveBeenCalled());
    go();
    await expect(failed).rejects.toThrow('reset');
    await Promise.all([changed, revoked]);
    expect(registry.find(null, 'key_full')).toMatchObject({ revokedAt: NOW, name: 'renamed' });
  });

  it('is checked against the key as it is, and again changes nothing', async () => {
    const refused = registry.revoke('key_full', () => {
      throw new Error('not this one');
    });
    await expect(refused).rejects.toThrow('not this one');
    expect(registry.find(null, 'key_full')).toMatchObject({ revokedAt: null });
    await registry.revoke('key_full', allowed);
    clock.at += MINUTE;
    expect(await registry.revoke('key_full', allowed)).toMatchObject({ revokedAt: NOW });
  });
});

describe('the registry', () => {
  it('keeps a key as it was given, over a restart', async () => {
    await registry.save(full());
    await registry.save(aKey({ id: 'key_plain', accountId: 'acme', createdAt: NOW - 2 }));
    for (const reader of [registry, await open()]) {
      expect(reader.find('acme', 'key_full')).toEqual({ ...full(), version: NOW });
      expect(reader.list('acme').map(({ id }) => id)).toEqual(['key_plain', 'key_full']);
    }
  });

  it('shows a key to its account and to a reader of all, and to no other', async () => {
    await registry.save(full());
    expect(registry.find(null, 'key_full')).toBeDefined();
    expect(registry.find('other', 'key_full')).toBeUndefined();
    expect(registry.list('other')).toEqual([]);
    expect(registry.list(null)).toHaveLength(1);
  });

  it('counts the newest version of a key, though the clock stands still or goes back', async () => {
    for (let save = 0; save < 5; save++) {
      clock.at -= MINUTE;
      await registry.save(full({ name: `name ${save}` }));
    }
    expect(registry.find(null, 'key_full')?.version).toBeGreaterThan(NOW - MINUTE);
    expect((await open()).list(null).map(({ name }) => name)).toEqual(['name 4']);
  });

  it('loses none of many changes that are made at once', async () => {
    await registry.save(full({ metadata: { count: 0 } }));
    const count = (key: Key): number => Number(key.metadata['count']);
    await Promise.all(
      Array.from({ length: 50 }, () =>
        registry.change('key_full', (key) => ({ ...key, metadata: { count: count(key) + 1 } })),
      ),
    );
    expect((await open()).find(null, 'key_full')?.metadata).toEqual({ count: 50 });
  });

  it('does not change a key when the change throws or changes nothing, and goes on after', async () => {
    await registry.save(full());
    const before = registry.find(null, 'key_full');
    const refusing = registry.change('key_full', () => {
      throw new Error('not allowed');
    });
    await expect(refusing).rejects.toThrow('not allowed');
    expect(await registry.change('key_full', (key) => key)).toBe(before);
    expect((await registry.change('key_full', (key) => ({ ...key, name: 'new' }))).name).toBe('new');
  });

  it('does not know what ClickHouse did not take', async () => {
    const failing = jest.spyOn(repository, 'insert').mockRejectedValueOnce(new Error('disk full'));
    await expect(registry.save(full())).rejects.toThrow('disk full');
    failing.mockRestore();
    expect(registry.find(null, 'key_full')).toBeUndefined();
    await registry.save(full());
    expect(registry.find(null, 'key_full')).toBeDefined();
  });
});

describe('looking up a secret', () => {
  it('finds the present one always, and the previous one until its end', async () => {
    await registry.save(full());
    expect(registry.findBySecret('now')?.id).toBe('key_full');
    clock.at = NOW + HOUR - 1;
    expect(registry.findBySecret('before')?.id).toBe('key_full');
    clock.at = NOW + HOUR;
    expect(registry.findBySecret('before')).toBeUndefined();
    expect(registry.findBySecret('now')?.id).toBe('key_full');
    expect(registry.findBySecret('')).toBeUndefined();
  });

  it('forgets a secret that was replaced', async () => {
    await registry.save(full());
    await registry.change('key_full', (key) => ({ ...key, secretHash: hashSecret('later'), previousSecretHash: '' }));
    expect(registry.findBySecret('now')).toBeUndefined();
    expect(registry.findBySecret('before')).toBeUndefined();
    expect(registry.findBySecret('later')?.name).toBe(full().name);
  });

  it('asks for the checksum of a secret of ours, unless ADMIN_KEY only looks like one', async () => {
    const odd = `mh_${'x'.repeat(49)}`;
    await registry.save(full({ secretHash: hashSecret(odd) }));
    expect(registry.findBySecret(odd)).toBeUndefined();
    const lenient = await open(loadSettings({ ADMIN_KEY: odd }));
    expect(lenient.findBySecret(odd)?.id).toBe('key_full');
  });

  it('never finds an external key', async () => {
    await registry.registerExternal('acme', 'theirs');
    expect(registry.findBySecret('')).toBeUndefined();
  });
});

describe('external keys', () => {
  it('are made once, however many ask at once, and a thousand cost few inserts', async () => {
    const insert = jest.spyOn(repository, 'insert');
    const ids = Array.from({ length: 1_000 }, (_, index) => `theirs-${index}`);
    const made = await Promise.all([...ids, ...ids].map((id) => registry.registerExternal('acme', id)));
    expect(insert.mock.calls.length).toBeLessThanOrEqual(2);
    insert.mockRestore();
    expect(new Set(made).size).toBe(1_000);
    expect(await registry.registerExternal('acme', 'theirs-7')).toBe(made[7]);
    const [rows] = await storage.clickhouse.query('SELECT count() AS rows FROM keys');
    expect(rows?.number('rows')).toBe(1_000);
    expect(made[7]).toMatchObject({ external: true, permissions: [], secretHash: '', name: 'theirs-7' });
  });

  it('are refused under the id of another account, also while that is being written', async () => {
    const asked = await Promise.allSettled([
      registry.registerExternal('acme', 'shared'),
      registry.registerExternal('umbrella', 'shared'),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(registry.registerExternal('umbrella', 'shared')).rejects.toMatchObject({ code: 'INVALID_PARAMETERS' });
  });

  it('can be asked for again after a failed write', async () => {
    const failing = jest.spyOn(repository, 'insert').mockRejectedValueOnce(new Error('disk full'));
    const asked = await Promise.allSettled([
      registry.registerExternal('acme', 'a'),
      registry.registerExternal('acme', 'b'),
    ]);
    failing.mockRestore();
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await registry.registerExternal('acme', 'a')).id).toBe('a');
  });
});

describe('with a server, other instances', () => {
  let shared: jest.SpyInstance;
  let mine: KeyRegistry;
  let theirs: KeyRegistry;

  beforeEach(async () => {
    shared = jest.spyOn(repository, 'shared', 'get').mockReturnValue(true);
    mine = await open();
    theirs = await open();
  });
  afterEach(async () => {
    await Promise.all([mine.beforeApplicationShutdown(), theirs.beforeApplicationShutdown()]);
    shared.mockRestore();
  });

  it('learn of a new key and of its revocation within a second', async () => {
    await mine.save(full({ revokedAt: null }));
    const saved = Date.now();
    await eventually(() => expect(theirs.findBySecret('now')).toBeDefined());
    await mine.change('key_full', (key) => ({ ...key, revokedAt: NOW }));
    await eventually(() => expect(theirs.find(null, 'key_full')?.revokedAt).toBe(NOW));
    expect(Date.now() - saved).toBeLessThan(2_000);
  });

  it('read before they change, so that a rotation does not undo a revocation', async () => {
    await mine.save(full({ revokedAt: null }));
    await theirs.change('key_full', (key) => ({ ...key, name: 'theirs' }));
    await mine.change('key_full', (key) => ({ ...key, revokedAt: NOW }));
    const changed = await theirs.change('key_full', (key) => ({ ...key, secretHash: hashSecret('later') }));
    expect(changed).toMatchObject({ revokedAt: NOW, name: 'theirs' });
  });

  it('go on when the server fails for a while', async () => {
    const failing = jest.spyOn(repository, 'findChangedSince').mockRejectedValue(new Error('connection reset'));
    await eventually(() => expect(failing.mock.calls.length).toBeGreaterThan(3));
    failing.mockRestore();
    await mine.save(full());
    await eventually(() => expect(theirs.find(null, 'key_full')).toBeDefined());
  });
});
