/** Reads usage from the rollups, and from raw events for the minutes that no rollup of every dimension keeps. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions, type Row } from '@meterhouse/clickhouse';
import { AnswerCache } from './answer-cache';
import {
  type Breakdown,
  type EndpointSort,
  type FactSources,
  type Facts,
  type Group,
  NO_TRAFFIC,
  type Series,
  type SeriesSource,
  type Source,
  type Traffic,
} from './figures';
import { breakdownQuery, dimensionOf } from './sql/breakdown.sql';
import { type FactScope, factsQuery, firstEventQuery } from './sql/facts.sql';
import { millisecondsOf } from './sql/latency.sql';
import { type Grouping, groupsQuery, seriesQuery, topGroupsQuery } from './sql/series.sql';
import type { Query } from './sql/source.sql';

export type { ReadOptions };

@Injectable()
export class UsageRepository {
  private readonly cache = new AnswerCache<Row>();

  constructor(private readonly clickhouse: ClickHouse) {}

  /** Sums whole and by bucket. */
  async series(source: SeriesSource, withLatency: boolean, options: ReadOptions): Promise<Series> {
    const series: Series = { total: NO_TRAFFIC, points: new Map() };
    for (const row of await this.read(seriesQuery(source, withLatency), options)) {
      addTo(series, row, toTraffic(row, withLatency));
    }
    return series;
  }

  /** Sums along every dimension, the endpoints in the order asked for. */
  async breakdown(
    source: Source,
    sort: EndpointSort,
    order: 'asc' | 'desc',
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<Breakdown> {
    const breakdown: Breakdown = {
      requests: 0,
      endpoints: [],
      methods: [],
      statusCodes: [],
      errorTypes: [],
      keys: [],
    };
    for (const row of await this.read(breakdownQuery(source, sort, order, withLatency), options)) {
      addDimension(breakdown, row, toTraffic(row, withLatency));
    }
    return breakdown;
  }

  /** The values of the first groups by requests. */
  async topGroups(source: SeriesSource, grouping: Grouping, options: ReadOptions): Promise<string[][]> {
    const rows = await this.read(topGroupsQuery(source, grouping), options);
    return rows.map((row) => row.strings('group_values'));
  }

  /** The series of these groups, and then of all others together where there are any. */
  async groups(
    source: SeriesSource,
    { columns, values }: { columns: Grouping['columns']; values: readonly string[][] },
    withLatency: boolean,
    options: ReadOptions,
  ): Promise<Group[]> {
    const groups = new Map<number, Group>(
      values.map((value, index) => [index + 1, { values: value, total: NO_TRAFFIC, points: new Map() }]),
    );
    for (const row of await this.read(groupsQuery(source, { columns }, values, withLatency), options)) {
      const number = row.number('group_number');
      const group = groups.get(number) ?? { values: null, total: NO_TRAFFIC, points: new Map<number, Traffic>() };
      groups.set(number, group);
      addTo(group, row, toTraffic(row, withLatency));
    }
    return [...groups.values()];
  }

  /** Peaks, the period before, what runs now, and when each key's usage began and ended. */
  async facts(of: FactScope, sources: FactSources, now: number, options: ReadOptions): Promise<Facts> {
    const facts: Facts = {
      keyDays: new Map(),
      peakRequestsPerMinute: null,
      peakRequestsPerHour: null,
      previousRequests: null,
      running: [],
    };
    for (const row of await this.read(factsQuery(of, sources, now), options)) addFact(facts, row, sources);
    return facts;
  }

  /** The hour of the first event, its day where hours are no longer kept; null when there is none. */
  async firstEventAt(of: FactScope, options: ReadOptions): Promise<number | null> {
    const [row] = await this.read(firstEventQuery(of), options);
    return row ? row.number('first_at') * 1_000 : null;
  }

  private async read(query: Query, options: ReadOptions): Promise<Row[]> {
    const { version } = this.clickhouse;
    const kept = this.cache.get(query, version);
    if (kept) return kept;
    const rows = await this.clickhouse.query(query.sql, query.parameters, options);
    if (version === this.clickhouse.version) this.cache.keep(query, version, rows);
    return rows;
  }
}

function addTo(series: Series, row: Row, traffic: Traffic): void {
  const point = row.number('point');
  if (point === 0) series.total = traffic;
  else series.points.set(point * 1_000, traffic);
}

function addDimension(breakdown: Breakdown, row: Row, traffic: Traffic): void {
  switch (dimensionOf(row.number('dimension'))) {
    case 'endpoint':
      breakdown.requests += traffic.requests;
      breakdown.endpoints.push({ ...traffic, endpoint: row.string('endpoint'), lastAt: row.number('last_request_at') });
      break;
    case 'method':
      breakdown.methods.push({ ...traffic, method: row.string('method') });
      break;
    case 'status_code':
      breakdown.statusCodes.push({ ...traffic, statusCode: row.number('status_code') });
      break;
    case 'error_type':
      if (traffic.failed > 0) breakdown.errorTypes.push({ ...traffic, errorType: row.string('error_type') });
      break;
    case 'key_id':
      breakdown.keys.push({ ...traffic, keyId: row.string('key_id') });
      break;
  }
}

function addFact(facts: Facts, row: Row, { previousIn, fullestHour }: FactSources): void {
  const [first, second, third] = [row.number('first'), row.number('second'), row.number('third')];
  const keyId = row.string('key');
  switch (row.string('fact')) {
    case 'key_days':
      facts.keyDays.set(keyId, { first: first * 1_000, last: second * 1_000 });
      break;
    case 'minutes':
      facts.peakRequestsPerMinute = first;
      if (previousIn === 'minutes') facts.previousRequests = second;
      break;
    case 'hours':
      if (fullestHour) facts.peakRequestsPerHour = first;
      if (previousIn === 'hours') facts.previousRequests = second;
      break;
    case 'running':
      facts.running.push({ keyId, minute: first, hour: second, day: third });
      break;
  }
}

function toTraffic(row: Row, withLatency: boolean): Traffic {
  const [requests, throttled] = [row.number('request_count'), row.number('throttled_count')];
  const timed = requests - throttled;
  const peak = row.number('latency_max') / 1_000;
  const codes = withLatency && timed > 0 ? row.numbersOrNull('latency_codes') : [];
  const [p50, p75, p90, p95, p99] = codes.map((code) => (code === null ? null : millisecondsOf(code, peak)));
  return {
    requests,
    failed: row.number('failed_count'),
    throttled,
    averageLatency: timed > 0 ? row.number('latency_sum') / timed / 1_000 : null,
    peakLatency: timed > 0 ? peak : null,
    bytes: row.number('byte_count'),
    percentiles: { p50: p50 ?? null, p75: p75 ?? null, p90: p90 ?? null, p95: p95 ?? null, p99: p99 ?? null },
  };
}
