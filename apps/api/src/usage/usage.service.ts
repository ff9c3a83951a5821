/** Answers what an account's usage was: decides the window, reads it, and puts the contract's answer together. */
import { Inject, Injectable } from '@nestjs/common';
import { ApiException, Clock, DAY, type Settings, floorTo, iso } from '@meterhouse/common';
import { type AlertInput, findAlerts } from '../alerts/alerts';
import { type Key, limitsOf, statusOf } from '../auth/key';
import { type AccountScope, KeyRegistry } from '../auth/key-registry';
import { RateLimitsService } from '../rate-limiting/rate-limits.service';
import { SETTINGS } from '../storage/storage.module';
import type { UsageQueryDto } from './dto/usage-query.dto';
import type { UsageResponseDto } from './dto/usage-response.dto';
import type { Facts, Figures, LatencyFigures, Read } from './figures';
import { rateLimitFigures } from './rate-limit-figures';
import { type Answer, toBreakdown, toErrors, toLatency, toPagination, toTimeSeries, toTotals } from './usage.answer';
import { UsageRepository } from './usage.repository';
import { type Window, isKept, windowOf } from './window';

@Injectable()
export class UsageService {
  constructor(
    private readonly repository: UsageRepository,
    private readonly keys: KeyRegistry,
    private readonly rateLimits: RateLimitsService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The usage of one key or all keys of a scope, from at most three statements over the rollups.
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, GRANULARITY_TOO_FINE for too many points
   */
  async usage(scope: AccountScope, query: UsageQueryDto): Promise<UsageResponseDto> {
    const now = this.clock.now();
    const keys = this.keysAskedFor(scope, query.keyId);
    const { window, facts, figures, latency } = await this.read(scope, query, now);
    const answer: Answer = { window, figures, latency, names: (id) => this.keys.find(scope, id)?.name ?? null };
    const usedSince = floorTo('day', now - this.settings.alerts.unusedDays * DAY);
    const active = keys.filter((key) => statusOf(key, now) === 'active');
    const ownCalls = await this.rateLimits.ownCalls(active.map((key) => key.id));
    const rateLimits = rateLimitFigures(
      active.map(limitsOf),
      active.map((key) => key.id),
      facts.running,
      ownCalls,
    );
    return {
      success: true,
      period: {
        timeframe: window.timeframe,
        granularity: window.granularity,
        timezone: 'UTC',
        from: iso(window.from),
        to: iso(window.to),
        resolution: window.resolution,
      },
      usage: toTotals(answer, this.keptPeaks(window, facts)),
      timeSeries: toTimeSeries(answer),
      ...(latency ? { latency: toLatency(figures.total, latency.total) } : {}),
      ...(query.includeBreakdown ? { breakdown: toBreakdown(answer, query) } : {}),
      ...(query.includeErrors ? { errors: toErrors(figures) } : {}),
      rateLimits,
      alerts: findAlerts(
        {
          from: window.from,
          to: window.to,
          now,
          ...figures.total,
          p95: latency?.total.p95 ?? null,
          previousRequests: this.hasPeriodBefore(window) ? facts.previousRequests : null,
          endpoints: alertEndpoints(figures, latency),
          utilization: [
            { window: 'minute', percent: rateLimits.utilization.requestsPerMinute },
            { window: 'hour', percent: rateLimits.utilization.requestsPerHour },
            { window: 'day', percent: rateLimits.utilization.requestsPerDay },
          ],
          keys: active.map((key) => ({
            ...key,
            usedRecently: !isMeantForEvents(key) || (facts.keyDays.get(key.id)?.last ?? 0) >= usedSince,
          })),
        },
        this.settings.alerts,
      ),
      pagination: toPagination(answer, query),
      timestamp: iso(now),
    };
  }

  private keysAskedFor(scope: AccountScope, keyId: string | undefined): Key[] {
    if (keyId === undefined) return this.keys.list(scope);
    const key = this.keys.find(scope, keyId);
    if (!key)
      throw new ApiException('KEY_NOT_FOUND', 'There is no such key in this account; GET /keys lists its keys.');
    return [key];
  }

  /** The three statements run side by side; for `all` the facts come first, for they say where the window begins. */
  private async read(
    scope: AccountScope,
    query: UsageQueryDto,
    now: number,
  ): Promise<{ window: Window; facts: Facts; figures: Figures; latency: LatencyFigures | null }> {
    const readOf = (window: Window): Read => ({
      scope,
      keyId: query.keyId ?? null,
      from: window.from,
      to: window.readTo,
      resolution: window.resolution,
      granularity: window.granularity,
    });
    const readFacts = (window: Window): Promise<Facts> => {
      return this.repository.facts(readOf(window), now, previousFrom(window));
    };
    const readRest = (window: Window): Promise<[Figures, LatencyFigures | null]> =>
      Promise.all([
        this.repository.figures(readOf(window), query.sort, query.order),
        query.includeLatency ? this.repository.latency(readOf(window)) : null,
      ]);
    const { retention } = this.settings;
    if (query.timeframe === 'all') {
      const facts = await readFacts({ ...windowOf('all', 'day', now, null, retention), from: 0 });
      const window = windowOf('all', query.granularity, now, firstDay(facts), retention);
      const [figures, latency] = await readRest(window);
      return { window, facts, figures, latency };
    }
    const window = windowOf(query.timeframe, query.granularity, now, null, retention);
    const [facts, [figures, latency]] = await Promise.all([readFacts(window), readRest(window)]);
    return { window, facts, figures, latency };
  }

  /** A period that is past its rollup's retention would look like one without traffic. */
  private hasPeriodBefore(window: Window): boolean {
    if (window.timeframe === 'all') return false;
    return isKept(window.resolution, previousFrom(window), window.to, this.settings.retention);
  }

  /** Peaks are told only while the rows that tell them reach back to the window's start. */
  private keptPeaks(window: Window, facts: Facts): { minute: number | null; hour: number | null } {
    const kept = (resolution: 'minute' | 'hour'): boolean =>
      isKept(resolution, window.from, window.to, this.settings.retention);
    return {
      minute: kept('minute') ? facts.peakRequestsPerMinute : null,
      hour: kept('hour') ? facts.peakRequestsPerHour : null,
    };
  }
}

/** Where a period as long as the window, and just before it, begins. */
function previousFrom(window: Window): number {
  return floorTo(window.resolution, 2 * window.from - window.to);
}

/** A key that can neither send events nor has them sent for it (a dashboard's, an admin's) is not unused without them. */
function isMeantForEvents(key: Key): boolean {
  return key.external || key.permissions.includes('events:write');
}

/** Start of the day of the first event in the scope. */
function firstDay({ keyDays }: Facts): number | null {
  let first: number | null = null;
  for (const days of keyDays.values()) first = Math.min(first ?? days.first, days.first);
  return first;
}

function alertEndpoints(figures: Figures, latency: LatencyFigures | null): AlertInput['endpoints'] {
  return figures.endpoints.map(({ endpoint, requests, failed }) => ({
    endpoint,
    requests,
    failed,
    p95: latency?.endpoints.get(endpoint)?.p95 ?? null,
  }));
}
