/** Reads what an answer needs beside the sums of its window: peaks, the period before, what runs now. */
import { Injectable } from '@nestjs/common';
import {
  RESOLUTION_MS,
  type Resolution,
  Settings,
  type Span,
  bucketStartIn,
  bucketStartsIn,
  floorTo,
  isByDay,
  isOnTheHour,
} from '@meterhouse/common';
import {
  type UsageContext,
  type PeakContext,
  type PeakSources,
  type Peaks,
  type PreviousBuckets,
  type RecentSources,
  type Series,
} from './aggregates';
import type { ContextScope } from './sql/context.sql';
import { SHORT, joinPlans, splitPlan, readPlanOf } from '../request/read-plan';
import { previousPeriodOf } from '../request/previous-period';
import { isKept, isReadable } from '../request/retained';
import { type ReadOptions, UsageRepository } from './usage.repository';
import type { Window } from '../request/window';
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
   * Short windows are read by one scan of minutes, which also returns the running minute, hour and day. Of longer ones, the
   * part before the running UTC day is read apart: it stays cached while today's events arrive.
   */
  private plan(read: ContextRead, now: number): Plan {
    const { window } = read;
    const { from, readTo, granularity } = window;
    const { retention } = this.settings;
    const detailed = hasDetailFilters(read.filters);
    const previous = previousPeriodOf(window, detailed, now, retention);
    const byMinutes = !detailed && isKept('minute', previous?.from ?? from, now, retention);
    if (byMinutes && floorTo('day', now) - from <= SHORT && readTo - from <= SHORT) {
      const peaksIn = granularity === 'minute' ? null : { from, to: readTo };
      const previousIn = previous && bucketsOf(previous, 'minute', from);
      const hourStarts = hourStartsOf(window);
      return { peaks: [], recent: { now, peaksIn, withHour: isByDay(granularity), hourStarts, previousIn } };
    }
    const buckets = previous && bucketsOf(previous, window.edges === 'day' ? 'day' : 'hour', from);
    const whole = this.peakSources(read, buckets, now);
    const { hourStarts } = whole;
    const nothing: RecentSources = { now, peaksIn: null, withHour: whole.fullestHour, hourStarts, previousIn: null };
    const today = this.repository.historyEnd;
    // An hour that today begins in is not cut.
    const at = today === null ? null : (hourStarts.findLast((start) => start <= today) ?? today);
    if (at === null || at <= from) return { peaks: [whole], recent: nothing };
    const [minutes, hours] = [whole.minutes, whole.hours].map((plan) =>
      plan === null ? { before: null, after: null } : splitPlan(plan, at),
    ) as [ReturnType<typeof splitPlan>, ReturnType<typeof splitPlan>];
    const past = { ...whole, minutes: minutes.before, hours: hours.before };
    if (readTo <= at) return { peaks: [past], recent: nothing };
    if (byMinutes) {
      const later = hourStarts.filter((start) => start >= at);
      return { peaks: [past], recent: { ...nothing, peaksIn: { from: at, to: readTo }, hourStarts: later } };
    }
    const running = { ...whole, minutes: minutes.after, hours: hours.after, previous: null };
    return { peaks: [past, running], recent: nothing };
  }

  /** The series contains the fullest bucket of its own width; the others are read from as few rollups as possible. */
  private peakSources(
    { window, filters }: Omit<ContextRead, 'usedSince'>,
    previous: PreviousBuckets | null,
    now: number,
  ): PeakSources {
    const { from, readTo, granularity } = window;
    const { retention } = this.settings;
    const rollupSet = hasDetailFilters(filters) ? 'detail' : 'traffic';
    const isThere = (level: Resolution, at: number): boolean => isReadable(rollupSet, level, at, now, retention);
    const hourStarts = hourStartsOf(window);
    const fullestHour = isByDay(granularity) && isThere(hourStarts.length === 0 ? 'hour' : 'minute', from);
    const withMinutes = granularity !== 'minute' && isThere('minute', from);
    const span = { from, to: readTo };
    // Where the hours of the period before are no longer there, its days are read instead.
    const coarsest = previous && isThere('hour', previous.from) ? 'hour' : 'day';
    const before = previous && readPlanOf(rollupSet, previous, [previous.cut], coarsest);
    const hours = fullestHour ? readPlanOf(rollupSet, span, hourStarts, 'hour') : null;
    return {
      from,
      minutes: withMinutes ? readPlanOf(rollupSet, span, [], 'minute') : null,
      hours: before && hours ? joinPlans(before, hours) : (before ?? hours),
      fullestHour,
      hourStarts,
      previous,
    };
  }
}

/** The whole buckets of a level that the period before has; one that it ends in may reach into what is after it. */
function bucketsOf({ from, to }: Span, level: Resolution, windowFrom: number): PreviousBuckets {
  const cut = Math.max(from, floorTo(level, to));
  return { from, cut, to: cut === to ? to : Math.min(floorTo(level, to) + RESOLUTION_MS[level], windowFrom) };
}

/** The starts of a window's hours where days are asked for; none where they are those of UTC. */
function hourStartsOf({ granularity, calendar, from, readTo }: Window): number[] {
  const isElsewhere = isByDay(granularity) && !isOnTheHour(from, readTo, calendar);
  return isElsewhere ? bucketStartsIn('hour', from, readTo, calendar) : [];
}

/** Merges the peaks of two parts; a value known to only one part is taken as it is. */
function joinPeaks(one: PeakContext, other: PeakContext): PeakContext {
  const larger = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? (a ?? b) : Math.max(a, b);
  return {
    peakRequestsPerMinute: larger(one.peakRequestsPerMinute, other.peakRequestsPerMinute),
    peakRequestsPerHour: larger(one.peakRequestsPerHour, other.peakRequestsPerHour),
    previous: one.previous ?? other.previous,
  };
}

/** The fullest minute and hour, from the series where its buckets are as wide or finer. */
export function peaksOf({ granularity, calendar }: Window, points: Series['points'], context: Peaks): Peaks {
  const fullest = (step: 'minute' | 'hour'): number => {
    const requests = new Map<number, number>();
    for (const [start, point] of points) {
      const at = granularity === step ? start : bucketStartIn(step, start, calendar);
      requests.set(at, (requests.get(at) ?? 0) + point.requests);
    }
    return Math.max(0, ...requests.values());
  };
  return {
    peakRequestsPerMinute: granularity === 'minute' ? fullest('minute') : context.peakRequestsPerMinute,
    peakRequestsPerHour: isByDay(granularity) ? context.peakRequestsPerHour : fullest('hour'),
  };
}
