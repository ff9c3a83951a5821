/** Reads usage from the rollups: three statements a call, none over raw events. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row } from '@meterhouse/clickhouse';
import {
  type EndpointSort,
  type Facts,
  type Figures,
  type LatencyFigures,
  NO_PERCENTILES,
  NO_TRAFFIC,
  type Percentiles,
  type Read,
  type Traffic,
} from './figures';
import { factsQuery, figuresQuery, latencyQuery } from './usage.sql';

@Injectable()
export class UsageRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Sums along every dimension, the endpoints in the order asked for. */
  async figures(read: Read, sort: EndpointSort, order: 'asc' | 'desc'): Promise<Figures> {
    const { sql, parameters } = figuresQuery(read, sort, order);
    return toFigures(await this.clickhouse.query(sql, parameters));
  }

  /** Percentiles of latency in all, by bucket and by endpoint. */
  async latency(read: Read): Promise<LatencyFigures> {
    const { sql, parameters } = latencyQuery(read);
    const figures: LatencyFigures = { total: NO_PERCENTILES, points: new Map(), endpoints: new Map() };
    for (const row of await this.clickhouse.query(sql, parameters)) {
      const percentiles = toPercentiles(row);
      const dimension = row.string('dimension');
      if (dimension === 'point') figures.points.set(row.number('point_start') * 1_000, percentiles);
      else if (dimension === 'endpoint') figures.endpoints.set(row.string('endpoint'), percentiles);
      else figures.total = percentiles;
    }
    return figures;
  }

  /** Peaks, the period before, what runs now, and when each key's usage began and ended. */
  async facts(read: Read, now: number, previousFrom: number): Promise<Facts> {
    const { sql, parameters } = factsQuery(read, now, previousFrom);
    const facts: Facts = {
      keyDays: new Map(),
      peakRequestsPerMinute: 0,
      peakRequestsPerHour: 0,
      previousRequests: 0,
      running: [],
    };
    for (const row of await this.clickhouse.query(sql, parameters)) addFact(facts, row);
    return facts;
  }
}

function addFact(facts: Facts, row: Row): void {
  const [first, second, third] = [row.number('first'), row.number('second'), row.number('third')];
  const keyId = row.string('key_id');
  switch (row.string('fact')) {
    case 'key_days':
      facts.keyDays.set(keyId, { first: first * 1_000, last: second * 1_000 });
      break;
    case 'peak_minute':
      facts.peakRequestsPerMinute = first;
      break;
    case 'peak_hour':
      facts.peakRequestsPerHour = first;
      break;
    case 'previous':
      facts.previousRequests = first;
      break;
    case 'running':
      facts.running.push({ keyId, minute: first, hour: second, day: third });
      break;
  }
}

function toFigures(rows: Row[]): Figures {
  const figures: Figures = {
    total: NO_TRAFFIC,
    points: new Map(),
    endpoints: [],
    methods: [],
    statusCodes: [],
    errorTypes: [],
    keys: [],
  };
  for (const row of rows) {
    const traffic = toTraffic(row);
    switch (row.string('dimension')) {
      case 'total':
        figures.total = traffic;
        break;
      case 'point':
        figures.points.set(row.number('point_start') * 1_000, traffic);
        break;
      case 'endpoint':
        figures.endpoints.push({ ...traffic, endpoint: row.string('endpoint') });
        break;
      case 'method':
        figures.methods.push({ ...traffic, method: row.string('method') });
        break;
      case 'status_code':
        figures.statusCodes.push({ ...traffic, statusCode: row.number('status_code') });
        break;
      case 'error_type':
        if (traffic.failed > 0) figures.errorTypes.push({ ...traffic, errorType: row.string('error_type') });
        break;
      case 'key':
        figures.keys.push({ ...traffic, keyId: row.string('key_id') });
        break;
    }
  }
  return figures;
}

function toTraffic(row: Row): Traffic {
  return {
    requests: row.number('request_count'),
    failed: row.number('failed'),
    throttled: row.number('throttled'),
    averageLatency: row.numberOrNull('average_latency'),
    peakLatency: row.numberOrNull('peak_latency'),
    bytes: row.number('byte_count'),
    lastAt: row.number('last_request_at'),
  };
}

/** Milliseconds; none is above the peak. */
function toPercentiles(row: Row): Percentiles {
  const peak = row.number('peak_us');
  const [p50, p75, p90, p95, p99] = row
    .numbersOrNull('percentiles_us')
    .map((value) => (value === null ? null : Math.min(middleOfBFloat16(value), peak) / 1_000));
  return { p50: p50 ?? null, p75: p75 ?? null, p90: p90 ?? null, p95: p95 ?? null, p99: p99 ?? null };
}

/**
 * The rollups keep the upper 8 bits of each latency: the middle of the whole microseconds that share them is at most
 * 0.4 % off each. Below 256 µs nothing was cut.
 */
function middleOfBFloat16(microseconds: number): number {
  const bits = 32 - Math.clz32(microseconds);
  const step = 2 ** Math.max(0, bits - 8);
  return microseconds + (step - 1) / 2;
}
