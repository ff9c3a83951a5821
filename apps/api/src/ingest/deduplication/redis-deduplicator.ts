import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Clock, DAY, SECOND, reasonOf } from '@meterhouse/common';
import { Redis } from 'ioredis';
import { DEDUPLICATION_DAYS, Deduplicator } from './deduplicator';
import type { EventIdsRepository } from './event-ids.repository';
import type { IdHash } from '../ids/id-hash';
import type { IdList } from '../ids/id-list';

/** A delivery up to a day after the claim still leaves its ids remembered for `DEDUPLICATION_DAYS`. */
const CLAIM_SECONDS = ((DEDUPLICATION_DAYS + 1) * DAY) / SECOND;

/** Ids in one round trip, for which Redis does nothing else for some milliseconds. */
const CHUNK = 5_000;

/**
 * KEYS: `SINCE`, then a key for each id. ARGV: the owner, seconds to keep a claim, now.
 * Returns since when Redis has received every id, and which ids (from 0) have another owner.
 */
const CLAIM = `
  local since = redis.call('SET', KEYS[1], ARGV[3], 'NX', 'GET') or ARGV[3]
  local taken = {}
  for i = 2, #KEYS do
    local owner = redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2], 'NX', 'GET')
    if owner and owner ~= ARGV[1] then taken[#taken + 1] = i - 2 end
  end
  return {since, taken}
`;

/** KEYS: of ids. ARGV: the owner whose claims go. */
const RELEASE = `
  for _, key in ipairs(KEYS) do
    if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
  end
`;

/** A round trip waits this long for Redis at most. */
const COMMAND_TIMEOUT_MS = 2 * SECOND;

/** Holds the epoch milliseconds since which this Redis has received every id. */
const SINCE = 'meterhouse:ids:since';

/** An event that was claimed before Redis lost its memory is delivered within this time. */
const DELIVERY_MS = DAY;

/**
 * For several instances on one ClickHouse server: who claims an id first, in Redis, delivers its event. Redis decides
 * alone once it has received every id for `DEDUPLICATION_DAYS`. A new or emptied one has not: until then what it does
 * not know is looked up in `event_ids` too, among the ids of before.
 *
 * While Redis is away it throws, and batches wait. Redis must be version 7 or later, evict nothing (`maxmemory-policy
 * noeviction`) and persist its data: with an append-only file that is written every second, a crash of its machine
 * forgets the claims of the last second.
 */
export class RedisDeduplicator extends Deduplicator implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Deduplicator');
  private readonly redis: Redis;
  private reachable = true;

  constructor(url: string, ids: EventIdsRepository, clock: Clock) {
    super(ids, clock);
    this.redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: 2 * SECOND,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // The client waits this long for a connection that is gone already before it lets the process end.
      disconnectTimeout: SECOND / 4,
      // No command waits for Redis to come back; batches do.
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2 * SECOND),
    });
    this.redis.on('error', (error: Error) => this.failed(error));
    this.redis.on('ready', () => this.connected());
  }

  /** Waits for the connection, so that the first batch does not. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch((error: unknown) => this.failed(error));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  /** An id that is claimed is a repeat even before it is delivered: it will be, from its owner's log. */
  async seen(ids: IdList): Promise<boolean[]> {
    const seen: boolean[] = [];
    for (const chunk of chunksOf(ids)) {
      const owners = await this.redis.mget(chunk.map(keyOf));
      seen.push(...owners.map((owner) => owner !== null));
    }
    return seen;
  }

  async claim(ids: IdList, owner: string): Promise<boolean[]> {
    const taken: boolean[] = [];
    for (const chunk of chunksOf(ids)) taken.push(...(await this.claimChunk(chunk, owner)));
    return taken;
  }

  async release(ids: IdList, owner: string): Promise<void> {
    for (const chunk of chunksOf(ids)) await this.redis.eval(RELEASE, chunk.length, ...chunk.map(keyOf), owner);
  }

  delivered(): void {
    // Redis knows them from their claim.
  }

  private async claimChunk(hashes: readonly IdHash[], owner: string): Promise<boolean[]> {
    const now = this.clock.now();
    const keys = [SINCE, ...hashes.map(keyOf)];
    const reply = await this.redis.eval(CLAIM, keys.length, ...keys, owner, CLAIM_SECONDS, now);
    const { since, taken } = readClaim(reply);
    const stored = await this.storedBefore(
      hashes.filter((_, index) => !taken.has(index)),
      since,
      now,
    );
    return hashes.map((hash, index) => taken.has(index) || stored.has(hash));
  }

  /** The ids that were stored within the days, but before Redis received every id. */
  private async storedBefore(hashes: readonly IdHash[], since: number, now: number): Promise<Set<IdHash>> {
    const received = { from: now - DEDUPLICATION_DAYS * DAY, to: since + DELIVERY_MS };
    return since <= received.from ? new Set() : this.ids.stored(hashes, received);
  }

  private connected(): void {
    if (!this.reachable) this.logger.log('Redis is back; events are delivered again.');
    this.reachable = true;
  }

  private failed(error: unknown): void {
    if (!this.reachable) return;
    this.reachable = false;
    const reason = reasonOf(error);
    this.logger.error(`Redis cannot be reached; events with ids wait in the log until it can (${reason}).`);
  }
}

function* chunksOf(ids: IdList): Generator<IdHash[]> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    const count = Math.min(CHUNK, ids.length - start);
    yield Array.from({ length: count }, (_, index) => ids.at(start + index));
  }
}

/** 22 characters for the hash: every id of a week has a key. */
function keyOf(hash: IdHash): string {
  return `meterhouse:id:${Buffer.from(hash, 'latin1').toString('base64url')}`;
}

function readClaim(reply: unknown): { since: number; taken: Set<number> } {
  if (!Array.isArray(reply) || !Array.isArray(reply[1])) {
    throw new Error('Redis answered in a form that is not understood.');
  }
  return { since: Number(reply[0]), taken: new Set(reply[1].map(Number)) };
}
