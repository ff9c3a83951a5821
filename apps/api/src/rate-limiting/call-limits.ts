/** The throttler's storage: whose budget a call counts in, and how large it is. */
import { Injectable } from '@nestjs/common';
import { type ThrottlerLimitDetail, type ThrottlerStorage, normalizeIp } from '@nestjs/throttler';
import { Clock, RESOLUTION_MS, Settings } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import type { Authenticated } from '../auth/identity';
import { limitsOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { clientAddress } from '../http/client-address';
import { CallCounters, type Subject, type WindowLimits } from './call-counters';
import { type Standing, rateLimitHeaders, standings, tightest } from './rate-limit-headers';

/** The throttler's record of the window with the fewest calls left. Times to come are in seconds, `ttl` in milliseconds. */
export interface CallRecord extends Omit<ThrottlerLimitDetail, 'key' | 'tracker'> {
  /** What the answer says of all windows. */
  headers: Record<string, string | number>;
}

/**
 * Who a call counts for: its key, over all routes; without a valid one the client's address, of which IPv6 gives a whole
 * /64 to one client.
 */
export function trackerOf(request: Pick<FastifyRequest, 'ip' | 'ips'> & Authenticated): string {
  return request.identity ? `key:${request.identity.key.id}` : `address:${normalizeIp(clientAddress(request))}`;
}

@Injectable()
export class CallLimits implements ThrottlerStorage {
  constructor(
    private readonly counters: CallCounters,
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Counts a call in every window of a tracker, or in none when one is full. */
  async increment(tracker: string): Promise<CallRecord> {
    const subject = subjectOf(tracker);
    const limits = this.limitsOf(subject);
    const now = this.clock.now();
    const { allowed, counts } = await this.counters.consume(subject, limits, now);
    const standing = standings(limits, counts, now);
    const { window, limit, secondsLeft } = tightest(standing) ?? NO_LIMIT;
    return {
      totalHits: counts[window],
      timeToExpire: secondsLeft,
      isBlocked: !allowed,
      timeToBlockExpire: allowed ? 0 : secondsLeft,
      limit,
      ttl: RESOLUTION_MS[window],
      headers: rateLimitHeaders(standing, now),
    };
  }

  /** A key's limits by its tier; an address has one for the minute. */
  private limitsOf({ kind, id }: Subject): WindowLimits {
    if (kind === 'address') return { minute: this.settings.anonymousPerMinute, hour: null, day: null };
    const key = this.keys.find(null, id);
    if (!key) throw new Error(`Calls of the key ${id} cannot be counted: there is no such key.`);
    const { requestsPerMinute, requestsPerHour, requestsPerDay } = limitsOf(key);
    return { minute: requestsPerMinute, hour: requestsPerHour, day: requestsPerDay };
  }
}

/** How a caller without limits stands. */
const NO_LIMIT: Standing = { window: 'minute', limit: Infinity, remaining: Infinity, secondsLeft: 0 };

function subjectOf(tracker: string): Subject {
  const [, kind, id = ''] = /^(key|address):(.*)$/.exec(tracker) ?? [];
  return { kind: kind === 'key' ? 'key' : 'address', id };
}
