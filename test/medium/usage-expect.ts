/** Holds an answer of `GET /usage` against the oracle. */
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import type { LatencyDto, PointDto, UsageTotalsDto } from '../../apps/api/src/usage/answer/dto/usage-totals.dto';
import {
  type OracleEvent,
  type OracleQuery,
  byBytes,
  groupBy,
  isAskedFor,
  oracleGroups,
  oraclePeak,
  oraclePeaksKept,
  oracleStarts,
  oracleTraffic,
  oracleWindow,
} from '../support/usage-oracle';

const MINUTE = 60_000;

const iso = (at: number): string => new Date(at).toISOString();
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** The events of a query's window that pass its filters, and the window. */
export function countedBy(query: OracleQuery, events: OracleEvent[]) {
  const window = oracleWindow(events, query);
  const { from, end } = window;
  const counted = events.filter(
    (event) => event.timestamp >= from && event.timestamp < end && isAskedFor(event, query),
  );
  return { ...window, counted };
}

/** The whole answer. */
export function expectAgrees(answer: UsageResponseDto, query: OracleQuery, events: OracleEvent[]): void {
  const { from, to, end, counted } = countedBy(query, events);
  expect(answer.period).toMatchObject({
    timeframe: query.timeframe ?? 'custom',
    granularity: query.granularity,
    timezone: query.timezone,
    weekStart: query.weekStart,
    from: iso(from),
    to: iso(to),
    complete: to <= query.now,
  });
  expectTotals(answer.usage, query, { from, to, end }, counted);
  expectLatency(answer.latency, counted);
  expectSeries(answer.timeSeries, counted, startsOf(query, { from, to, end }, counted));
  expectBreakdown(answer, counted);
  expectErrors(answer, counted);
}

/** The starts of the points: up to now or `to`, and further ones up to the last with an event. */
export function startsOf(
  query: OracleQuery,
  { from, to, end }: { from: number; to: number; end: number },
  counted: OracleEvent[],
): number[] {
  const last = Math.max(from, ...counted.map((event) => event.timestamp));
  return oracleStarts(query, from, end).filter((start) => start < to || start <= last || (to < end && start === to));
}

/** Percentages and means are rounded to six decimals. */
function expectNear(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
}

/** The contract allows 1 % relative; the service promises 0.33 %. */
function expectPercentile(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.0033 * expected + 1e-9);
}

/** What totals and points have alike. */
function countsAndPeak({ requests, failed, throttled, bytes, peak }: ReturnType<typeof oracleTraffic>) {
  return {
    successfulRequests: requests - failed,
    failedRequests: failed,
    throttledRequests: throttled,
    dataTransferred: bytes,
    peakLatency: peak,
  };
}

/** @param window that means are over */
export function expectTotals(
  usage: UsageTotalsDto,
  query: OracleQuery,
  { from, to, end }: { from: number; to: number; end: number },
  counted: OracleEvent[],
): void {
  const kept = oraclePeaksKept(query, from, end);
  const total = oracleTraffic(counted);
  expect(usage).toMatchObject({
    totalRequests: total.requests,
    ...countsAndPeak(total),
    peakRequestsPerMinute: kept.minute ? oraclePeak(counted, 'minute', query.timezone) : null,
    peakRequestsPerHour: kept.hour ? oraclePeak(counted, 'hour', query.timezone) : null,
  });
  expectNear(usage.averageLatency, total.average);
  expectNear(usage.requestsPerMinute, (total.requests * MINUTE) / (to - from));
  expectNear(usage.averageDataPerRequest, total.requests === 0 ? null : total.bytes / total.requests);
  expectNear(usage.successRate, total.requests === 0 ? null : (100 * (total.requests - total.failed)) / total.requests);
}

export function expectLatency(latency: LatencyDto | undefined, counted: OracleEvent[]): void {
  const total = oracleTraffic(counted);
  expectNear(latency?.average, total.average);
  expect(latency?.peak).toBe(total.peak);
  for (const [name, q] of [
    ['p50', 0.5],
    ['p75', 0.75],
    ['p90', 0.9],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    expectPercentile(latency?.[name], total.percentile(q));
  }
}

export function expectSeries(timeSeries: PointDto[], counted: OracleEvent[], starts: number[]): void {
  expect(timeSeries.map((point) => point.timestamp)).toEqual(starts.map(iso));
  const bucketOf = ({ timestamp }: OracleEvent): number => starts.findLast((start) => start <= timestamp) ?? NaN;
  const buckets = groupBy(counted, bucketOf);
  for (const point of timeSeries) {
    const events = buckets.get(Date.parse(point.timestamp));
    // Years of hours are mostly empty.
    if (events === undefined && point.requests === 0 && point.peakLatency === null) continue;
    const traffic = oracleTraffic(events ?? []);
    expect(point).toMatchObject({ requests: traffic.requests, ...countsAndPeak(traffic) });
    expectNear(point.averageLatency, traffic.average);
    expectPercentile(point.p50, traffic.percentile(0.5));
    expectPercentile(point.p95, traffic.percentile(0.95));
    expectPercentile(point.p99, traffic.percentile(0.99));
  }
}

function countsOf(events: OracleEvent[], key: (event: OracleEvent) => string | number): Map<string | number, number> {
  return new Map([...groupBy(events, key)].map(([value, group]) => [value, group.length]));
}

function expectBreakdown({ breakdown, usage, pagination }: UsageResponseDto, counted: OracleEvent[]): void {
  if (!breakdown) throw new Error('The answer should have a breakdown.');
  const endpoints = groupBy(counted, (event) => event.endpoint);
  const expectedOrder = [...endpoints]
    .map(([endpoint, events]) => ({ endpoint, requests: events.length }))
    .sort((a, b) => b.requests - a.requests || byBytes(a.endpoint, b.endpoint));
  expect(breakdown.byEndpoint.map(({ endpoint, requests }) => ({ endpoint, requests }))).toEqual(expectedOrder);
  expect(pagination).toEqual({ total: endpoints.size, limit: 100, offset: 0, hasMore: false });
  for (const item of breakdown.byEndpoint) {
    const events = endpoints.get(item.endpoint) ?? [];
    const traffic = oracleTraffic(events);
    expect([item.failedRequests, item.dataTransferred]).toEqual([traffic.failed, traffic.bytes]);
    expectNear(item.averageLatency, traffic.average);
    expectPercentile(item.p95, traffic.percentile(0.95));
    expect(item.lastRequestAt).toBe(iso(Math.max(...events.map((event) => event.timestamp))));
  }
  const of = <T extends { requests: number }>(items: T[], key: (item: T) => string | number) =>
    new Map(items.map((item) => [key(item), item.requests]));
  expect(of(breakdown.byMethod, (item) => item.method)).toEqual(countsOf(counted, (event) => event.method));
  expect(of(breakdown.byStatusCode, (item) => item.statusCode)).toEqual(countsOf(counted, (event) => event.statusCode));
  expect(of(breakdown.byKey, (item) => item.keyId)).toEqual(countsOf(counted, (event) => event.keyId));
  for (const part of [breakdown.byEndpoint, breakdown.byMethod, breakdown.byStatusCode, breakdown.byKey]) {
    expect(sum(part.map((item) => item.requests))).toBe(usage.totalRequests);
  }
  for (const item of breakdown.byMethod) expectNear(item.percentage, (100 * item.requests) / usage.totalRequests);
}

function expectErrors({ errors }: UsageResponseDto, counted: OracleEvent[]): void {
  if (!errors) throw new Error('The answer should have errors.');
  const failed = counted.filter((event) => event.statusCode >= 400);
  expect(errors.totalErrors).toBe(failed.length);
  expectNear(errors.errorRate, counted.length === 0 ? null : (100 * failed.length) / counted.length);
  const of = <T extends { count: number }>(items: T[], key: (item: T) => string | number) =>
    new Map(items.map((item) => [key(item), item.count]));
  expect(of(errors.byType, (item) => item.type)).toEqual(countsOf(failed, (event) => event.errorType));
  expect(of(errors.byEndpoint, (item) => item.endpoint)).toEqual(countsOf(failed, (event) => event.endpoint));
  expect(of(errors.byStatusCode, (item) => item.statusCode)).toEqual(countsOf(failed, (event) => event.statusCode));
}

/** The groups, in their order, with their series; they sum to the whole. */
export function expectGroups(
  { groups, usage, timeSeries }: UsageResponseDto,
  query: OracleQuery,
  events: OracleEvent[],
  limit: number,
  accountOf: (keyId: string) => string,
): void {
  const { counted } = countedBy(query, events);
  const values: Record<string, (event: OracleEvent) => string | number> = {
    endpoint: (event) => event.endpoint,
    method: (event) => event.method,
    statusCode: (event) => event.statusCode,
    key: (event) => event.keyId,
    account: (event) => accountOf(event.keyId),
  };
  const named = (event: OracleEvent) => query.groupBy.map((name) => [name, values[name]?.(event)] as const);
  const expected = oracleGroups(counted, (event) => named(event).map(([, value]) => String(value)), limit);
  expect(groups?.by).toEqual(query.groupBy);
  const group = (first: OracleEvent | undefined) => (first ? Object.fromEntries(named(first)) : null);
  expect(groups?.series.map((item) => [item.group, item.requests])).toEqual(
    expected.map((item) => [item.values && group(item.events[0]), item.events.length]),
  );
  const starts = timeSeries.map((point) => Date.parse(point.timestamp));
  for (const [index, item] of (groups?.series ?? []).entries()) {
    const own = expected[index]?.events ?? [];
    const traffic = oracleTraffic(own);
    expect(item).toMatchObject({
      failedRequests: traffic.failed,
      throttledRequests: traffic.throttled,
      dataTransferred: traffic.bytes,
    });
    expectNear(item.percentage, (100 * own.length) / counted.length);
    expectLatency(item.latency, own);
    expectSeries(item.timeSeries, own, starts);
  }
  expect(sum((groups?.series ?? []).map((item) => item.requests))).toBe(usage.totalRequests);
}
