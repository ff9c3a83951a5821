import { Injectable } from '@nestjs/common';
import { Clock, Settings, Slices, iso } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import { type AccountScope, type Key, type RateLimit, TIERS, type Tier, limitsOf, statusOf } from '../auth/key';
import { pageOf } from '../http/list.dto';
import { type WindowLimits, windowLimitsOf } from '../rate-limiting/call-counters';
import { UsageService } from '../usage/usage.service';
import { BacktestRepository, type Refusals } from './backtest.repository';
import type { TiersQueryDto } from './dto/tiers-query.dto';
import type {
  AllKeysDto,
  BacktestDto,
  KeyBacktestDto,
  TierSummaryDto,
  TiersResponseDto,
} from './dto/tiers-response.dto';
import { testedWindowOf } from './tested-window';

/** What a key sent, and what limits would have refused of it, by tier or `CUSTOM`; what refuses nothing is left out. */
interface Tested {
  key: Key;
  requests: number;
  refusals: ReadonlyMap<string, Refusals>;
}

/** Names the limits that a query gives. */
const CUSTOM = 'custom';

/** Whose limits are those of each key. */
const OWN: Tier = 'enterprise';

const NO_LIMITS: RateLimit = { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null };

/** What tiers and other limits would have refused of what keys sent. */
@Injectable()
export class TiersService {
  constructor(
    private readonly backtests: BacktestRepository,
    private readonly usage: UsageService,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * One page of the active keys of a scope, and a summary of all of them.
   * @param signal fires when the client has disconnected
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, INVALID_PARAMETERS as of `testedWindowOf`, OVERLOADED
   *   when too many reads wait
   */
  async backtest(scope: AccountScope, query: TiersQueryDto, signal: AbortSignal): Promise<TiersResponseDto> {
    const now = this.clock.now();
    const { from, to, readTo, notice } = testedWindowOf(query, now, this.settings.retention);
    const keys = this.usage.keysAskedFor(scope, query.keyId).filter((key) => statusOf(key, now) === 'active');
    const custom = customOf(query);
    const limits = new Map<string, WindowLimits>();
    for (const tier of TIERS)
      if (tier !== OWN) limits.set(tier, windowLimitsOf(limitsOf({ tier, rateLimit: NO_LIMITS })));
    if (custom) limits.set(CUSTOM, windowLimitsOf(custom));
    const of = { scope, keyIds: query.keyId, from, to: readTo };
    return this.gate.run(scope, signal, async (gated, gateLimits) => {
      const options = { signal: gated, limits: gateLimits };
      const [requests, refusals] = await Promise.all([
        this.backtests.requests(of, options),
        this.backtests.refusals(of, limits, OWN, options),
      ]);
      const slices = new Slices(scope, gated);
      const tested = await slices.map(keys, (key): Tested => ({
        key,
        requests: requests.get(key.id) ?? 0,
        refusals: refusals.get(key.id) ?? new Map(),
      }));
      const { page, pagination } = pageOf(tested.sort(byRefusals), query);
      return {
        success: true,
        period: { from: iso(from), to: iso(to) },
        summary: summaryOf(tested, custom),
        keys: page.map((of) => toKey(of, custom)),
        notice,
        pagination,
        timestamp: iso(this.clock.now()),
      };
    });
  }
}

/** The limits that a query gives; null where it gives none. */
function customOf({ requestsPerMinute, requestsPerHour, requestsPerDay }: TiersQueryDto): RateLimit | null {
  const given = { requestsPerMinute, requestsPerHour, requestsPerDay };
  if (Object.values(given).every((limit) => limit === undefined)) return null;
  return {
    requestsPerMinute: requestsPerMinute ?? null,
    requestsPerHour: requestsPerHour ?? null,
    requestsPerDay: requestsPerDay ?? null,
  };
}

/** The lowest tier that refuses nothing; null where each does. */
function fitOf({ refusals }: Tested): Tier | null {
  return TIERS.find((tier) => !refusals.has(tier)) ?? null;
}

function toKey(tested: Tested, custom: RateLimit | null): KeyBacktestDto {
  const { key, requests, refusals } = tested;
  return {
    keyId: key.id,
    accountId: key.accountId,
    name: key.name,
    tier: key.tier,
    requests,
    fits: fitOf(tested),
    byTier: TIERS.map((tier) => ({
      tier,
      ...toBacktest(limitsOf({ tier, rateLimit: key.rateLimit }), refusals.get(tier)),
    })),
    custom: custom && toBacktest(custom, refusals.get(CUSTOM)),
  };
}

function toBacktest(limit: RateLimit, refusals: Refusals | undefined): BacktestDto {
  return {
    limit,
    throttledRequests: refusals?.requests ?? 0,
    throttledMinutes: refusals?.minutes ?? 0,
    throttledDays: refusals?.days ?? 0,
    worst: refusals ? { at: iso(refusals.worst.at), requests: refusals.worst.requests } : null,
  };
}

function summaryOf(tested: readonly Tested[], custom: RateLimit | null): TierSummaryDto {
  const together = (name: string): AllKeysDto => {
    const refused = tested.flatMap(({ refusals }) => refusals.get(name)?.requests ?? []);
    return { throttledKeys: refused.length, throttledRequests: refused.reduce((sum, requests) => sum + requests, 0) };
  };
  const fits = tested.map(fitOf);
  return {
    keys: tested.length,
    requests: tested.reduce((sum, { requests }) => sum + requests, 0),
    byTier: TIERS.map((tier) => ({ tier, fits: fits.filter((fit) => fit === tier).length, ...together(tier) })),
    custom: custom && together(CUSTOM),
  };
}

/** The most refused by the key's own tier first, then by what was sent; equal ones by key. */
function byRefusals(a: Tested, b: Tested): number {
  const refused = ({ key, refusals }: Tested): number => refusals.get(key.tier)?.requests ?? 0;
  return refused(b) - refused(a) || b.requests - a.requests || (a.key.id < b.key.id ? -1 : 1);
}
