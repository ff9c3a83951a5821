/** When keys were last used, by their events and by their own calls. Real: guards, the embedded engine. Not real: the clock, the second instance, which is on the same engine. */
import { Logger } from '@nestjs/common';
import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import { KeyUses } from '../../apps/api/src/auth/key-uses';
import { KeyUsesRepository } from '../../apps/api/src/auth/key-uses.repository';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(UsageModule);

const lastUsedAt = async (keyId: string): Promise<unknown> =>
  (await api.call(ADMIN, 'GET', `/keys/${keyId}`)).body.key.lastUsedAt;

/** Another instance on the same storage; where several share a server, each reads what the others wrote. */
async function instance(shared = false): Promise<KeyUses> {
  const repository = new KeyUsesRepository(api.clickhouse);
  if (shared) Object.defineProperty(repository, 'shared', { value: true });
  const uses = new KeyUses(repository, api.clock);
  await uses.onModuleInit();
  return uses;
}

it("a key's own calls are use, whatever comes of them", async () => {
  const [reader, other] = [await api.make({ permissions: ['usage:read'] }), await api.make()];
  expect(await lastUsedAt(reader.id)).toBeNull();
  api.clock.at = NOW + HOUR;
  expect(await api.call(reader.secret, 'GET', '/usage')).toMatchObject({ status: 200 });
  expect(await lastUsedAt(reader.id)).toBe(iso(NOW + HOUR));
  api.clock.at = NOW + 2 * HOUR;
  expect(await api.call(reader.secret, 'GET', '/keys')).toMatchObject({ status: 403 });
  expect(await lastUsedAt(reader.id)).toBe(iso(NOW + 2 * HOUR));
  expect(await lastUsedAt(other.id)).toBeNull();
});

it('the later of a call and an event counts', async () => {
  const key = await api.make();
  await api.call(key.secret, 'GET', '/usage');
  await insertEvents(api.clickhouse, key.accountId, [aRequest(key.id, NOW - MINUTE)]);
  expect(await lastUsedAt(key.id)).toBe(iso(NOW));
  await insertEvents(api.clickhouse, key.accountId, [aRequest(key.id, NOW + MINUTE)]);
  expect(await lastUsedAt(key.id)).toBe(iso(NOW + MINUTE));
});

it('a key that calls is not reported as unused, one that neither calls nor has events is', async () => {
  const { accountId, ...watcher } = await api.make({ name: 'Watcher' });
  const dashboard = await api.make({ accountId, name: 'Dashboard', permissions: ['usage:read'] });
  const sender = await api.make({ accountId, name: 'Sender', permissions: ['events:write'] });
  await api.make({ accountId, name: 'Forgotten', permissions: ['keys:read'] });
  const reported = async (): Promise<string[]> => {
    const { body } = await api.call(watcher.secret, 'GET', '/usage');
    const unused = body.alerts.filter(({ type }: { type: string }) => type === 'key_unused');
    return unused.map(({ message }: { message: string }) => message);
  };
  api.clock.at = NOW + 20 * DAY;
  expect(await reported()).toEqual([]);
  await api.call(dashboard.secret, 'GET', '/usage');
  await insertEvents(api.clickhouse, accountId, [aRequest(sender.id, NOW + 20 * DAY)]);
  api.clock.at = NOW + 40 * DAY;
  expect(await reported()).toEqual(['Key "Forgotten" was not used for 30 days.']);
});

it('calls write nothing; once a minute each key that called is written, and survives a restart', async () => {
  const insert = jest.spyOn(api.clickhouse, 'insert');
  const uses = await instance();
  for (let call = 0; call < 100; call++) {
    api.clock.at += 1;
    uses.record('key_a');
    uses.record('key_b');
  }
  expect(insert).not.toHaveBeenCalled();
  await uses.synchronise();
  await uses.synchronise();
  expect(insert).toHaveBeenCalledTimes(1);
  insert.mockRestore();
  expect((await instance()).lastCall('key_a')).toBe(NOW + 100);
  api.clock.at = NOW + MINUTE;
  uses.record('key_b');
  await uses.beforeApplicationShutdown();
  const restarted = await instance();
  expect([restarted.lastCall('key_a'), restarted.lastCall('key_b')]).toEqual([NOW + 100, NOW + MINUTE]);
});

it('of two instances the later call counts, on both and over restarts', async () => {
  const [one, two] = [await instance(true), await instance(true)];
  api.clock.at = NOW + HOUR;
  two.record('key_c');
  await two.synchronise();
  api.clock.at = NOW + HOUR - MINUTE;
  one.record('key_c');
  one.record('key_d');
  await one.synchronise();
  await two.synchronise();
  for (const uses of [one, two, await instance()]) {
    expect([uses.lastCall('key_c'), uses.lastCall('key_d')]).toEqual([NOW + HOUR, NOW + HOUR - MINUTE]);
  }
});

it('keeps what cannot be written for the next time', async () => {
  Logger.overrideLogger(false);
  const uses = await instance();
  uses.record('key_e');
  const failing = jest.spyOn(api.clickhouse, 'insert').mockRejectedValueOnce(new Error('disk full'));
  await uses.synchronise();
  failing.mockRestore();
  expect((await instance()).lastCall('key_e')).toBeNull();
  await uses.synchronise();
  expect((await instance()).lastCall('key_e')).toBe(NOW);
});
