import { Injectable } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import { LRUCache } from 'lru-cache';
import { type Key, type RateLimit, type Tier, activeOwn, highestLimit, highestTier } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { LimitOverrides } from './limit-overrides';
import { type Limits, TIER_LIMITS } from './limits';

/** All keys of an account together have so many times the calls of one. */
const CALLS_OF_KEYS = 2;

const MAX_CACHED = 10_000;

/** What follows from the keys of an account, from one instant to another (epoch milliseconds). */
interface OfKeys {
  revision: number;
  from: number;
  /** When a key ends. */
  until: number;
  tier: Tier;
  calls: RateLimit;
}

/** The limits of accounts: those that an admin set, else those of their tiers. */
@Injectable()
export class AccountLimits {
  /** Every call and every batch asks, and an account may have thousands of keys. */
  private readonly cached = new LRUCache<string, OfKeys>({ max: MAX_CACHED });

  constructor(
    private readonly keys: KeyRegistry,
    private readonly overrides: LimitOverrides,
    private readonly clock: Clock,
  ) {}

  /** @example limitsOf('acme').endpointNamesPerDay === 500 // its only active key is free */
  limitsOf(accountId: string): Limits {
    return { ...TIER_LIMITS[this.ofKeys(accountId).tier], ...this.overrides.of(accountId) };
  }

  /**
   * How many calls all keys of an account may make together: in each window twice those of the active key that may make
   * the most.
   */
  callsOf(accountId: string): RateLimit {
    return this.ofKeys(accountId).calls;
  }

  private ofKeys(accountId: string): OfKeys {
    const now = this.clock.now();
    const revision = this.keys.revisionOf(accountId);
    const cached = this.cached.get(accountId);
    if (cached && cached.revision === revision && cached.from <= now && now < cached.until) return cached;
    const keys = [...this.keys.ofAccount(accountId)];
    const own = activeOwn(keys, now);
    let until = Infinity;
    for (const { expiresAt, revokedAt } of keys) {
      for (const end of [expiresAt, revokedAt]) if (end !== null && end > now && end < until) until = end;
    }
    const found = { revision, from: now, until, tier: tierOf(keys, own), calls: callsOf(own) };
    this.cached.set(accountId, found);
    return found;
  }
}

/**
 * The highest tier among the account's active keys; `free` when none is active. Keys known only from events do not raise
 * it, but an account of which nothing else is known is one that an admin sends for, and `enterprise`.
 */
function tierOf(keys: readonly Key[], own: readonly Key[]): Tier {
  if (keys.length > 0 && keys.every(({ external }) => external)) return 'enterprise';
  return highestTier(own) ?? 'free';
}

/** @param own the active keys; without one nothing calls */
function callsOf(own: readonly Key[]): RateLimit {
  const most = (window: keyof RateLimit): number | null => {
    const highest = highestLimit(own, window);
    return highest === Infinity ? null : CALLS_OF_KEYS * highest;
  };
  return {
    requestsPerMinute: most('requestsPerMinute'),
    requestsPerHour: most('requestsPerHour'),
    requestsPerDay: most('requestsPerDay'),
  };
}
