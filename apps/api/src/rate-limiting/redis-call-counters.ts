import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RESOLUTION_MS, SECOND, floorTo, reasonOf } from '@meterhouse/common';
import { Redis } from 'ioredis';
import { MemoryCallCounters } from './memory-call-counters';
import {
  type Budget,
  CallCounters,
  type Consumption,
  type PerWindow,
  type Subject,
  WINDOWS,
  type Window,
  windowsOf,
} from './call-counters';

/**
 * KEYS: a counter for each window. ARGV: a limit for each (-1: none), then milliseconds to keep each, then the amount.
 * Returns 1 or 0 for allowed or refused, then the counts. Redis runs it without anything in between.
 */
const CONSUME = `
  local counts = {}
  local full = false
  local amount = tonumber(ARGV[2 * #KEYS + 1])
  for i, key in ipairs(KEYS) do
    counts[i] = tonumber(redis.call('GET', key) or '0')
    local limit = tonumber(ARGV[i])
    if limit >= 0 and counts[i] + amount > limit then full = true end
  end
  if full then return {0, unpack(counts)} end
  for i, key in ipairs(KEYS) do
    counts[i] = redis.call('INCRBY', key, amount)
    if counts[i] == amount then redis.call('PEXPIRE', key, ARGV[#KEYS + i]) end
  end
  return {1, unpack(counts)}
`;

/** KEYS: counters. ARGV: what to take back of each that is there. */
const RELEASE = `
  for _, key in ipairs(KEYS) do
    if redis.call('EXISTS', key) == 1 then redis.call('DECRBY', key, ARGV[1]) end
  end
`;

/** A call waits this long for Redis at most. */
const COMMAND_TIMEOUT_MS = 250;

/** After a failure Redis is left alone this long, so that not every call waits for the time-out. */
const PAUSE_MS = SECOND;

/**
 * Counts in Redis, for all instances together. While Redis cannot be reached, each instance counts for itself in memory,
 * from zero: calls go on, up to the limit on every instance. That is logged once, and once when Redis is back.
 */
export class RedisCallCounters extends CallCounters implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimits');
  private readonly redis: Redis;
  private readonly fallback = new MemoryCallCounters();
  private reachable = true;
  private pausedUntil = 0;

  constructor(url: string) {
    super();
    this.redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: 2 * SECOND,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // The client waits this long for a connection that is gone already before it lets the process end.
      disconnectTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2 * SECOND),
    });
    this.redis.on('error', (error: Error) => this.failed(error));
  }

  /** Waits for the connection, so that the first calls are counted in Redis. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch((error: unknown) => this.failed(error));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  override consume(budgets: readonly Budget[], now: number, amount = 1): Promise<Consumption> {
    return this.orInMemory(
      () => this.consumeInRedis(budgets, now, amount),
      () => this.fallback.consume(budgets, now, amount),
    );
  }

  override release(subject: Subject, amount: number, at: number): Promise<void> {
    const names = windowsOf(subject).map((window) => counter(subject, window, at));
    return this.orInMemory(
      async () => void (await this.redis.eval(RELEASE, names.length, ...names, amount)),
      () => this.fallback.release(subject, amount, at),
    );
  }

  override async begin(subject: Subject, amount: number, now: number): Promise<void> {
    await this.fallback.begin(subject, amount, now);
    await this.orInMemory(
      async () => {
        await this.redis.set(counter(subject, 'day', now), amount, 'PX', 2 * RESOLUTION_MS.day, 'NX');
      },
      () => Promise.resolve(),
    );
  }

  override counts(keyIds: readonly string[], now: number): Promise<Map<string, PerWindow<number>>> {
    return this.orInMemory(
      () => this.readCounts(keyIds, now),
      () => this.fallback.counts(keyIds, now),
    );
  }

  private async consumeInRedis(budgets: readonly Budget[], now: number, amount: number): Promise<Consumption> {
    const counters = budgets.flatMap(({ subject, limits }) =>
      windowsOf(subject).map((window) => ({
        name: counter(subject, window, now),
        limit: limits[window] ?? -1,
        // Longer than the window, for instances whose clock is behind.
        keptMs: 2 * RESOLUTION_MS[window],
      })),
    );
    const reply = await this.redis.eval(
      CONSUME,
      counters.length,
      ...counters.map(({ name }) => name),
      ...counters.map(({ limit }) => limit),
      ...counters.map(({ keptMs }) => keptMs),
      amount,
    );
    const [allowed, ...counted] = numbers(reply);
    const counts = budgets.map(({ subject }) => {
      const [minute, hour, day] = counted.splice(0, windowsOf(subject).length);
      return { minute: minute ?? 0, hour: hour ?? 0, day: day ?? 0 };
    });
    return { allowed: allowed === 1, counts };
  }

  private async readCounts(keyIds: readonly string[], now: number): Promise<Map<string, PerWindow<number>>> {
    if (keyIds.length === 0) return new Map();
    const names = keyIds.flatMap((id) => WINDOWS.map((window) => counter({ kind: 'key', id }, window, now)));
    const values = numbers(await this.redis.mget(names));
    return new Map(
      keyIds.map((id, index) => {
        const [minute, hour, day] = values.slice(index * WINDOWS.length);
        return [id, { minute: minute ?? 0, hour: hour ?? 0, day: day ?? 0 }];
      }),
    );
  }

  private async orInMemory<T>(inRedis: () => Promise<T>, inMemory: () => Promise<T>): Promise<T> {
    if (Date.now() < this.pausedUntil) return inMemory();
    try {
      const answer = await inRedis();
      if (!this.reachable) this.logger.log('Redis is back; calls are counted for all instances together again.');
      this.reachable = true;
      return answer;
    } catch (error) {
      this.failed(error);
      return inMemory();
    }
  }

  private failed(error: unknown): void {
    this.pausedUntil = Date.now() + PAUSE_MS;
    if (!this.reachable) return;
    this.reachable = false;
    const reason = reasonOf(error);
    this.logger.error(`Redis cannot be reached; each instance counts calls for itself until it can (${reason}).`);
  }
}

function counter({ kind, id }: Subject, window: Window, now: number): string {
  return `meterhouse:calls:${kind}:${id}:${window}:${floorTo(window, now) / SECOND}`;
}

/** Redis answers counters as numbers from a script, as text or null from a read. */
function numbers(reply: unknown): number[] {
  if (!Array.isArray(reply)) throw new Error('Redis answered in a form that is not understood.');
  return reply.map(Number);
}
