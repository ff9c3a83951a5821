import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, Slices, floorTo, iso, isoOrNull } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import { type Key, activeOwn, highestTier, statusOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { KeyUses } from '../auth/key-uses';
import { pageOf } from '../http/list.dto';
import { AccountLimits } from './account-limits';
import { type AccountFigures, AccountUsageRepository } from './account-usage.repository';
import type { AccountSort, AccountsQueryDto } from './dto/accounts-query.dto';
import type {
  AccountDto,
  AccountWithLimitsDto,
  AccountsResponseDto,
  OneAccountResponseDto,
} from './dto/accounts-response.dto';
import type { UpdateAccountDto } from './dto/limits.dto';
import { LimitOverrides } from './limit-overrides';
import { LIMIT_NAMES } from './limits';

const PERIOD_MS = 30 * DAY;

const UNUSED: AccountFigures = { requests: 0, previousRequests: 0, failedRequests: 0 };

/** An account with the instant, in epoch milliseconds, at which it was last used. */
interface Account extends Omit<AccountDto, 'lastUsedAt'> {
  lastUsedAt: number | null;
}

/** Lists the accounts: an account is there as soon as it has a key, and keys are never removed. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly uses: KeyUses,
    private readonly usage: AccountUsageRepository,
    private readonly gate: QueryGate,
    private readonly limits: AccountLimits,
    private readonly overrides: LimitOverrides,
    private readonly clock: Clock,
  ) {}

  /**
   * One page of the accounts.
   * @param signal fires when the client has disconnected
   * @throws ApiException OVERLOADED when too many reads wait
   */
  async list(query: AccountsQueryDto, signal: AbortSignal): Promise<AccountsResponseDto> {
    const now = this.clock.now();
    const search = (query.search ?? '').toLowerCase();
    const [figures, lastEvents] = await this.figures(now, signal);
    const found = [...byAccount(this.registry.list(null))]
      .filter(([id]) => id.toLowerCase().includes(search))
      .map(([id, own]): Account => {
        return {
          ...this.describe(id, own, now),
          lastUsedAt: this.lastUse(own, lastEvents.get(id)),
          usage: figures.get(id) ?? UNUSED,
        };
      })
      .sort(by(query.sort, query.order === 'asc' ? 1 : -1));
    const { page, pagination } = pageOf(found, query);
    return {
      success: true,
      accounts: page.map((account) => ({ ...account, lastUsedAt: isoOrNull(account.lastUsedAt) })),
      pagination,
      timestamp: iso(now),
    };
  }

  /**
   * Sets limits of an account.
   * @throws ApiException ACCOUNT_NOT_FOUND where it has no key
   */
  async update(accountId: string, { limits }: UpdateAccountDto): Promise<OneAccountResponseDto> {
    this.registry.checkAccount(accountId);
    await this.overrides.change(accountId, limits);
    const now = this.clock.now();
    const keys = [...this.registry.ofAccount(accountId)];
    return { success: true, account: this.describe(accountId, keys, now), timestamp: iso(now) };
  }

  private describe(id: string, keys: readonly Key[], now: number): AccountWithLimitsDto {
    const active = keys.filter((key) => statusOf(key, now) === 'active');
    const set = this.overrides.of(id);
    return {
      id,
      keys: { total: keys.length, active: active.length },
      tier: highestTier(activeOwn(keys, now)),
      limits: this.limits.limitsOf(id),
      customLimits: LIMIT_NAMES.filter((name) => set[name] !== undefined),
    };
  }

  /** The period is that of `GET /usage?timeframe=30d`: it begins at an hour and takes the running one in whole. */
  private figures(now: number, signal: AbortSignal): Promise<[Map<string, AccountFigures>, Map<string, number>]> {
    const from = floorTo('hour', now - PERIOD_MS);
    const period = { previousFrom: from - PERIOD_MS, from, to: floorTo('hour', now) + HOUR };
    return this.gate.run(null, signal, async (gated, limits) => {
      const options = { signal: gated, limits };
      const read = await Promise.all([this.usage.figures(period, options), this.usage.lastEvents(options)]);
      await new Slices(null, gated).next();
      return read;
    });
  }

  private lastUse(keys: readonly Key[], lastEvent = 0): number | null {
    const last = keys.reduce((latest, { id }) => Math.max(latest, this.uses.lastCall(id) ?? 0), lastEvent);
    return last === 0 ? null : last;
  }
}

function byAccount(keys: readonly Key[]): Map<string, Key[]> {
  const accounts = new Map<string, Key[]>();
  for (const key of keys) {
    const own = accounts.get(key.accountId);
    if (own) own.push(key);
    else accounts.set(key.accountId, [key]);
  }
  return accounts;
}

/** Of equal accounts the lower id comes first; one that was never used comes last, whatever the direction. */
function by(sort: AccountSort, direction: 1 | -1): (a: Account, b: Account) => number {
  const valueOf = (account: Account): number => {
    switch (sort) {
      case 'requests':
        return account.usage.requests;
      case 'errors':
        return account.usage.failedRequests;
      case 'lastUsedAt':
        return account.lastUsedAt ?? direction * Infinity;
    }
  };
  const ids = (a: Account, b: Account): number => (a.id < b.id ? -1 : 1);
  return (a, b) => (valueOf(a) === valueOf(b) ? ids(a, b) : direction * (valueOf(a) - valueOf(b)));
}
