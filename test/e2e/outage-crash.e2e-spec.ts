/**
 * The service dies, or is stopped, while ClickHouse is away: the next start delivers what was accepted, once. Real: the
 * built service, SIGKILL, HTTP, the engine; see test/support for the server and the faults.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { type Fault, FaultProxy, eventInserts } from '../support/fault-proxy';
import { REDIS_MISSING, type RedisServer, startRedis } from '../support/redis-server';
import { call, createKey } from './support/api';
import { type Service, startService } from './support/service';
import { StorageCheck } from './support/storage-check';
import { until } from './support/until';

const START_MS = 60_000;
const DELIVERED_MS = 20_000;

let front: ClickHouseFront;
let proxy: FaultProxy;
let check: StorageCheck;
let folders: string[];

beforeAll(async () => {
  front = await openClickHouseFront();
  proxy = await FaultProxy.open(front.url);
  const migrator = await startService({ CLICKHOUSE_URL: front.url });
  await migrator.stop();
  check = await StorageCheck.open(front.url);
}, START_MS);

beforeEach(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'meterhouse-a-')), await mkdtemp(join(tmpdir(), 'meterhouse-b-'))];
});

afterEach(async () => {
  await proxy.heal();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

afterAll(async () => {
  await check.close();
  await proxy.close();
  await front.close();
}, START_MS);

const start = (folder: string | undefined, env: Record<string, string> = {}): Promise<Service> =>
  startService({ CLICKHOUSE_URL: proxy.url, DATA_DIR: folder ?? '', ...env });

const anEvent = (id: string) => ({ id, method: 'GET', endpoint: '/v1/orders', statusCode: 200, latencyMs: 1 });

const IDS = Array.from({ length: 400 }, (_, index) => `event-${String(index).padStart(4, '0')}`);

/** Each of `IDS` is in the raw table and in every rollup, once. */
async function expectOnce(account: string): Promise<void> {
  expect(await check.ids(account)).toEqual(IDS);
  const requests = Object.values(await check.sums(account)).map((sums) => sums.requests);
  expect(requests).toEqual(requests.map(() => IDS.length));
  // The raw table and four rollups.
  expect(requests).toHaveLength(5);
}

describe.each<Fault>(['refusing', 'reset after', 'half', 'hanging'])('killed while inserts meet "%s"', (fault) => {
  it('delivers after the next start what was accepted, once', async () => {
    const account = `killed ${fault}`.replaceAll(' ', '-');
    const first = await start(folders[0]);
    const { secret } = await createKey(first, account);
    await proxy.fail(fault, eventInserts);
    const answer = await call(first, '/events', { key: secret, body: IDS.map(anEvent) });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 400 } });
    // By then the batch is sealed and on its way.
    await until(10_000, async () => expect(proxy.struck).toBeGreaterThan(0));
    await first.kill();

    const second = await start(folders[0]);
    try {
      // What hung goes on now, and meets the same batch of the new process.
      await proxy.heal();
      const again = await call(second, '/events', { key: secret, body: IDS.map(anEvent) });
      expect(again).toMatchObject({ status: 202 });
      await until(DELIVERED_MS, async () => {
        const text = await (await fetch(`${second.url}/metrics`)).text();
        expect(text).toMatch(/^meterhouse_log_rows 0$/m);
        expect(await check.ids(account)).toHaveLength(IDS.length);
      });
    } finally {
      await second.stop();
    }
    await expectOnce(account);
  });
});

it.each<Fault>(['refusing', 'down', 'hanging'])(
  'a stop while ClickHouse is "%s" leaves the rest to the next start',
  async (fault) => {
    const account = `stopped-${fault}`;
    const first = await start(folders[0]);
    const { secret } = await createKey(first, account);
    await proxy.fail(fault);
    expect((await call(first, '/events', { key: secret, body: IDS.map(anEvent) })).status).toBe(202);
    await first.stop();
    await proxy.heal();
    const second = await start(folders[0]);
    await until(DELIVERED_MS, async () => expect(await check.ids(account)).toHaveLength(IDS.length));
    await second.stop();
    await expectOnce(account);
  },
);

(REDIS_MISSING === undefined ? it : it.skip)(
  `two instances with Redis that took the same events in an outage count them once${REDIS_MISSING ? ` (skipped: ${REDIS_MISSING})` : ''}`,
  async () => {
    const redis: RedisServer = await startRedis();
    const services = await Promise.all(folders.map((folder) => start(folder, { REDIS_URL: redis.url })));
    try {
      const [one, two] = services;
      if (!one || !two) throw new Error('There should be two.');
      const { secret } = await createKey(one, 'both');
      await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
      await proxy.fail('down');
      for (const service of services) {
        const answer = await call(service, '/events', { key: secret, body: IDS.map(anEvent) });
        expect(answer.status).toBe(202);
      }
      await proxy.heal();
      await until(DELIVERED_MS, async () => {
        for (const service of services) {
          const text = await (await fetch(`${service.url}/metrics`)).text();
          expect(text).toMatch(/^meterhouse_log_rows 0$/m);
        }
        expect(await check.ids('both')).toHaveLength(IDS.length);
      });
      await expectOnce('both');
    } finally {
      await Promise.all(services.map((service) => service.stop()));
      await redis.stop();
    }
  },
);
