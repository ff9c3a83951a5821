/** Reads what an answer needs beside the sums of its window: peaks, the period before, what runs now. */
import { Injectable } from '@nestjs/common';
import { Settings, type Span, floorTo, isByDay, startOfDayIn } from '@meterhouse/common';
import {
  type UsageContext,
  type PeakContext,
  type PeakSources,
  type Peaks,
  type RecentSources,
  type Series,
} from './aggregates';
import type { ContextScope } from './sql/context.sql';
import { type RollupSet, SHORT, type ReadPlan, joinPlans, splitPlan, readPlanOf } from '../request/read-plan';
import { type ReadOptions, UsageRepository } from './usage.repository';
import { type Window, isKept } from '../request/window';
import { hasDetailFilters } from '../request/filters';

/** What context are asked for. */
export interface ContextRead extends ContextScope {
  window: Window;
  /** The UTC day since which it is wanted which keys were used; null: it is not. */
  usedSince: number | null;
}

/** Which source is read for what; null: none. */
interface Plan {
  peaks: PeakSources[];
  recent: RecentSources;
}

@Injectable()
export class ContextReader {
  constructor(
    private readonly repository: UsageRepository,
    private readonly settings: Settings,
  ) {}

  async context(read: ContextRead, now: number, options: ReadOptions): Promise<UsageContext> {
    const of = { scope: read.scope, filters: read.filters };
    const { peaks, recent } = this.plan(read, now);
    const [{ running, requests, ...last }, usedBefore, ...others] = await Promise.all([
      this.repository.recent(of, recent, options),
      read.usedSince === null ? [] : this.repository.usedKeys(of, read.usedSince, options),
      ...peaks.map((sources) => this.repository.peaks(of, sources, options)),
    ]);
    const usedToday = running.filter(({ day }) => day > 0).map(({ keyId }) => keyId);
    return {
      ...[last, ...others].reduce(joinPeaks),
      running,
      usedKeys: new Set([...usedBefore, ...usedToday]),
      recent: recent.peaksIn && requests !== null ? { from: recent.peaksIn.from, requests } : null,
    };
  }

  /** The fullest minute and hour of a window that is not the one asked for. */
  async peaks(
    { window, ...of }: Omit<ContextRead, 'usedSince'>,
    now: number,
    options: ReadOptions,
  ): Promise<PeakContext> {
    return this.repository.peaks(of, this.peakSources({ window, ...of }, null, now), options);
  }

  /**
   * The start of the period before; null where it is past its rollup's retention, and would look like one without
   * traffic.
   */
  previousFrom(window: Window, now: number): number | null {
    if (window.timeframe === 'all') return null;
    const start = 2 * window.from - window.to;
    const { timezone } = window.calendar;
    const from = window.edges === 'day' ? startOfDayIn(start, timezone) : floorTo(window.edges, start);
    return isKept(window.edges, from, now, this.settings.retention) ? from : null;
  }

  /**
   * Short windows are read by one scan of minutes, which also returns the running minute, hour and day. Of longer ones, the
   * part before the running UTC day is read apart: it stays cached while today's events arrive.
   */
  private plan(read: ContextRead, now: number): Plan {
    const { window } = read;
    const { from, readTo } = window;
    const previous = this.previousFrom(window, now);
    const byMinutes =
      !hasDetailFilters(read.filters) && isKept('minute', previous ?? from, now, this.settings.retention);
    if (byMinutes && floorTo('day', now) - from <= SHORT && readTo - from <= SHORT) {
      const previousIn = previous === null ? null : { from: previous, to: from };
      const peaksIn = window.granularity === 'minute' ? null : { from, to: readTo };
      return { peaks: [], recent: { now, peaksIn, withHour: isByDay(window.granularity), previousIn } };
    }
    const whole = this.peakSources(read, previous, now);
    const at = this.repository.historyEnd;
    const nothing: RecentSources = { now, peaksIn: null, withHour: whole.fullestHour, previousIn: null };
    if (at === null || at <= from) return { peaks: [whole], recent: nothing };
    const [minutes, hours] = [whole.minutes, whole.hours].map((plan) =>
      plan === null ? { before: null, after: null } : splitPlan(plan, at),
    ) as [ReturnType<typeof splitPlan>, ReturnType<typeof splitPlan>];
    const past = { ...whole, minutes: minutes.before, hours: hours.before };
    if (readTo <= at) return { peaks: [past], recent: nothing };
    if (byMinutes) return { peaks: [past], recent: { ...nothing, peaksIn: { from: at, to: readTo } } };
    return { peaks: [past, { ...whole, minutes: minutes.after, hours: hours.after }], recent: nothing };
  }

  /** The series contains the fullest bucket of its own width; the others are read from as few rollups as possible. */
  private peakSources(
    { window, filters }: Omit<ContextRead, 'usedSince'>,
    previous: number | null,
    now: number,
  ): PeakSources {
    const { from, readTo, granularity } = window;
    const { retention } = this.settings;
    const rollupSet = hasDetailFilters(filters) ? 'detail' : 'traffic';
    const minuteDays = rollupSet === 'traffic' ? retention.minuteDays : retention.rawDays;
    const withMinutes = granularity !== 'minute' && isKept('minute', from, now, { ...retention, minuteDays });
    const fullestHour = isByDay(granularity) && isKept('hour', from, now, retention);
    const hours = { from: previous ?? from, to: fullestHour ? readTo : from };
    return {
      from,
      minutes: withMinutes ? readPlanOf(rollupSet, { from, to: readTo }, [], 'minute') : null,
      hours: hours.from < hours.to ? this.hourPlan(rollupSet, hours, from, now) : null,
      fullestHour,
      previous: previous !== null,
    };
  }

  /** Where the hours of the period before are past their retention, its days are read instead. */
  private hourPlan(rollupSet: RollupSet, span: Span, from: number, now: number): ReadPlan {
    if (isKept('hour', span.from, now, this.settings.retention)) return readPlanOf(rollupSet, span, [from], 'hour');
    const before = readPlanOf('detail', { from: span.from, to: from }, [], 'day');
    return joinPlans(before, readPlanOf('detail', { from, to: span.to }, [], 'hour'));
  }
}

/** Merges the peaks of two parts; a value known to only one part is taken as it is. */
function joinPeaks(one: PeakContext, other: PeakContext): PeakContext {
  const larger = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? (a ?? b) : Math.max(a, b);
  return {
    peakRequestsPerMinute: larger(one.peakRequestsPerMinute, other.peakRequestsPerMinute),
    peakRequestsPerHour: larger(one.peakRequestsPerHour, other.peakRequestsPerHour),
    previousRequests: one.previousRequests ?? other.previousRequests,
  };
}

/** The fullest minute and hour, from the series where its buckets are as wide or finer. */
export function peaksOf(window: Window, points: Series['points'], context: Peaks): Peaks {
  const fullest = (step: 'minute' | 'hour'): number => {
    const requests = new Map<number, number>();
    for (const [start, point] of points) {
      const at = floorTo(step, start);
      requests.set(at, (requests.get(at) ?? 0) + point.requests);
    }
    return Math.max(0, ...requests.values());
  };
  return {
    peakRequestsPerMinute: window.granularity === 'minute' ? fullest('minute') : context.peakRequestsPerMinute,
    peakRequestsPerHour: isByDay(window.granularity) ? context.peakRequestsPerHour : fullest('hour'),
  };
}
