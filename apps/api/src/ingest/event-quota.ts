import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { reasonOf } from '@meterhouse/common';
import { AccountLimits } from '../accounts/account-limits';
import type { Identity } from '../auth/identity';
import { ApiException } from '../http/api-exception';
import { CallCounters, type WindowLimits, NO_CALLS, secondsLeft } from '../rate-limiting/call-counters';
import { SteadyClock } from '../rate-limiting/steady-clock';
import { EventCountsRepository } from './event-counts.repository';

/** Events that were counted before they are written, by account. */
export interface Reservation {
  /** When by the `SteadyClock`, in epoch milliseconds. */
  at: number;
  events: ReadonlyMap<string, number>;
}

const NO_LIMITS: WindowLimits = { minute: null, hour: null, day: null };

/**
 * Holds the events of an account in a clock minute and a UTC day, by when they are sent and not by when they are dated.
 * Counted are those that are new: duplicates and events that could not be written are taken back. What an admin sends
 * counts too, and is never refused.
 */
@Injectable()
export class EventQuota implements OnApplicationBootstrap {
  private readonly logger = new Logger('EventQuota');

  constructor(
    private readonly counters: CallCounters,
    private readonly limits: AccountLimits,
    private readonly counts: EventCountsRepository,
    private readonly clock: SteadyClock,
  ) {}

  /** Begins the day with the events dated in it: what was left in the log is delivered by now, as far as it can be. */
  async onApplicationBootstrap(): Promise<void> {
    const now = this.clock.now();
    try {
      for (const [accountId, events] of await this.counts.ofDay(now)) {
        await this.counters.begin({ kind: 'events', id: accountId }, events, now);
      }
    } catch (error) {
      this.logger.warn(`The events of today are counted from zero: ${reasonOf(error)}`);
    }
  }

  /**
   * Counts the events of a call, all of them or none.
   * @throws ApiException RATE_LIMIT_EXCEEDED where they are more than their account may still send
   */
  async reserve(caller: Identity, events: readonly { accountId: string }[]): Promise<Reservation> {
    const at = this.clock.now();
    const byAccount = countByAccount(events);
    for (const [accountId, amount] of byAccount) await this.count(accountId, amount, caller.isAdmin, at);
    return { at, events: byAccount };
  }

  /** Takes back what was reserved but is not new. @param events all of the reservation, or some of it */
  async release({ at }: Reservation, events: ReadonlyMap<string, number>): Promise<void> {
    for (const [accountId, amount] of events)
      await this.counters.release({ kind: 'events', id: accountId }, amount, at);
  }

  private async count(accountId: string, amount: number, isAdmin: boolean, at: number): Promise<void> {
    const { eventsPerMinute, eventsPerDay } = this.limits.limitsOf(accountId);
    const limits = isAdmin ? NO_LIMITS : { minute: eventsPerMinute, hour: null, day: eventsPerDay };
    const budget = { subject: { kind: 'events', id: accountId } as const, limits };
    const { allowed, counts } = await this.counters.consume([budget], at, amount);
    if (allowed) return;
    const counted = counts[0] ?? NO_CALLS;
    const isPast = (window: 'minute' | 'day'): boolean => counted[window] + amount > (limits[window] ?? Infinity);
    const window = isPast('day') ? 'day' : 'minute';
    throw refusal(window, limits[window] ?? 0, counted[window], amount, secondsLeft(window, at));
  }
}

export function countByAccount(events: readonly { accountId: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { accountId } of events) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  return counts;
}

function refusal(window: string, limit: number, counted: number, amount: number, seconds: number): ApiException {
  const said =
    amount > limit
      ? `This call has ${amount} events, and the account may send ${limit} a ${window}; send fewer at once.`
      : `The account may send ${limit} events a ${window}; ${counted} were sent, and this call has ${amount}. None of them was taken: send them again in ${seconds} seconds, or fewer now.`;
  return new ApiException('RATE_LIMIT_EXCEEDED', said, undefined, seconds);
}
