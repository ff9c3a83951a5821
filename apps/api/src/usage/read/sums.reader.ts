/** Reads the sums of a window: by bucket, whole, and along each dimension. */
import { Injectable } from '@nestjs/common';
import { DAY, HOUR, Settings, Slices, type Span } from '@meterhouse/common';
import { AccountSizes } from './account-sizes';
import { type PartRows, joinParts, withLists } from './breakdown-rows';
import { type Breakdown, type UsageBreakdown, type UsageContext, type Points, type SeriesSource } from './aggregates';
import { type ReadPlan, splitPlan, readPlanOf } from '../request/read-plan';
import type { SumsRead } from './sums-read';
import { TopReader } from './top.reader';
import { type ReadOptions, UsageRepository, isTooLarge } from './usage.repository';
import { hasDetailFilters } from '../request/filters';

/** Minimum length, in ms, of the past part of a window that is read in two parts. */
const WORTH_CUTTING = 2 * DAY;

/** Most time, in ms, that is read by a scan of raw events, … */
const LONG = 8 * DAY;

/** … and most events: more take longer than planning the statements that read rollups. */
const FEW_EVENTS = 50_000;

/** Accounts with more endpoints than this are read whole: a part carries up to 30 KB of latency state per endpoint. */
const FEW_ENDPOINTS = 500;

/** Minimum window, in ms, from which a request rate is estimated. */
const TELLING = HOUR / 2;

/** The sums of a window. */
export interface WindowSums {
  points: Points;
  breakdown: UsageBreakdown;
}

/** The same with all endpoints. */
interface AllSums {
  points: Points;
  breakdown: Breakdown;
}

/**
 * - **Few events**, by the request rate of earlier answers, are scanned: that is faster than reading rollups.
 * - **Long windows** are read in two parts: the result about past days stays cached when new events arrive. The series is
 *   split at a bucket's start, the dimensions at the start of the UTC day.
 * - **Breakdowns of more rows than one answer may read** are cut in ClickHouse, see `TopReader`.
 */
@Injectable()
export class SumsReader {
  constructor(
    private readonly repository: UsageRepository,
    private readonly top: TopReader,
    private readonly sizes: AccountSizes,
    private readonly settings: Settings,
  ) {}

  async sums(read: SumsRead, source: SeriesSource, now: number, options: ReadOptions): Promise<WindowSums> {
    const { scope, window, page } = read;
    const length = window.readTo - window.from;
    if (!this.sizes.isLarge(scope, length)) {
      try {
        const { points, breakdown } = await this.allSums(read, source, now, options);
        return { points, breakdown: withLists(breakdown, page) };
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        this.sizes.noteLarge(scope, length);
      }
    }
    const [points, breakdown] = await Promise.all([
      this.points(read, source, null, options),
      this.top.breakdown(read, options),
    ]);
    return { points, breakdown };
  }

  private async allSums(read: SumsRead, source: SeriesSource, now: number, options: ReadOptions): Promise<AllSums> {
    const { window, sorting, withLatency } = read;
    const { from, readTo } = window;
    if (this.isScan(read, { from, to: readTo }, now)) {
      return this.repository.scan({ ...source, plan: minutesOf({ from, to: readTo }) }, sorting, withLatency, options);
    }
    const today = this.today(read);
    if (today !== null && this.seriesCut(source, today) === today.from && this.isScan(read, today, now)) {
      return this.withScan(read, source, today, options);
    }
    const [points, breakdown] = await Promise.all([
      this.points(read, source, today, options),
      this.breakdown(read, today, options),
    ]);
    return { points, breakdown };
  }

  /** Skips filtered reads (they scan the whole account) and windows that ended long ago: neither predicts today's request rate. */
  noteSize({ scope, filters, window }: SumsRead, of: { breakdown: UsageBreakdown; context: UsageContext }): void {
    if (filters.keyIds.length > 0 || hasDetailFilters(filters)) return;
    const { from, to } = window;
    const { recent } = of.context;
    this.sizes.note(scope, { endpoints: of.breakdown.endpoints.count });
    const known = to - from <= LONG ? { from, requests: of.breakdown.total.requests } : recent;
    if (known && to - known.from >= TELLING)
      this.sizes.note(scope, { requestRate: known.requests / (to - known.from) });
  }

  private isScan({ scope }: SumsRead, { from, to }: Span, now: number): boolean {
    const areKept = from >= now - this.settings.retention.rawDays * DAY;
    return areKept && to - from <= LONG && (this.sizes.requestRateOf(scope) ?? Infinity) * (to - from) <= FEW_EVENTS;
  }

  /** The part of a window in the running UTC day; null where the window is read whole. */
  private today({ scope, window: { from, readTo } }: SumsRead): Span | null {
    const end = this.repository.partsEnd;
    if (end === null || readTo <= end || end - from < WORTH_CUTTING) return null;
    return (this.sizes.endpointsOf(scope) ?? Infinity) <= FEW_ENDPOINTS ? { from: end, to: readTo } : null;
  }

  /** The start of the running day, or of the bucket that holds it. */
  private seriesCut({ starts }: SeriesSource, today: Span): number {
    return starts.length === 0 ? today.from : (starts.findLast((start) => start <= today.from) ?? 0);
  }

  /** Past days from the rollups, and today from the raw events. */
  private async withScan(read: SumsRead, source: SeriesSource, today: Span, options: ReadOptions): Promise<AllSums> {
    const { scope, filters, window, withLatency } = read;
    const whole = splitPlan(window.whole, today.from).before;
    const [past, part, { points, rows }] = await Promise.all([
      this.series(source, splitPlan(source.plan, today.from).before, withLatency, options),
      whole === null ? [] : this.repository.breakdownPart({ scope, filters, plan: whole }, withLatency, options),
      this.repository.scanPart({ ...source, plan: minutesOf(today) }, withLatency, options),
    ]);
    return { points: new Map([...past, ...points]), breakdown: await join([part, rows], read, options) };
  }

  private async points(
    { withLatency }: SumsRead,
    source: SeriesSource,
    today: Span | null,
    options: ReadOptions,
  ): Promise<Points> {
    if (today === null) return this.series(source, source.plan, withLatency, options);
    const { before, after } = splitPlan(source.plan, this.seriesCut(source, today));
    const [past, running] = await Promise.all(
      [before, after].map((plan) => this.series(source, plan, withLatency, options)),
    );
    return new Map([...(past ?? []), ...(running ?? [])]);
  }

  private async series(
    source: SeriesSource,
    plan: ReadPlan | null,
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<Points> {
    return plan === null ? new Map() : this.repository.series({ ...source, plan }, withLatency, options);
  }

  private async breakdown(read: SumsRead, today: Span | null, options: ReadOptions): Promise<Breakdown> {
    const { scope, filters, window, withLatency, sorting } = read;
    if (today === null) {
      return this.repository.breakdown({ scope, filters, plan: window.whole }, sorting, withLatency, options);
    }
    const { before, after } = splitPlan(window.whole, today.from);
    const parts = [before, after]
      .filter((plan) => plan !== null)
      .map((plan) => this.repository.breakdownPart({ scope, filters, plan }, withLatency, options));
    return join(await Promise.all(parts), read, options);
  }
}

function join(parts: PartRows[], { scope, sorting }: SumsRead, { signal }: ReadOptions): Promise<Breakdown> {
  return joinParts(parts, sorting, new Slices(scope, signal));
}

/** The read plan of a scan of raw events. */
function minutesOf(span: Span): ReadPlan {
  return readPlanOf('detail', span, [], 'minute');
}
