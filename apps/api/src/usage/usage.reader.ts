/** Reads what an answer is made of in statements that run side by side, and sees to it that they agree. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ApiException, type Settings, bucketStartsIn, floorTo, startOfDayIn } from '@meterhouse/common';
import type { AccountScope } from '../auth/key-registry';
import { SETTINGS } from '../storage/storage.module';
import {
  type Breakdown,
  type EndpointSort,
  type FactSources,
  type Facts,
  type Filters,
  type Group,
  type Peaks,
  type Series,
  type SeriesSource,
  isDetailed,
} from './figures';
import type { Column } from './sql/source.sql';
import { type Family, SHORT, type Span, type Tiles, joinTiles, tilesOf } from './tiles';
import { type ReadOptions, UsageRepository } from './usage.repository';
import { type Window, type WindowRequest, isKept, windowOf } from './window';

/** What is to be read. */
export interface UsageRead {
  scope: AccountScope;
  filters: Filters;
  window: Window;
  withLatency: boolean;
  /** Null when no breakdown is wanted. */
  breakdown: { sort: EndpointSort; order: 'asc' | 'desc' } | null;
  /** Null when the series is not split. */
  groups: { columns: readonly Column[]; limit: number } | null;
  /** Whether the period before is wanted whole, and not only its requests. */
  withPrevious: boolean;
  /** Whether it is wanted when each key was used. */
  withKeyDays: boolean;
}

export interface UsageFigures {
  series: Series;
  breakdown: Breakdown | null;
  groups: Group[] | null;
  facts: Facts;
  previous: { window: Window; series: Series; peaks: Peaks } | null;
}

/**
 * The rollups of one insert become visible one after the other, within moments: a read in between is made again. Rollups
 * that have drifted apart never agree, and are answered as they are.
 */
const MOST_TRIES = 8;
const FIRST_PAUSE_MS = 10;

@Injectable()
export class UsageReader {
  private readonly logger = new Logger('Usage');

  constructor(
    private readonly repository: UsageRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
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

  async read(read: UsageRead, now: number, options: ReadOptions): Promise<UsageFigures> {
    for (let attempt = 1, pause = FIRST_PAUSE_MS; ; attempt++, pause *= 2) {
      const figures = await this.readOnce(read, now, options);
      if (agree(figures)) return figures;
      if (attempt === MOST_TRIES) {
        this.logger.warn('Rollups disagree: run `meterhouse maintenance reconcile` if this goes on.');
        return figures;
      }
      await sleep(pause, undefined, options.signal ? { signal: options.signal } : {});
    }
  }

  private async readOnce(read: UsageRead, now: number, options: ReadOptions): Promise<UsageFigures> {
    const { repository } = this;
    const { scope, filters, window, withLatency } = read;
    const source = this.seriesSource(read, window);
    const whole = { scope, filters, tiles: window.whole };
    // Which groups come first is asked before: what is then added up must be of one moment.
    const values = read.groups ? await repository.topGroups(source, read.groups, options) : [];
    const before = read.withPrevious ? this.previous(window, read, now) : null;
    const [series, facts, breakdown, groups, previousSeries, previousFacts] = await Promise.all([
      repository.series(source, withLatency, options),
      repository.facts({ scope, filters }, this.factSources(read, now), now, options),
      read.breakdown && repository.breakdown(whole, read.breakdown.sort, read.breakdown.order, withLatency, options),
      read.groups && repository.groups(source, { columns: read.groups.columns, values }, withLatency, options),
      before && repository.series(this.seriesSource(read, before), withLatency, options),
      before && repository.facts({ scope, filters }, this.factSources({ ...read, window: before }, now), now, options),
    ]);
    const previous =
      before && previousSeries && previousFacts
        ? { window: before, series: previousSeries, peaks: peaksOf(before, previousSeries, previousFacts) }
        : null;
    return { series, facts: { ...facts, ...peaksOf(window, series, facts) }, breakdown, groups, previous };
  }

  /** What the series of a window is read from. */
  seriesSource({ scope, filters }: Pick<UsageRead, 'scope' | 'filters'>, window: Window): SeriesSource {
    const { granularity, calendar, from, readTo } = window;
    const byDay = granularity !== 'minute' && granularity !== 'hour';
    const starts = byDay ? bucketStartsIn(granularity, from, readTo, calendar) : [];
    return { scope, filters, tiles: window.series, granularity, calendar, starts };
  }

  /** The period as long as the window and just before it; null when its rows are no longer kept. */
  private previous(window: Window, { filters }: UsageRead, now: number): Window | null {
    const from = this.previousFrom(window, now);
    if (from === null) return null;
    const { granularity, calendar } = window;
    const request = { timeframe: null, from, to: window.from, granularity, calendar, detailed: isDetailed(filters) };
    try {
      return windowOf(request, now, null, this.settings.retention);
    } catch (error) {
      if (error instanceof ApiException) return null;
      throw error;
    }
  }

  /** The series tells the fullest bucket of its own width; the rest is read from as few rollups as can be. */
  private factSources({ window, filters, withKeyDays }: UsageRead, now: number): FactSources {
    const { from, readTo, granularity } = window;
    const { retention } = this.settings;
    const family = isDetailed(filters) ? 'detail' : 'traffic';
    const minuteDays = family === 'traffic' ? retention.minuteDays : retention.rawDays;
    const minutes = granularity !== 'minute' && isKept('minute', from, now, { ...retention, minuteDays });
    const byDay = granularity !== 'minute' && granularity !== 'hour';
    const hours = byDay && isKept('hour', from, now, retention);
    const previous = this.previousFrom(window, now);
    const previousIn = previous === null ? null : minutes && readTo - from <= SHORT ? 'minutes' : 'hours';
    const start = (level: 'minutes' | 'hours'): number => (previousIn === level ? (previous ?? from) : from);
    return {
      from,
      minutes: minutes ? tilesOf(family, { from: start('minutes'), to: readTo }, [], 'minute') : null,
      hours:
        hours || previousIn === 'hours'
          ? this.hourTiles(family, { from: start('hours'), to: hours ? readTo : from }, from, now)
          : null,
      fullestHour: hours,
      previousIn,
      keyDays: withKeyDays,
    };
  }

  /** Where the hours of the period before are no longer kept, its days are read instead. */
  private hourTiles(family: Family, span: Span, from: number, now: number): Tiles {
    if (isKept('hour', span.from, now, this.settings.retention)) return tilesOf(family, span, [from], 'hour');
    const before = tilesOf('detail', { from: span.from, to: from }, [], 'day');
    return joinTiles(before, tilesOf('detail', { from, to: span.to }, [], 'hour'));
  }

  /** A period that is past its rollup's retention would look like one without traffic. */
  private previousFrom(window: Window, now: number): number | null {
    if (window.timeframe === 'all') return null;
    const start = 2 * window.from - window.to;
    const { timezone } = window.calendar;
    const from = window.edges === 'day' ? startOfDayIn(start, timezone) : floorTo(window.edges, start);
    return isKept(window.edges, from, now, this.settings.retention) ? from : null;
  }
}

/** The fullest minute and hour, from the series where its buckets are as wide or finer. */
function peaksOf(
  { granularity }: Window,
  { points }: Series,
  { peakRequestsPerMinute, peakRequestsPerHour }: Peaks,
): Peaks {
  const fullest = (step: 'minute' | 'hour'): number => {
    const requests = new Map<number, number>();
    for (const [start, point] of points) {
      const at = floorTo(step, start);
      requests.set(at, (requests.get(at) ?? 0) + point.requests);
    }
    return Math.max(0, ...requests.values());
  };
  return {
    peakRequestsPerMinute: granularity === 'minute' ? fullest('minute') : peakRequestsPerMinute,
    peakRequestsPerHour: granularity === 'minute' || granularity === 'hour' ? fullest('hour') : peakRequestsPerHour,
  };
}

function agree({ series, breakdown, groups }: UsageFigures): boolean {
  const { requests } = series.total;
  if (breakdown && breakdown.requests !== requests) return false;
  return !groups || groups.reduce((sum, group) => sum + group.total.requests, 0) === requests;
}
