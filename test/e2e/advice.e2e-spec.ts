/** Advice from events as they are sent: paths are told apart by their hashes, and states outlive the service. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, createKey } from './support/api';
import { type Service, startService } from './support/service';

const HOUR = 3_600_000;

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-advice-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A client that gets a list every ten minutes and then its items, or as often the same item. */
function listAndItems(itemOf: (index: number) => number): object[] {
  const start = Date.now() - 12 * HOUR;
  return Array.from({ length: 60 }, (_, round) => start + round * 600_000).flatMap((at) => [
    { method: 'GET', endpoint: '/v1/orders?page=1', statusCode: 200, latencyMs: 20, timestamp: at },
    ...Array.from({ length: 8 }, (_, index) => {
      const endpoint = `/v1/orders/${itemOf(index)}`;
      return { method: 'GET', endpoint, statusCode: 200, latencyMs: 10, timestamp: at + 100 * (index + 1) };
    }),
  ]);
}

const adviceOf = async (service: Service, key: string): Promise<{ id: string; type: string; state: string }[]> =>
  (await call(service, '/usage/advice', { key })).body.advice as { id: string; type: string; state: string }[];

const send = async (service: Service, key: string, body: object[]): Promise<void> => {
  const { status, body: answer } = await call(service, '/events?wait=true', { key, body });
  expect([status, answer]).toMatchObject([202, { accepted: body.length }]);
};

it('sees calls for different items, remembers that they were dismissed, and sees none where paths have no hash', async () => {
  const permissions = ['usage:read', 'events:write', 'alerts:write'];
  const service = await startService({ DATA_DIR: folder });
  const each = await createKey(service, 'each', { permissions });
  const same = await createKey(service, 'same', { permissions });
  await send(
    service,
    each.secret,
    listAndItems((index) => 100 + index),
  );
  await send(
    service,
    same.secret,
    listAndItems(() => 100),
  );
  const [found] = await adviceOf(service, each.secret);
  expect(found).toMatchObject({ type: 'n_plus_one', keyId: each.id, endpoint: '/v1/orders/{id}', state: 'open' });
  expect(await adviceOf(service, same.secret)).toEqual([]);
  const path = `/usage/advice/${found?.id}/dismiss`;
  expect(await call(service, path, { key: each.secret, method: 'POST' })).toMatchObject({ status: 200 });
  await service.stop();

  const without = await startService({ DATA_DIR: folder, PATH_HASHES: 'off' });
  expect(await adviceOf(without, each.secret)).toMatchObject([{ id: found?.id, state: 'dismissed' }]);
  const late = await createKey(without, 'late', { permissions });
  await send(
    without,
    late.secret,
    listAndItems((index) => 100 + index),
  );
  expect(await adviceOf(without, late.secret)).toEqual([]);
  await without.stop();
});
