/** Reads usage from the rollups, and from raw events for the minutes that no rollup of every dimension keeps. */
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Slices, type Span } from '@meterhouse/common';
import { ClickHouse, QueryTooHeavyError, type ReadOptions, type Row, unlessAborted } from '@meterhouse/clickhouse';
import { toSums } from '@meterhouse/clickhouse/rollups';
import type { AccountScope } from '../../auth/key';
import { DataVersions } from '../../storage/data-versions';
import type { Count, CountRow, CountsRead } from './counts';
import { QueryCache } from './query-cache';
import { type PartRow, type PartRows, type RankedRow, breakdownOf, toTraffic } from './breakdown-rows';
import {
  type Breakdown,
  type Group,
  NO_PEAKS,
  type PeakContext,
  type PeakSources,
  type Points,
  type RecentContext,
  type RecentSources,
  type Series,
  type SeriesSource,
  type Source,
  type Traffic,
} from './aggregates';
import {
  latenciesOf,
  sizeOfParts,
  sortedOut,
  toGroups,
  toPartRow,
  toPeaks,
  toRankedRow,
  toRecent,
  toSeries,
} from './sql/rows.sql';
import { MAX_ROWS, type Sorting, breakdownQuery, scanQuery } from './sql/breakdown.sql';
import { type ContextScope, firstEventQuery, peaksQuery, recentQuery, usedKeysQuery } from './sql/context.sql';
import { percentileCodes } from './sql/latency-state';
import { type Grouping, groupsQuery, seriesQuery, topGroupsQuery } from './sql/series.sql';
import type { Query } from './sql/source.sql';
import { countsQuery, retriesQuery, toCountRow, toRetries } from './sql/counts.sql';
import { type ShownValues, type TopValues, shownBreakdownQuery, topValuesQuery } from './sql/top.sql';
import { areStatesReadable, stateCheckQuery } from './sql/state-check.sql';
import { endOf } from '../request/read-plan';

export type { ReadOptions };

/** A part of a window: by bucket, and what `joinParts` makes a breakdown of. */
export interface PartScan {
  points: Points;
  rows: PartRows;
}

/** The first values of a dimension in an order, and how many it has; 0 where the page asked for is past the last. */
export interface TopNames {
  names: readonly string[];
  count: number;
}

/** A breakdown has more than `MAX_ROWS` rows: it is to be read by `topNames` and `shownBreakdown`. */
class TooManyRows extends Error {}

/** Whether an account has too many values for one statement to return, or to count in the memory that it may take. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof TooManyRows || (error instanceof QueryTooHeavyError && error.limit === 'memory');
}

/** Figures it returns may be answered to others too, and must not be changed. */
@Injectable()
export class UsageRepository implements OnModuleInit {
  private readonly logger = new Logger('Usage');
  private readonly cache = new QueryCache();
  private statesAreReadable = true;

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly changes: DataVersions,
  ) {}

  /** Parts of windows are joined by the engine's own form of latency states, which another version may write otherwise. */
  async onModuleInit(): Promise<void> {
    if (!this.clickhouse.embedded) return;
    const { sql, parameters } = stateCheckQuery();
    this.statesAreReadable = areStatesReadable(await this.clickhouse.query(sql, parameters));
    if (this.statesAreReadable) return;
    this.logger.warn('This engine writes latency states in an unknown form: windows are read whole, which is slower.');
  }

  /** As `historyEnd`, for reads whose parts have latencies; null too where the engine's states cannot be read. */
  get partsEnd(): number | null {
    return this.statesAreReadable ? this.historyEnd : null;
  }

  /**
   * Where reads may be split, since results about the time before stay cached while today's events arrive: the start of the
   * running UTC day. Null where nothing is cached.
   */
  get historyEnd(): number | null {
    return this.clickhouse.embedded ? this.changes.today() : null;
  }

  /** Sums by bucket. */
  async series(source: SeriesSource, withLatency: boolean, options: ReadOptions): Promise<Points> {
    const query = seriesQuery(source, withLatency, false);
    const parse = async (rows: Row[], slices: Slices): Promise<Points> =>
      (await toSeries(rows, withLatency, slices)).points;
    return this.read(query, source.scope, endOf(source.plan), options, parse);
  }

  /** Sums whole and by bucket. */
  async wholeSeries(source: SeriesSource, withLatency: boolean, options: ReadOptions): Promise<Series> {
    const query = seriesQuery(source, withLatency, true);
    return this.read(query, source.scope, endOf(source.plan), options, (rows, slices) =>
      toSeries(rows, withLatency, slices),
    );
  }

  /** Sums whole and along every dimension, the endpoints in the order asked for. @throws TooManyRows */
  async breakdown(source: Source, sorting: Sorting, withLatency: boolean, options: ReadOptions): Promise<Breakdown> {
    const query = breakdownQuery(source, sorting, withLatency);
    return this.read(query, source.scope, endOf(source.plan), options, async (rows, slices) =>
      breakdownOf(await slices.map(allOf(rows), (row) => toRankedRow(row, withLatency)), slices),
    );
  }

  /** What `joinParts` makes a breakdown of. @throws TooManyRows */
  async breakdownPart(source: Source, withLatency: boolean, options: ReadOptions): Promise<PartRows> {
    const query = breakdownQuery(source, 'part', withLatency);
    const parse = (rows: Row[], slices: Slices): Promise<PartRow[]> =>
      slices.map(allOf(rows), (row) => toPartRow(row, withLatency));
    return this.read(query, source.scope, endOf(source.plan), options, parse, sizeOfParts);
  }

  /** Both of them, from the raw events; the source's plan are minutes. @throws TooManyRows */
  async scan(
    source: SeriesSource,
    sorting: Sorting,
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<{ points: Points; breakdown: Breakdown }> {
    const query = scanQuery(source, sorting, withLatency);
    return this.read(query, source.scope, endOf(source.plan), options, async (rows, slices) => {
      const { points, others } = sortedOut(rows);
      const ranked = await slices.map(allOf(others), (row) => toRankedRow(row, withLatency));
      const series = await toSeries(points, withLatency, slices);
      return { points: series.points, breakdown: await breakdownOf(ranked, slices) };
    });
  }

  /** As `scan`, of a part of a window. @throws TooManyRows */
  async scanPart(source: SeriesSource, withLatency: boolean, options: ReadOptions): Promise<PartScan> {
    const query = scanQuery(source, 'part', withLatency);
    const parse = async (rows: Row[], slices: Slices): Promise<PartScan> => {
      const { points, others } = sortedOut(rows);
      const byStart = await slices.map(points, (row): [number, Traffic] => {
        const codes = withLatency ? percentileCodes(latenciesOf(row, withLatency)) : [];
        return [row.number('point') * 1_000, toTraffic(toSums(row), codes)];
      });
      return { points: new Map(byStart), rows: await slices.map(allOf(others), (row) => toPartRow(row, withLatency)) };
    };
    const sizeOf = ({ points, rows }: PartScan): number => points.size + sizeOfParts(rows);
    return this.read(query, source.scope, endOf(source.plan), options, parse, sizeOf);
  }

  /** The first values of a dimension. */
  async topNames(source: Source, values: TopValues, options: ReadOptions): Promise<TopNames> {
    const query = topValuesQuery(source, values);
    return this.read(
      query,
      source.scope,
      endOf(source.plan),
      options,
      (rows) => ({ names: rows.map((row) => row.string('name')), count: rows[0]?.number('value_count') ?? 0 }),
      ({ names }) => names.length,
    );
  }

  /** Sums whole, of these values, and of all others of a dimension together. */
  async shownBreakdown(
    source: Source,
    shown: ShownValues,
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<readonly RankedRow[]> {
    const query = shownBreakdownQuery(source, shown, withLatency);
    return this.read(query, source.scope, endOf(source.plan), options, (rows) =>
      rows.map((row) => toRankedRow(row, withLatency)),
    );
  }

  /** The values of the first groups by requests. */
  async topGroups(source: SeriesSource, grouping: Grouping, options: ReadOptions): Promise<string[][]> {
    const query = topGroupsQuery(source, grouping);
    return this.read(query, source.scope, endOf(source.plan), options, (rows) =>
      rows.map((row) => row.strings('group_values')),
    );
  }

  /** The series of these groups, and then of all others together where there are any. */
  async groups(
    source: SeriesSource,
    { columns, values }: { columns: Grouping['columns']; values: readonly string[][] },
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<Group[]> {
    const query = groupsQuery(source, { columns }, values, withLatency);
    return this.read(query, source.scope, endOf(source.plan), options, (rows, slices) =>
      toGroups(rows, values, withLatency, slices),
    );
  }

  /** Counts by rules, points, keys and endpoints. */
  async counts(read: CountsRead, options: ReadOptions): Promise<CountRow[]> {
    return this.read(countsQuery(read), read.scope, endOf(read.plan), options, (rows, slices) =>
      slices.map(rows, toCountRow),
    );
  }

  /** Requests that follow a failed one, by the number of their rule; from raw events. */
  async retries(read: CountsRead, span: Span, options: ReadOptions): Promise<ReadonlyMap<number, Count>> {
    const sizeOf = (counts: ReadonlyMap<number, Count>): number => counts.size;
    return this.read(retriesQuery(read, span), read.scope, span.to, options, toRetries, sizeOf);
  }

  /** The fullest minute and hour, and the period before. */
  async peaks(of: ContextScope, sources: PeakSources, options: ReadOptions): Promise<PeakContext> {
    const plan = [sources.minutes, sources.hours].filter((some) => some !== null);
    if (plan.length === 0) return NO_PEAKS;
    const end = Math.max(...plan.map(endOf));
    return this.read(peaksQuery(of, sources), of.scope, end, options, (rows) => toPeaks(rows, sources));
  }

  /** Usage of the running minute, hour and day, and what else the minutes of the last days contain. */
  async recent(of: ContextScope, sources: RecentSources, options: ReadOptions): Promise<RecentContext> {
    const parse = ([row]: Row[]): RecentContext => toRecent(row, sources);
    return this.read(recentQuery(of, sources), of.scope, null, options, parse, ({ running }) => 1 + running.length);
  }

  /** The keys that have events on UTC days from one on; those of today need not be among them. */
  async usedKeys(of: ContextScope, from: number, options: ReadOptions): Promise<ReadonlySet<string>> {
    const before = this.historyEnd;
    const query = usedKeysQuery(of, { from, before });
    return this.read(query, of.scope, before, options, (rows) => new Set(rows.map((row) => row.string('key'))));
  }

  /** The hour of the first event, its day where hours are past their retention; null when there is none. */
  async firstEventAt(of: ContextScope, options: ReadOptions): Promise<number | null> {
    const first = (before: number | null): Promise<number | null> =>
      this.read(firstEventQuery(of, { before }), of.scope, before, options, ([row]) =>
        row ? row.number('first_at') * 1_000 : null,
      );
    // What comes in today changes it only where there was nothing.
    const end = this.historyEnd;
    return (end === null ? null : await first(end)) ?? first(null);
  }

  /**
   * @param end of what the query reads; null: it reads whatever there is
   * @param parse makes of the rows what is cached, in slices where they may be thousands
   * @param sizeOf how many rows the answer takes, where these are not the query's
   */
  private read<T>(
    query: Query,
    scope: AccountScope,
    end: number | null,
    options: ReadOptions,
    parse: (rows: Row[], slices: Slices) => T | Promise<T>,
    sizeOf?: (value: T) => number,
  ): Promise<T> {
    const kind = end !== null && end <= (this.historyEnd ?? 0) ? 'history' : 'all';
    const { signal } = options;
    const answer = this.cache.get({
      query,
      kind,
      version: () => this.changes.version(scope, kind),
      read: async () => {
        const rows = await this.clickhouse.query(query.sql, query.parameters, { ...options, account: scope });
        const value = await parse(rows, new Slices(scope, signal));
        return { value, rows: sizeOf?.(value) ?? rows.length };
      },
      isGone: () => signal?.aborted ?? false,
    });
    return signal === undefined ? answer : unlessAborted(answer, signal);
  }
}

/** @throws TooManyRows where some were left off */
function allOf(rows: Row[]): Row[] {
  if (rows.length > MAX_ROWS) throw new TooManyRows();
  return rows;
}
