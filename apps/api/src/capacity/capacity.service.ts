import { Injectable } from '@nestjs/common';
import { Clock, DAY, Slices, floorTo, iso, isoOrNull } from '@meterhouse/common';
import { QueryGate } from '../admission/query-gate';
import { type AccountScope, type Key, limitsOf, statusOf } from '../auth/key';
import { pageOf } from '../http/list.dto';
import { windowLimitsOf } from '../rate-limiting/call-counters';
import { UsageService } from '../usage/usage.service';
import type { CapacityQueryDto } from './dto/capacity-query.dto';
import type { CapacityResponseDto, KeyLimitDto } from './dto/capacity-response.dto';
import { PeaksRepository } from './peaks.repository';
import { HISTORY_DAYS, type Headroom, headroomOf } from './runway';

/** A limit of a key. */
export interface KeyHeadroom extends Headroom {
  key: Key;
  /** Days until demand is expected to meet the limit: 0 today, null not within 90 days. */
  daysLeft: number | null;
}

/** How near the demand of keys comes to their limits, and when it meets them. */
@Injectable()
export class CapacityService {
  constructor(
    private readonly peaks: PeaksRepository,
    private readonly usage: UsageService,
    private readonly gate: QueryGate,
    private readonly clock: Clock,
  ) {}

  /**
   * One page of the limits of a scope's active keys.
   * @param signal fires when the client has disconnected
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, OVERLOADED when too many reads wait
   */
  async capacity(scope: AccountScope, query: CapacityQueryDto, signal: AbortSignal): Promise<CapacityResponseDto> {
    const { page, pagination } = pageOf((await this.headroom(scope, query.keyId, signal)).sort(byUrgency), query);
    return { success: true, limits: page.map(toLimit), pagination, timestamp: iso(this.clock.now()) };
  }

  /**
   * Every limit of some keys or of all active keys of a scope, in no order.
   * @example (await capacity.headroom('acme', [], signal)).filter(({ daysLeft }) => daysLeft !== null && daysLeft < 14)
   */
  async headroom(scope: AccountScope, keyIds: readonly string[], signal: AbortSignal): Promise<KeyHeadroom[]> {
    const now = this.clock.now();
    const today = floorTo('day', now);
    const limited = this.usage
      .keysAskedFor(scope, keyIds)
      .map((key) => ({ key, limits: windowLimitsOf(limitsOf(key)) }))
      .filter(({ key, limits }) => statusOf(key, now) === 'active' && Object.values(limits).some((of) => of !== null));
    if (limited.length === 0) return [];
    return this.gate.run(scope, signal, async (gated, gateLimits) => {
      const of = { scope, keyIds, from: today - HISTORY_DAYS * DAY, to: today + DAY };
      const days = await this.peaks.byKey(of, { signal: gated, limits: gateLimits });
      const slices = new Slices(scope, gated);
      const found: KeyHeadroom[] = [];
      for (const { key, limits } of limited) {
        if (slices.spent) await slices.next();
        for (const headroom of headroomOf(limits, days.get(key.id) ?? new Map(), today)) {
          const expected = headroom.exhausts?.expected ?? null;
          found.push({ ...headroom, key, daysLeft: expected === null ? null : (expected - today) / DAY });
        }
      }
      return found;
    });
  }
}

function toLimit(of: KeyHeadroom): KeyLimitDto {
  const { key, window, limit, peak, exhausts } = of;
  return {
    keyId: key.id,
    accountId: key.accountId,
    name: key.name,
    tier: key.tier,
    window,
    limit,
    peak: peak?.requests ?? 0,
    peakAt: isoOrNull(peak?.at ?? null),
    utilization: Math.round(shareOf(of) * 10_000) / 100,
    exhausts: exhausts && {
      expected: isoOrNull(exhausts.expected),
      earliest: isoOrNull(exhausts.earliest),
      latest: isoOrNull(exhausts.latest),
    },
  };
}

function shareOf({ peak, limit }: KeyHeadroom): number {
  return (peak?.requests ?? 0) / limit;
}

/** What is expected to run out first, then what may, then by use; equal ones by key and window. */
function byUrgency(a: KeyHeadroom, b: KeyHeadroom): number {
  const first = (of: KeyHeadroom): number => of.daysLeft ?? Infinity;
  const earliest = (of: KeyHeadroom): number => of.exhausts?.earliest ?? Infinity;
  return (
    ascending(first(a), first(b)) ||
    ascending(earliest(a), earliest(b)) ||
    shareOf(b) - shareOf(a) ||
    (a.key.id === b.key.id ? 0 : a.key.id < b.key.id ? -1 : 1)
  );
}

/** Infinity is equal to itself. */
function ascending(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
