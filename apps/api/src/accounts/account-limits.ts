import { Injectable } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import { TIERS, type Tier, statusOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';

/** What an account may have beside the limits of its keys; null is no limit. */
export interface Limits {
  /** Keys that are neither expired nor revoked; those known only from events do not count. */
  activeKeys: number | null;
  /** Events of a clock minute, whoever sends them. */
  eventsPerMinute: number | null;
  /** Events of a UTC day. */
  eventsPerDay: number | null;
  /** Names of endpoints of the events of one UTC day; more are counted as `{other}`. */
  endpointNamesPerDay: number | null;
}

const LIMITS: Readonly<Record<Tier, Limits>> = {
  free: { activeKeys: 10, eventsPerMinute: 20_000, eventsPerDay: 1_000_000, endpointNamesPerDay: 500 },
  starter: { activeKeys: 50, eventsPerMinute: 100_000, eventsPerDay: 20_000_000, endpointNamesPerDay: 1_000 },
  professional: { activeKeys: 200, eventsPerMinute: 600_000, eventsPerDay: 200_000_000, endpointNamesPerDay: 2_000 },
  enterprise: { activeKeys: 5_000, eventsPerMinute: null, eventsPerDay: null, endpointNamesPerDay: 10_000 },
};

/** The limits of accounts, by their tiers. */
@Injectable()
export class AccountLimits {
  constructor(
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  /** @example limitsOf('acme').endpointNamesPerDay === 500 // its only active key is free */
  limitsOf(accountId: string): Limits {
    return LIMITS[this.tierOf(accountId)];
  }

  /**
   * The highest tier among the account's active keys; `free` when none is active. Keys known only from events do not
   * raise it, but an account of which nothing else is known is one that an admin sends for, and `enterprise`.
   */
  private tierOf(accountId: string): Tier {
    const now = this.clock.now();
    let highest = -1;
    let isOnlyExternal = true;
    let isKnown = false;
    for (const key of this.keys.ofAccount(accountId)) {
      isKnown = true;
      if (key.external) continue;
      isOnlyExternal = false;
      if (statusOf(key, now) === 'active') highest = Math.max(highest, TIERS.indexOf(key.tier));
    }
    if (isKnown && isOnlyExternal) return 'enterprise';
    return TIERS[highest] ?? 'free';
  }
}
