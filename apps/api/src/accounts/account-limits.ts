import { Injectable } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import { TIERS, type Tier, statusOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { LimitOverrides } from './limit-overrides';
import { type Limits, TIER_LIMITS } from './limits';

/** The limits of accounts: those that an admin set, else those of their tiers. */
@Injectable()
export class AccountLimits {
  constructor(
    private readonly keys: KeyRegistry,
    private readonly overrides: LimitOverrides,
    private readonly clock: Clock,
  ) {}

  /** @example limitsOf('acme').endpointNamesPerDay === 500 // its only active key is free */
  limitsOf(accountId: string): Limits {
    return { ...TIER_LIMITS[this.tierOf(accountId)], ...this.overrides.of(accountId) };
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
