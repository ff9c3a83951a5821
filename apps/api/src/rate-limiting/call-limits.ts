/** The throttler's storage: whose budgets a call counts in, and how large they are. */
import { Injectable } from '@nestjs/common';
import { type ThrottlerLimitDetail, type ThrottlerStorage, normalizeIp } from '@nestjs/throttler';
import { RESOLUTION_MS, Settings } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { AccountLimits } from '../accounts/account-limits';
import type { Authenticated } from '../auth/identity';
import { holds, limitsOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { clientAddress } from '../http/client-address';
import { type Budget, CallCounters, NO_CALLS, type PerWindow, type Subject, windowLimitsOf } from './call-counters';
import { type Standing, rateLimitHeaders, standings, tightest } from './rate-limit-headers';
import { SteadyClock } from './steady-clock';

/**
 * The throttler's record of the window with the fewest calls left, and in `tracker` whose it is: the caller's own or its
 * account's. Times to come are in seconds, `ttl` in milliseconds.
 */
export interface CallRecord extends Omit<ThrottlerLimitDetail, 'key'> {
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
    private readonly accounts: AccountLimits,
    private readonly clock: SteadyClock,
    private readonly settings: Settings,
  ) {}

  /** Counts a call in every window of a tracker and of its account, or in none when one is full. */
  async increment(tracker: string): Promise<CallRecord> {
    const budgets = this.budgetsOf(subjectOf(tracker));
    const now = this.clock.now();
    const { allowed, counts } = await this.counters.consume(budgets, now);
    const [own = [], ofAccount = []] = budgets.map(({ limits }, index) =>
      standings(limits, counts[index] ?? NO_CALLS, now),
    );
    const nearest = tightest([...own, ...ofAccount]) ?? NO_LIMIT;
    const isAccounts = ofAccount.includes(nearest);
    const index = isAccounts ? 1 : 0;
    const { kind, id } = budgets[index]?.subject ?? subjectOf(tracker);
    const { window, limit, secondsLeft } = nearest;
    return {
      tracker: `${kind}:${id}`,
      totalHits: counts[index]?.[window] ?? 0,
      timeToExpire: secondsLeft,
      isBlocked: !allowed,
      timeToBlockExpire: allowed ? 0 : secondsLeft,
      limit,
      ttl: RESOLUTION_MS[window],
      headers: rateLimitHeaders(own, isAccounts ? ofAccount : [], this.clock.wall.now()),
    };
  }

  /** See `CallCounters.counts`. */
  counts(keyIds: readonly string[]): Promise<Map<string, PerWindow<number>>> {
    return this.counters.counts(keyIds, this.clock.now());
  }

  /** The subject's own, and for a key that of its account, which binds no admin. */
  private budgetsOf(subject: Subject): Budget[] {
    if (subject.kind !== 'key') {
      return [{ subject, limits: { minute: this.settings.anonymousPerMinute, hour: null, day: null } }];
    }
    const key = this.keys.find(null, subject.id);
    if (!key) throw new Error(`Calls of the key ${subject.id} cannot be counted: there is no such key.`);
    const own = { subject, limits: windowLimitsOf(limitsOf(key)) };
    if (holds(key, 'admin')) return [own];
    const ofAccount = this.accounts.callsOf(key.accountId);
    return [own, { subject: { kind: 'account', id: key.accountId }, limits: windowLimitsOf(ofAccount) }];
  }
}

/** How a caller without limits stands. */
const NO_LIMIT: Standing = { window: 'minute', limit: Infinity, remaining: Infinity, secondsLeft: 0 };

function subjectOf(tracker: string): Subject {
  const [, kind, id = ''] = /^(key|address):(.*)$/.exec(tracker) ?? [];
  return { kind: kind === 'key' ? 'key' : 'address', id };
}
