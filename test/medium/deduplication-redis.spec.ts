/**
 * De-duplication for several instances. Real: a redis-server of the test's own, where there is one on the PATH (without
 * one these tests are skipped), and the embedded engine in place of a server. Not real: the write-ahead log.
 */
import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { DAY, SECOND } from '@meterhouse/common';
import { Redis } from 'ioredis';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { type IdHash, hashOf } from '../../apps/api/src/ingest/ids/id-hash';
import { IdList } from '../../apps/api/src/ingest/ids/id-list';
import { RedisDeduplicator } from '../../apps/api/src/ingest/deduplication/redis-deduplicator';
import { FixedClock } from '../support/fixed-clock';
import { REDIS_MISSING, type RedisServer, startRedis } from '../support/redis-server';
import { type TestStorage, openTestStorage } from '../support/storage';

const withRedis = REDIS_MISSING === undefined ? describe : describe.skip;

const names = (prefix: string, count: number): IdHash[] =>
  Array.from({ length: count }, (_, index) => hashOf('account', `${prefix}${index}`));
const all = (count: number, value: boolean): boolean[] => Array<boolean>(count).fill(value);

/** A port in front of another, which can be shut: connections are cut and refused. */
async function openGate(target: number): Promise<{ url: string; shut(): Promise<void>; reopen(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const gate = createServer((socket) => {
    const onward = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  const listen = async (port: number): Promise<void> => {
    gate.listen(port, '127.0.0.1');
    await once(gate, 'listening');
  };
  await listen(0);
  const port = portOf(gate);
  return {
    url: `redis://127.0.0.1:${port}`,
    shut: async () => {
      const closed = once(gate, 'close');
      gate.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    reopen: () => listen(port),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition() && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

withRedis(`RedisDeduplicator${REDIS_MISSING ? ` (skipped: ${REDIS_MISSING})` : ''}`, () => {
  let server: RedisServer;
  let storage: TestStorage;
  let redis: Redis;
  let ids: EventIdsRepository;
  let clock: FixedClock;
  let logged: string[];
  let opened: RedisDeduplicator[];

  beforeAll(async () => {
    [server, storage] = await Promise.all([startRedis(), openTestStorage()]);
    redis = new Redis(server.url);
    ids = new EventIdsRepository(storage.clickhouse);
  });
  beforeEach(async () => {
    await redis.flushall();
    await storage.clickhouse.command('TRUNCATE TABLE event_ids');
    clock = new FixedClock(Date.now());
    opened = [];
    logged = [];
    const log = (message: unknown): void => void logged.push(String(message));
    const silent = (): void => undefined;
    Logger.overrideLogger({ log, error: log, warn: log, debug: silent, verbose: silent });
  });
  afterEach(() => {
    for (const deduplicator of opened) deduplicator.onApplicationShutdown();
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
    await storage.close();
  });

  async function instance(url = server.url): Promise<RedisDeduplicator> {
    const deduplicator = new RedisDeduplicator(url, ids, clock);
    opened.push(deduplicator);
    await deduplicator.onModuleInit();
    return deduplicator;
  }

  /** Puts ids where an insert of events puts them, with the time they were received at. */
  async function insertIds(prefix: string, count: number, receivedAt: number): Promise<void> {
    await storage.clickhouse.command(
      `INSERT INTO event_ids
       SELECT
           toFixedString(substring(SHA256(concat('account', '\\0', concat({prefix:String}, toString(number)))), 1, 16), 16),
           toDateTime({at:UInt32}, 'UTC')
       FROM numbers({count:UInt32})`,
      { prefix, count, at: Math.floor(receivedAt / SECOND) },
    );
  }

  it('lets each id pass once under concurrent claims', async () => {
    const instances = await Promise.all([instance(), instance(), instance()]);
    const events = names('a', 12_000);
    const answers = await Promise.all(
      instances.map((deduplicator, index) =>
        // In another order on each, so that they meet in the middle.
        deduplicator.claim(IdList.of(index % 2 ? events.toReversed() : events), `instance-${index}/1`),
      ),
    );
    const passed = new Map<IdHash, number>();
    answers.forEach((taken, index) => {
      const order = index % 2 ? events.toReversed() : events;
      order.forEach((id, position) => {
        if (!taken[position]) passed.set(id, (passed.get(id) ?? 0) + 1);
      });
    });
    expect(passed.size).toBe(12_000);
    expect([...passed.values()].every((times) => times === 1)).toBe(true);
    expect(logged).toEqual([]);
  });

  it('answers a repeated claim of the same owner as the first time, and other owners with a repeat', async () => {
    const [one, two] = [await instance(), await instance()];
    await two.claim(IdList.of(names('a', 3)), 'two/1');
    const claimed = names('a', 6);
    const expected = [...all(3, true), ...all(3, false)];
    expect(await one.claim(IdList.of(claimed), 'one/1')).toEqual(expected);
    expect(await one.claim(IdList.of(claimed), 'one/1')).toEqual(expected);
    // After a restart: another process, the same owner.
    expect(await (await instance()).claim(IdList.of(claimed), 'one/1')).toEqual(expected);
    expect(await one.claim(IdList.of(claimed), 'one/2')).toEqual(all(6, true));
    one.delivered();
    expect(await two.claim(IdList.of(claimed), 'two/2')).toEqual(all(6, true));
  });

  it('has seen what anybody has claimed, in its account alone', async () => {
    const [one, two] = [await instance(), await instance()];
    expect(await two.seen(IdList.of(names('a', 6_000)))).toEqual(all(6_000, false));
    await one.claim(IdList.of(names('a', 6_000)), 'one/1');
    expect(await two.seen(IdList.of(names('a', 6_001)))).toEqual([...all(6_000, true), false]);
    expect(await two.seen(IdList.of([hashOf('other', 'a1')]))).toEqual([false]);
    expect(await two.seen(IdList.EMPTY)).toEqual([]);
    expect(await two.claim(IdList.EMPTY, 'two/1')).toEqual([]);
  });

  it("gives up its owner's claims, and those alone", async () => {
    const [one, two] = [await instance(), await instance()];
    await one.claim(IdList.of(names('a', 6_000)), 'one/1');
    await two.claim(IdList.of(names('b', 2)), 'two/1');
    await one.release(IdList.of([...names('a', 5_999), ...names('b', 2), ...names('c', 1)]), 'one/1');
    await one.release(IdList.of(names('a', 6_000).slice(5_999)), 'one/2');
    expect(await two.seen(IdList.of(names('a', 6_000)))).toEqual([...all(5_999, false), true]);
    expect(await one.claim(IdList.of(names('b', 2)), 'one/3')).toEqual(all(2, true));
    expect(await two.claim(IdList.of(names('a', 2)), 'two/2')).toEqual(all(2, false));
    await one.release(IdList.EMPTY, 'one/1');
  });

  it('keeps a claim for eight days, in a short key', async () => {
    await (await instance()).claim(IdList.of(names('a', 1)), 'one/1');
    const [key = ''] = (await redis.keys('meterhouse:id:*')).toSorted();
    expect(key).toHaveLength('meterhouse:id:'.length + 22);
    expect((await redis.pttl(key)) / DAY).toBeCloseTo(8, 2);
  });

  it('knows ids that were stored before Redis was asked, also after Redis has forgotten everything', async () => {
    await insertIds('before', 10, clock.at - 6 * DAY);
    await insertIds('old', 10, clock.at - 7 * DAY - SECOND);
    const one = await instance();
    const claimed = [...names('before', 10), ...names('old', 10), ...names('new', 10)];
    const expected = [...all(10, true), ...all(20, false)];
    expect(await one.claim(IdList.of(claimed), 'one/1')).toEqual(expected);
    expect(await one.claim(IdList.of(claimed), 'one/1')).toEqual(expected);
    await insertIds('new', 10, clock.at);
    await redis.flushall();
    clock.at += DAY;
    expect(await one.claim(IdList.of(names('new', 11)), 'one/2')).toEqual([...all(10, true), false]);
  });

  it('asks ClickHouse for nothing once Redis knows a week', async () => {
    const one = await instance();
    const stored = jest.spyOn(ids, 'stored');
    await one.claim(IdList.of(names('a', 1)), 'one/1');
    expect(stored).toHaveBeenCalledTimes(1);
    clock.at += 6 * DAY;
    await one.claim(IdList.of(names('b', 1)), 'one/2');
    expect(stored).toHaveBeenCalledTimes(2);
    clock.at += DAY;
    await one.claim(IdList.of(names('c', 1)), 'one/3');
    expect(stored).toHaveBeenCalledTimes(2);
  });

  it('throws while Redis is away, says so once, and goes on when it is back', async () => {
    const gate = await openGate(Number(new URL(server.url).port));
    const one = await instance(gate.url);
    await one.claim(IdList.of(names('a', 1)), 'one/1');
    await gate.shut();
    await expect(one.claim(IdList.of(names('a', 2)), 'one/1')).rejects.toThrow();
    await expect(one.seen(IdList.of(names('a', 2)))).rejects.toThrow();
    const late = await instance(gate.url);
    await expect(late.claim(IdList.of(names('a', 2)), 'late/1')).rejects.toThrow();
    await until(() => logged.length >= 2);
    // One of each instance.
    expect(logged).toEqual(Array(2).fill(expect.stringMatching(/^Redis cannot be reached/)));
    await gate.reopen();
    await until(() => logged.length >= 4);
    expect(logged.slice(2)).toEqual(Array(2).fill(expect.stringMatching(/^Redis is back/)));
    expect(await one.claim(IdList.of(names('a', 2)), 'one/1')).toEqual(all(2, false));
    expect(await late.claim(IdList.of(names('a', 2)), 'late/1')).toEqual(all(2, true));
    for (const deduplicator of opened) deduplicator.onApplicationShutdown();
    await gate.shut();
  });

  it('throws when Redis takes the connection and says nothing', async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const one = await instance(`redis://127.0.0.1:${portOf(silent)}`);
    await expect(one.claim(IdList.of(names('a', 1)), 'one/1')).rejects.toThrow();
    one.onApplicationShutdown();
    silent.close();
  });

  it('fails a claim that Redis refuses', async () => {
    const one = await instance();
    await redis.config('SET', 'maxmemory', '1');
    try {
      await expect(one.claim(IdList.of(names('full', 3)), 'one/1')).rejects.toThrow(/OOM/);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    expect(await one.claim(IdList.of(names('full', 3)), 'one/1')).toEqual(all(3, false));
  });
});
