/**
 * Counting in Redis. Real: a redis-server of the test's own, where there is one on the PATH; without one these tests are
 * skipped, and only what happens without Redis is tested.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { Logger } from '@nestjs/common';
import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import { Redis } from 'ioredis';
import { MemoryCallCounters } from '../../apps/api/src/rate-limiting/memory-call-counters';
import {
  type CallCounters,
  NO_CALLS,
  type Subject,
  type WindowLimits,
} from '../../apps/api/src/rate-limiting/call-counters';
import { RedisCallCounters } from '../../apps/api/src/rate-limiting/redis-call-counters';
import { freePort } from '../support/free-port';

const SKIPPED = spawnSync('redis-server', ['--version']).error ? 'redis-server is not on the PATH' : undefined;
const withRedis = SKIPPED === undefined ? describe : describe.skip;

const KEY: Subject = { kind: 'key', id: 'key_a' };
const ADDRESS: Subject = { kind: 'address', id: '2001:db8::/64' };
const NONE: WindowLimits = { minute: null, hour: null, day: null };

let port: number;
let url: string;
let logged: string[];

beforeAll(async () => {
  port = await freePort();
  url = `redis://127.0.0.1:${port}`;
});
beforeEach(() => {
  logged = [];
  const log = (message: unknown): void => void logged.push(String(message));
  const silent = (): void => undefined;
  Logger.overrideLogger({ log, error: log, warn: log, debug: silent, verbose: silent });
});

/** Counts a call in one budget. */
async function consume(storage: CallCounters, subject: Subject, limits: WindowLimits, now: number) {
  const { allowed, counts } = await storage.consume([{ subject, limits }], now);
  return { allowed, counts: counts[0] ?? NO_CALLS };
}

async function startRedis(): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return server;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
}

async function open(): Promise<RedisCallCounters> {
  const storage = new RedisCallCounters(url);
  await storage.onModuleInit();
  return storage;
}

withRedis(`with Redis${SKIPPED ? ` (skipped: ${SKIPPED})` : ''}`, () => {
  let server: ChildProcess;
  let one: RedisCallCounters;
  let two: RedisCallCounters;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(url);
  });
  beforeEach(async () => {
    await redis.flushall();
    [one, two] = [await open(), await open()];
  });
  afterEach(() => {
    one.onApplicationShutdown();
    two.onApplicationShutdown();
  });
  afterAll(async () => {
    redis.disconnect();
    await stop(server);
  });

  it('two instances share one budget, under calls at once too', async () => {
    const now = Date.now();
    const limits = { minute: 25, hour: null, day: 40 };
    const calls = await Promise.all(
      Array.from({ length: 60 }, (_, index) => consume(index % 2 ? one : two, KEY, limits, now)),
    );
    expect(calls.filter(({ allowed }) => allowed)).toHaveLength(25);
    expect(
      calls
        .map(({ counts }) => counts.minute)
        .toSorted((a, b) => a - b)
        .slice(0, 25),
    ).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    const counted = new Map([['key_a', { minute: 25, hour: 25, day: 25 }]]);
    expect(await one.counts(['key_a'], now)).toEqual(counted);
    expect(await two.counts(['key_a'], now)).toEqual(counted);
    expect(await one.counts([], now)).toEqual(new Map());
    expect(logged).toEqual([]);
  });

  it('counts as memory does, over windows and limits', async () => {
    const memory = new MemoryCallCounters();
    let now = Date.UTC(2026, 2, 2, 23, 58, 50);
    const limits: WindowLimits[] = [NONE, { minute: 2, hour: 5, day: null }, { minute: null, hour: null, day: 7 }];
    for (let step = 0; step < 120; step++) {
      now += [0, 7_000, 25_000, 0, 11 * MINUTE][step % 5] ?? 0;
      const limit = limits[step % limits.length] ?? NONE;
      const subject = step % 4 === 0 ? ADDRESS : KEY;
      expect(await consume(one, subject, limit, now)).toEqual(await consume(memory, subject, limit, now));
    }
    expect(await one.counts(['key_a', 'b'], now)).toEqual(await memory.counts(['key_a', 'b'], now));
  });

  it('counts a call of several budgets in all of them or in none, as memory does', async () => {
    const memory = new MemoryCallCounters();
    const now = Date.now();
    for (let call = 0; call < 14; call++) {
      const budgets = [
        { subject: { kind: 'key', id: `key_${call % 3}` } as const, limits: { ...NONE, minute: 4 } },
        { subject: { kind: 'account', id: 'acme' } as const, limits: { ...NONE, day: 10 } },
      ];
      expect(await one.consume(budgets, now)).toEqual(await memory.consume(budgets, now));
    }
    const ids = ['key_0', 'key_1', 'key_2'];
    expect([...(await one.counts(ids, now)).values()].map(({ day }) => day)).toEqual([4, 3, 3]);
  });

  it('counts amounts, takes them back and begins a day with one, as memory does', async () => {
    const memory = new MemoryCallCounters();
    const now = Date.UTC(2026, 2, 2, 23, 58, 50);
    const subject = { kind: 'events', id: 'acme' } as const;
    const budgets = [{ subject, limits: { minute: 20, hour: null, day: 40 } }];
    for (const counters of [one, memory]) {
      await counters.begin(subject, 5, now);
      await counters.begin(subject, 6, now);
    }
    for (const [step, amount] of [7, 13, 1, 12, 9, 8, 3].entries()) {
      const at = now + step * 5_000;
      const [redis, expected] = [await one.consume(budgets, at, amount), await memory.consume(budgets, at, amount)];
      expect(redis).toEqual(expected);
      if (step % 2 === 1) await Promise.all([one, memory].map((counters) => counters.release(subject, 2, at)));
    }
    await two.begin(subject, 1_000, now);
    expect(await two.consume(budgets, now, 1)).toMatchObject({ allowed: true });
  });

  it('keeps every counter for a time, and of an address only the minute', async () => {
    const now = Date.now();
    await consume(one, KEY, NONE, now);
    await consume(one, KEY, NONE, now);
    await consume(one, ADDRESS, NONE, now);
    const names = (await redis.keys('*')).toSorted();
    expect(names).toHaveLength(4);
    const kept = await Promise.all(names.map((name) => redis.pttl(name)));
    const longest = kept.toSorted((a, b) => a - b).map((ms) => Math.round(ms / MINUTE));
    expect(longest).toEqual([2, 2, (2 * HOUR) / MINUTE, (2 * DAY) / MINUTE]);
  });

  it('counts in memory while Redis is away, logs that once, and comes back', async () => {
    const limits = { ...NONE, minute: 3 };
    const now = Date.now();
    await consume(one, KEY, limits, now);
    await stop(server);
    const outcomes = [];
    for (let call = 0; call < 4; call++) outcomes.push((await consume(one, KEY, limits, now)).allowed);
    expect(outcomes).toEqual([true, true, true, false]);
    expect((await one.counts(['key_a'], now)).get('key_a')?.minute).toBe(3);
    expect(logged.filter((message) => message.startsWith('Redis '))).toHaveLength(1);
    server = await startRedis();
    await expect(
      (async () => {
        // The fall-back has used the budget up, so an allowed call is one that Redis counted.
        for (const until = Date.now() + 5_000; Date.now() < until;) {
          if ((await consume(one, KEY, limits, now)).allowed) return 'back';
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return 'away';
      })(),
    ).resolves.toBe('back');
    // On a busy machine it may be away for a call once more; each change is logged once.
    const changes = logged
      .filter((message) => message.startsWith('Redis '))
      .map((text) => text.startsWith('Redis is back'));
    expect(changes).toEqual(changes.map((_, index) => index % 2 === 1));
    expect(changes.length).toBeGreaterThanOrEqual(2);
  }, 15_000);
});

it('without Redis at the start, calls are counted in memory and that is logged once', async () => {
  const storage = await open();
  const limits = { ...NONE, minute: 2 };
  const outcomes = [];
  for (let call = 0; call < 3; call++) outcomes.push((await consume(storage, KEY, limits, Date.now() + DAY)).allowed);
  expect(outcomes).toEqual([true, true, false]);
  expect(logged).toEqual([expect.stringMatching(/^Redis cannot be reached/)]);
  storage.onApplicationShutdown();
});

it('a server that takes the connection and says nothing costs a call no more than a moment', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const storage = new RedisCallCounters(`redis://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  const started = Date.now();
  await storage.onModuleInit();
  expect((await consume(storage, KEY, NONE, Date.now())).allowed).toBe(true);
  expect(Date.now() - started).toBeLessThan(4_000);
  storage.onApplicationShutdown();
  for (const socket of sockets) socket.destroy();
  silent.close();
}, 10_000);
