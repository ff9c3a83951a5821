/** Reads what an answer is made of in statements that run side by side, and sees to it that they agree. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Settings, backoffMs } from '@meterhouse/common';
import type { AccountScope } from '../../auth/key';
import { mayRaiseTrafficChange } from '../../alerts/traffic-change';
import { DataVersions } from '../../storage/data-versions';
import { ContextReader, peaksOf } from './context.reader';
import {
  type UsageBreakdown,
  type UsageContext,
  type Group,
  type Peaks,
  type Points,
  type Series,
  type SeriesSource,
  type Traffic,
} from './aggregates';
import { Drift } from './drift';
import type { SumsRead } from './sums-read';
import { SumsReader } from './sums.reader';
import { type ReadOptions, UsageRepository } from './usage.repository';
import { previousPeriodOf } from '../request/previous-period';
import { readPlanOf } from '../request/read-plan';
import { isKept } from '../request/retained';
import { type Window, type WindowRequest, planWindow, windowOf } from '../request/window';
import { type Filters, hasDetailFilters, withoutDetailFilters, type Column } from '../request/filters';

/** What is to be read. */
export interface UsageRead extends SumsRead {
  /** Null when the series is not split. */
  groups: { columns: readonly Column[]; limit: number } | null;
  /** Whether the period before is wanted whole, and not only its requests. */
  withPrevious: boolean;
  /** The UTC day since which it is wanted which keys were used; null: it is not. */
  usedSince: number | null;
}

export interface UsageAggregates {
  series: Series;
  breakdown: UsageBreakdown;
  groups: Group[] | null;
  context: UsageContext;
  /** Requests in the period before, null where there is none; without `withPrevious` exact only where alerts need it. */
  previousRequests: number | null;
  previous: { window: Window; series: Series; peaks: Peaks } | null;
}

/** What was read, and whether its statements agree. */
export interface UsageFigures extends UsageAggregates {
  agrees: boolean;
}

/**
 * The rollups of one insert become visible one after the other, within moments: a read in between is made again, as far as
 * its sums tell (of an insert with events of several days they need not: days that are over are read apart). Rollups that
 * have drifted apart never agree: they are answered as they are, as incomplete, and for a minute without trying again.
 */
const MAX_TRIES = 8;
/** From this try on, inserts wait for the read: under load they follow one another without a moment in between. */
const FIRST_HELD_TRY = 3;
const BACKOFF = { firstMs: 15, maxMs: 1_000 };

@Injectable()
export class UsageReader {
  private readonly logger = new Logger('Usage');

  constructor(
    private readonly repository: UsageRepository,
    private readonly contextReader: ContextReader,
    private readonly sumsReader: SumsReader,
    private readonly drift: Drift,
    private readonly changes: DataVersions,
    private readonly settings: Settings,
  ) {}

  /** The window of a request; for `all` the first event is looked up. */
  async window(
    of: { scope: AccountScope; filters: Filters },
    request: WindowRequest,
    now: number,
    options: ReadOptions,
  ): Promise<Window> {
    const first = request.timeframe === 'all' ? await this.repository.firstEventAt(of, options) : null;
    return windowOf(request, now, first, this.settings.retention);
  }

  /** `agrees` is false where the statements still disagreed after `MAX_TRIES`, or were known to. */
  async read(read: UsageRead, now: number, options: ReadOptions): Promise<UsageFigures> {
    const maxTries = this.drift.isKnown(read) ? 1 : MAX_TRIES;
    for (let attempt = 1; ; attempt++) {
      const once = (): Promise<UsageAggregates> => this.readOnce(read, now, options);
      const figures = await (attempt < FIRST_HELD_TRY ? once() : this.changes.holding(once));
      this.sumsReader.noteSize(read, figures);
      const agrees = agree(figures, read.window);
      if (agrees || attempt === maxTries) {
        const isNews = this.drift.note(read, agrees);
        if (isNews) this.logger.warn('Rollups disagree: run `npx meterhouse reconcile` if this goes on.');
        return { ...figures, agrees };
      }
      await sleep(backoffMs(attempt, BACKOFF), undefined, options.signal ? { signal: options.signal } : {});
    }
  }

  private async readOnce(read: UsageRead, now: number, options: ReadOptions): Promise<UsageAggregates> {
    const { repository } = this;
    const { scope, filters, window, withLatency } = read;
    const source = this.seriesSource(read, window);
    // Which groups come first is asked before: what is then added up must be of one moment.
    const values = read.groups ? await repository.topGroups(source, read.groups, options) : [];
    const before = read.withPrevious ? this.previous(window, read, now) : null;
    const [{ points, breakdown }, context, groups, previousSeries, previousPeaks] = await Promise.all([
      this.sumsReader.sums(read, source, now, options),
      this.contextReader.context(read, now, options),
      read.groups && repository.groups(source, { columns: read.groups.columns, values }, withLatency, options),
      before && repository.wholeSeries(this.seriesSource(read, before), withLatency, options),
      before && this.contextReader.peaks({ scope, filters, window: before }, now, options),
    ]);
    const series = { total: breakdown.total, points };
    const previousRequests =
      previousSeries?.total.requests ?? (await this.previousRequests(read, breakdown.total, context, now, options));
    const previous =
      before && previousSeries && previousPeaks
        ? { window: before, series: previousSeries, peaks: peaksOf(before, previousSeries.points, previousPeaks) }
        : null;
    return {
      series,
      context: { ...context, ...peaksOf(window, points, context) },
      breakdown,
      groups,
      previousRequests,
      previous,
    };
  }

  /** How many requests there are without the filters on more than the key. */
  async requestsWithoutFilters(
    of: { scope: AccountScope; filters: Filters },
    request: WindowRequest,
    now: number,
    options: ReadOptions,
  ): Promise<number> {
    const read = { scope: of.scope, filters: withoutDetailFilters(of.filters) };
    // Whole months: one point for each is read, and no window has too many of them.
    const window = await this.window(read, { ...request, granularity: 'month' }, now, options);
    const { total } = await this.repository.wholeSeries(this.seriesSource(read, window), false, options);
    return total.requests;
  }

  /** What the series of a window is read from. */
  seriesSource({ scope, filters }: Pick<UsageRead, 'scope' | 'filters'>, window: Window): SeriesSource {
    const { granularity, calendar, starts } = window;
    return { scope, filters, plan: window.series, granularity, calendar, starts };
  }

  /** The period before as a window by the same buckets; null when rows that these need are past their retention. */
  private previous(window: Window, { filters }: UsageRead, now: number): Window | null {
    const { retention } = this.settings;
    const detailed = hasDetailFilters(filters);
    const period = previousPeriodOf(window, detailed, now, retention);
    if (period === null) return null;
    const { granularity, calendar, edges } = window;
    const bounds = { ...period, timeframe: 'custom', readTo: period.to, askedTo: period.to, edges } as const;
    const planned = planWindow(bounds, granularity, { calendar, detailed }, now, retention);
    return 'why' in planned ? null : planned;
  }

  /** Requests in the period before: their upper bound where no number within the bounds raises an alert, else exact. */
  private async previousRequests(
    { scope, filters, window }: UsageRead,
    { requests }: Traffic,
    { previous }: UsageContext,
    now: number,
    options: ReadOptions,
  ): Promise<number | null> {
    if (previous === null) return null;
    const { atLeast, atMost } = previous;
    if (atLeast === atMost || !mayRaiseTrafficChange(requests, previous, this.settings.alerts)) return atMost;
    const { retention } = this.settings;
    const detailed = hasDetailFilters(filters);
    const period = previousPeriodOf(window, detailed, now, retention);
    if (period === null) return null;
    const coarsest = detailed || !isKept('hour', period.from, now, retention) ? 'day' : 'hour';
    const plan = readPlanOf(detailed ? 'detail' : 'traffic', period, [], coarsest);
    const source = { scope, filters, plan, granularity: 'hour', calendar: window.calendar, starts: [] } as const;
    return (await this.repository.wholeSeries(source, false, options)).total.requests;
  }
}

/** Whether what was read apart is of one moment. */
function agree(
  { series: { points }, breakdown, groups, context: { recent } }: UsageAggregates,
  window: Window,
): boolean {
  const { requests } = breakdown.total;
  if (sumOf(points.values()) !== requests) return false;
  if (recent && !agreesSince(recent, points, window)) return false;
  return !groups || sumOf(groups.map(({ total }) => total)) === requests;
}

/** A bucket that begins before the instant is left out, unless the window begins there. */
function agreesSince({ from, requests }: { from: number; requests: number }, points: Points, window: Window): boolean {
  const later = [...points].filter(([start]) => from === window.from || start >= from);
  const isWhole = from === window.from || window.starts.length === 0;
  return !isWhole || sumOf(later.map(([, point]) => point)) === requests;
}

function sumOf(items: Iterable<{ requests: number }>): number {
  let sum = 0;
  for (const { requests } of items) sum += requests;
  return sum;
}
