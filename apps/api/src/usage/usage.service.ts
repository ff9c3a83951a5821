/** The usage of an account: decides what is read, and builds the contract's answer. */
import { Injectable } from '@nestjs/common';
import { Clock, DAY, Settings, Slices, floorTo, iso } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { exactly } from '../http/json';
import { type AlertInput, findAlerts } from '../alerts/alerts';
import { noSuchKey } from '../auth/identity';
import { type AccountScope, type Key, limitsOf, statusOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { AccountLimits } from '../accounts/account-limits';
import { KeyUses } from '../auth/key-uses';
import { QueryGate } from '../admission/query-gate';
import { CallLimits } from '../rate-limiting/call-limits';
import { Watermark } from '../storage/watermark';
import { changesOf } from './answer/comparison';
import type { ComparisonDto } from './answer/dto/comparison.dto';
import type { GroupDto, GroupsDto } from './answer/dto/groups.dto';
import type { RateLimitsDto } from './answer/dto/rate-limits.dto';
import type { UsageQueryDto } from './request/dto/usage-query.dto';
import type { UsageResponseDto } from './answer/dto/usage-response.dto';
import type { PeriodDto } from './answer/dto/usage-totals.dto';
import type { UsageContext, Peaks, Series } from './read/aggregates';
import { rateLimitFigures } from './answer/rate-limit-figures';
import { filtersOf, groupColumnsOf, groupLimitOf, windowRequestOf } from './request/usage-request';
import {
  type Shape,
  percentOf,
  toBreakdown,
  toErrors,
  toLatency,
  toPagination,
  toTimeSeries,
  toTotals,
} from './answer/usage.answer';
import { type UsageAggregates, type UsageFigures, type UsageRead, UsageReader } from './read/usage.reader';
import type { ReadOptions } from './read/usage.repository';
import { MAX_POINTS, type Window, pointsOf } from './request/window';
import { type GroupDimension, hasDetailFilters } from './request/filters';

/** What an answer is made of. */
interface ToAnswer {
  scope: AccountScope;
  query: UsageQueryDto;
  now: number;
  watermark: number;
  read: UsageRead;
  figures: UsageFigures;
  /** Requests without the filters, where these may hide all of them. */
  unfiltered: number | null;
  /** The keys asked for. */
  active: readonly Key[];
  /** Whether a key was used lately. */
  hasCalled: (key: Key) => boolean;
}

/** Points of all groups together. */
const MAX_GROUP_POINTS = 5 * MAX_POINTS;

@Injectable()
export class UsageService {
  constructor(
    private readonly reader: UsageReader,
    private readonly gate: QueryGate,
    private readonly keys: KeyRegistry,
    private readonly accountLimits: AccountLimits,
    private readonly uses: KeyUses,
    private readonly calls: CallLimits,
    private readonly watermark: Watermark,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * The usage of some keys or all keys of a scope.
   * @param signal fires when the client has disconnected
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, GRANULARITY_TOO_FINE for too many points,
   *   OVERLOADED when too many reads wait
   */
  async usage(scope: AccountScope, query: UsageQueryDto, signal: AbortSignal): Promise<UsageResponseDto> {
    const now = this.clock.now();
    const watermark = Math.min(now, this.watermark.at() ?? now);
    const keys = this.keysAskedFor(scope, query.keyId);
    const active = keys.filter((key) => statusOf(key, now) === 'active');
    const since = floorTo('day', now - this.settings.alerts.unusedDays * DAY);
    const hasCalled = (key: Key): boolean => (this.uses.lastCall(key.id) ?? 0) >= since;
    const mayBeUnused = active.some((key) => key.createdAt < since + DAY && !hasCalled(key));
    const usedSince = mayBeUnused ? since : null;
    return this.gate.run(scope, signal, async (gated, limits) => {
      const options = { signal: gated, limits };
      const read = { ...(await this.toRead(scope, query, now, options)), usedSince };
      const figures = await this.reader.read(read, now, options);
      const filterMayHide = figures.series.total.requests === 0 && hasDetailFilters(read.filters);
      const unfiltered = filterMayHide
        ? await this.reader.requestsWithoutFilters(read, windowRequestOf(query), now, options)
        : null;
      const slices = new Slices(scope, gated);
      // What is cached comes without any turn between, of many calls at once.
      await slices.next();
      return this.answer({ scope, query, now, watermark, read, figures, unfiltered, active, hasCalled }, slices);
    });
  }

  /** Within the place of the read among all reads, so that few large answers are made at once. */
  private async answer(of: ToAnswer, slices: Slices): Promise<UsageResponseDto> {
    const { scope, query, now, watermark, read, figures, active } = of;
    const { window, withLatency } = read;
    const { series, breakdown, context } = figures;
    const shape: Shape = { window, withLatency };
    const rateLimits = await this.rateLimitsOf(active, context);
    const alerts = findAlerts(await this.alertInput(of, rateLimits, slices), this.settings.alerts);
    return {
      success: true,
      period: periodOf(window, watermark, figures.agrees),
      usage: toTotals(shape, series.total, context),
      timeSeries: await toTimeSeries(shape, series, slices),
      ...(withLatency ? { latency: toLatency(series.total) } : {}),
      ...(query.includeBreakdown
        ? { breakdown: toBreakdown(shape, breakdown, (id) => this.keys.find(scope, id)?.name ?? null) }
        : {}),
      ...(query.includeErrors ? { errors: toErrors(breakdown) } : {}),
      ...(figures.groups ? { groups: await groupsOf(shape, query, figures, slices) } : {}),
      ...(query.compare ? { comparison: await comparisonOf(shape, figures, slices) } : {}),
      rateLimits,
      alerts,
      pagination: toPagination(breakdown, query),
      timestamp: iso(now),
    };
  }

  /** The keys a query names, or all of the scope. @throws ApiException KEY_NOT_FOUND for a key outside the scope */
  keysAskedFor(scope: AccountScope, keyIds: readonly string[]): Key[] {
    if (keyIds.length === 0) return this.keys.list(scope);
    return [...new Set(keyIds)].map((keyId) => {
      const key = this.keys.find(scope, keyId);
      if (!key) throw noSuchKey();
      return key;
    });
  }

  private async toRead(
    scope: AccountScope,
    query: UsageQueryDto,
    now: number,
    options: ReadOptions,
  ): Promise<Omit<UsageRead, 'usedSince'>> {
    const filters = filtersOf(query);
    const columns = groupColumnsOf(query, scope);
    const groupLimit = groupLimitOf(query);
    const window = await this.reader.window({ scope, filters }, windowRequestOf(query), now, options);
    if (columns.length > 0) refuseTooManyPoints(window, groupLimit);
    return {
      scope,
      filters,
      window,
      withLatency: query.includeLatency,
      sorting: { sort: query.sort, order: query.order },
      page: query.includeBreakdown ? { limit: query.limit, offset: query.offset } : null,
      withErrors: query.includeErrors,
      groups: columns.length === 0 ? null : { columns, limit: groupLimit },
      withPrevious: query.compare !== undefined,
    };
  }

  private async rateLimitsOf(active: readonly Key[], context: UsageContext): Promise<RateLimitsDto> {
    const ids = active.map((key) => key.id);
    const callers = active.flatMap((key) => (key.external ? [] : key.id));
    const ownCalls = await this.calls.counts(callers);
    return rateLimitFigures(active.map(limitsOf), ids, context.running, ownCalls);
  }

  private async alertInput(of: ToAnswer, rateLimits: RateLimitsDto, slices: Slices): Promise<AlertInput> {
    const { scope, now, figures, unfiltered, active, hasCalled } = of;
    const { window } = of.read;
    const { series, breakdown, context } = figures;
    return {
      from: window.from,
      to: window.to,
      now,
      ...series.total,
      unfilteredRequests: unfiltered,
      p95: series.total.percentiles.p95,
      previousRequests: figures.previousRequests,
      endpoints: breakdown.endpoints.mostUsed.map(({ endpoint, requests, failed, percentiles }) => {
        return { endpoint, requests, failed, p95: percentiles.p95 };
      }),
      endpointNamesPerDay: scope === null ? null : this.accountLimits.limitsOf(scope).endpointNamesPerDay,
      utilization: [
        { window: 'minute', percent: rateLimits.utilization.requestsPerMinute },
        { window: 'hour', percent: rateLimits.utilization.requestsPerHour },
        { window: 'day', percent: rateLimits.utilization.requestsPerDay },
      ],
      // An account may have tens of thousands of keys.
      keys: await slices.map(active, (key) => {
        const { id, name, createdAt, expiresAt } = key;
        return { id, name, createdAt, expiresAt, usedRecently: hasCalled(key) || context.usedKeys.has(id) };
      }),
    };
  }
}

function periodOf(window: Window, watermark: number, agrees: boolean): PeriodDto {
  const incomplete = agrees ? (watermark >= window.to ? null : 'events_waiting') : 'rollups_disagree';
  return {
    timeframe: window.timeframe,
    granularity: window.granularity,
    ...window.calendar,
    from: iso(window.from),
    to: iso(window.to),
    resolution: window.resolution,
    complete: incomplete === null,
    ...(incomplete === null ? {} : { incompleteReason: incomplete }),
    watermark: iso(watermark),
  };
}

async function groupsOf(
  shape: Shape,
  { groupBy }: UsageQueryDto,
  { groups, series }: UsageAggregates,
  slices: Slices,
): Promise<GroupsDto> {
  const made: GroupDto[] = [];
  for (const group of groups ?? []) {
    made.push({
      group: group.values && namedValues(groupBy, group.values),
      requests: group.total.requests,
      failedRequests: group.total.failed,
      throttledRequests: group.total.throttled,
      percentage: percentOf(group.total.requests, series.total.requests),
      dataTransferred: exactly(group.total.bytes),
      ...(shape.withLatency ? { latency: toLatency(group.total) } : {}),
      timeSeries: await toTimeSeries(shape, group, slices, series),
    });
  }
  return { by: groupBy, series: made };
}

function namedValues(names: readonly GroupDimension[], values: readonly string[]): GroupDto['group'] {
  return Object.fromEntries(
    names.map((name, index) => [name, name === 'statusCode' ? Number(values[index]) : (values[index] ?? '')]),
  );
}

/** Every group has all the points, so that their number is bounded too. */
function refuseTooManyPoints(window: Window, groups: number): void {
  const points = pointsOf(window, null).length * (groups + 1);
  if (points <= MAX_GROUP_POINTS) return;
  throw new ApiException(
    'GRANULARITY_TOO_FINE',
    `${groups} groups by ${window.granularity} are ${points} points, more than ${MAX_GROUP_POINTS}; use a coarser granularity, a shorter window or a smaller groupLimit.`,
    [{ field: 'groupLimit', message: 'Ask for fewer groups, or fewer points.' }],
  );
}

async function comparisonOf(
  shape: Shape,
  { previous, series, context }: UsageAggregates,
  slices: Slices,
): Promise<ComparisonDto | null> {
  if (!previous) return null;
  const before: Shape = { ...shape, window: previous.window };
  const figuresOf = (of: Shape, { total }: Series, peaks: Peaks): Pick<ComparisonDto, 'usage' | 'latency'> => ({
    usage: toTotals(of, total, peaks),
    ...(shape.withLatency ? { latency: toLatency(total) } : {}),
  });
  const figures = figuresOf(before, previous.series, previous.peaks);
  return {
    period: { from: iso(previous.window.from), to: iso(previous.window.to) },
    ...figures,
    timeSeries: await toTimeSeries(before, previous.series, slices),
    change: changesOf(figuresOf(shape, series, context), figures),
  };
}
