/**
 * GET /usage against a plain oracle over random events, for every timeframe and granularity.
 * Real: the engine, the schema and its views, the service and repository. Not real: the clock (held still), the keys.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ApiException, Clock, GRANULARITIES, TIMEFRAMES } from '@meterhouse/common';
import { MemoryRateLimitStorage } from '../../apps/api/src/rate-limiting/memory-rate-limit.storage';
import { RateLimitsService } from '../../apps/api/src/rate-limiting/rate-limits.service';
import { UsageQueryDto } from '../../apps/api/src/usage/dto/usage-query.dto';
import type { UsageResponseDto } from '../../apps/api/src/usage/dto/usage-response.dto';
import { UsageRepository } from '../../apps/api/src/usage/usage.repository';
import { UsageService } from '../../apps/api/src/usage/usage.service';
import { anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ListedKeys, aKey } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';
import {
  type OracleEvent,
  groupBy,
  oracleBucket,
  oraclePeak,
  oracleTraffic,
  oracleWindow,
} from '../support/usage-oracle';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

class HeldClock extends Clock {
  constructor(public at: number) {
    super();
  }
  now(): number {
    return this.at;
  }
}

const queryOf = (given: Partial<UsageQueryDto>): UsageQueryDto => Object.assign(new UsageQueryDto(), given);

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Percentages and means are rounded to six decimals. */
function expectNear(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
}

/** The contract allows 1 % relative; the service promises 0.4 %. */
function expectPercentile(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.004 * expected);
}

function expectAgrees(
  answer: UsageResponseDto,
  events: OracleEvent[],
  timeframe: string,
  granularity: string,
  now: number,
): void {
  const { from, end, counted } = oracleWindow(events, timeframe, now);
  expect(answer.period.from).toBe(new Date(from).toISOString());
  expect(answer.period.to).toBe(new Date(now).toISOString());
  expectTotals(answer, counted, now - from);
  expectSeries(answer, counted, granularity, from, now);
  expectBreakdown(answer, counted);
  expectErrors(answer, counted);
  expect(end).toBeGreaterThan(now);
}

function expectTotals({ usage, latency }: UsageResponseDto, counted: OracleEvent[], length: number): void {
  const total = oracleTraffic(counted);
  expect(usage).toMatchObject({
    totalRequests: total.requests,
    successfulRequests: total.requests - total.failed,
    failedRequests: total.failed,
    throttledRequests: total.throttled,
    dataTransferred: total.bytes,
    peakLatency: total.peak,
  });
  expectNear(usage.averageLatency, total.average);
  expectNear(usage.requestsPerMinute, (total.requests * MINUTE) / length);
  expectNear(usage.averageDataPerRequest, total.requests === 0 ? null : total.bytes / total.requests);
  expectNear(usage.successRate, total.requests === 0 ? 0 : (100 * (total.requests - total.failed)) / total.requests);
  if (usage.peakRequestsPerMinute !== null) expect(usage.peakRequestsPerMinute).toBe(oraclePeak(counted, MINUTE));
  if (usage.peakRequestsPerHour !== null) expect(usage.peakRequestsPerHour).toBe(oraclePeak(counted, HOUR));
  expectNear(latency?.average, total.average);
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

function expectSeries(
  { timeSeries, usage }: UsageResponseDto,
  counted: OracleEvent[],
  granularity: string,
  from: number,
  now: number,
): void {
  const buckets = groupBy(counted, (event) => oracleBucket(granularity, event.timestamp));
  const starts = timeSeries.map((point) => Date.parse(point.timestamp));
  expect(starts[0]).toBe(oracleBucket(granularity, from));
  expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  // Each bucket begins where the one before ends: an instant before it belongs to its predecessor.
  const gaps = starts.filter((start, index) => index > 0 && oracleBucket(granularity, start - 1) !== starts[index - 1]);
  expect(gaps).toEqual([]);
  expect(starts.at(-1)).toBeGreaterThanOrEqual(oracleBucket(granularity, now));
  expect(sum(timeSeries.map((point) => point.requests))).toBe(usage.totalRequests);
  expect(timeSeries.filter((point) => point.requests > 0).length).toBe(buckets.size);
  for (const point of timeSeries) {
    if (point.requests === 0) continue;
    const traffic = oracleTraffic(buckets.get(Date.parse(point.timestamp)) ?? []);
    expect(point.requests).toBe(traffic.requests);
    expect([point.failedRequests, point.throttledRequests]).toEqual([traffic.failed, traffic.throttled]);
    expect([point.dataTransferred, point.peakLatency]).toEqual([traffic.bytes, traffic.peak]);
    expectNear(point.averageLatency, traffic.average);
    expectPercentile(point.p50, traffic.percentile(0.5));
    expectPercentile(point.p95, traffic.percentile(0.95));
    expectPercentile(point.p99, traffic.percentile(0.99));
  }
}

function expectBreakdown({ breakdown, usage, pagination }: UsageResponseDto, counted: OracleEvent[]): void {
  if (!breakdown) throw new Error('The answer should have a breakdown.');
  const endpoints = groupBy(counted, (event) => event.endpoint);
  const expectedOrder = [...endpoints]
    .map(([endpoint, events]) => ({ endpoint, requests: events.length }))
    .sort((a, b) => b.requests - a.requests || Buffer.compare(Buffer.from(a.endpoint), Buffer.from(b.endpoint)));
  expect(breakdown.byEndpoint.map(({ endpoint, requests }) => ({ endpoint, requests }))).toEqual(expectedOrder);
  expect(pagination).toEqual({ total: endpoints.size, limit: 100, offset: 0, hasMore: false });
  for (const item of breakdown.byEndpoint) {
    const traffic = oracleTraffic(endpoints.get(item.endpoint) ?? []);
    expect([item.failedRequests, item.dataTransferred]).toEqual([traffic.failed, traffic.bytes]);
    expectNear(item.averageLatency, traffic.average);
    expectPercentile(item.p95, traffic.percentile(0.95));
    const last = Math.max(...(endpoints.get(item.endpoint) ?? []).map((event) => event.timestamp));
    expect(item.lastRequestAt).toBe(new Date(last).toISOString());
  }
  const counts = (key: (event: OracleEvent) => string | number) =>
    new Map([...groupBy(counted, key)].map(([value, events]) => [value, events.length]));
  expect(new Map(breakdown.byMethod.map((item) => [item.method, item.requests]))).toEqual(
    counts((event) => event.method),
  );
  expect(new Map(breakdown.byStatusCode.map((item) => [item.statusCode, item.requests]))).toEqual(
    counts((event) => event.statusCode),
  );
  expect(new Map(breakdown.byKey.map((item) => [item.keyId, item.requests]))).toEqual(counts((event) => event.keyId));
  for (const part of [breakdown.byEndpoint, breakdown.byMethod, breakdown.byStatusCode, breakdown.byKey]) {
    expect(sum(part.map((item) => item.requests))).toBe(usage.totalRequests);
  }
  for (const item of breakdown.byMethod) expectNear(item.percentage, (100 * item.requests) / usage.totalRequests);
}

function expectErrors({ errors }: UsageResponseDto, counted: OracleEvent[]): void {
  if (!errors) throw new Error('The answer should have errors.');
  const failed = counted.filter((event) => event.statusCode >= 400);
  expect(errors.totalErrors).toBe(failed.length);
  expectNear(errors.errorRate, counted.length === 0 ? 0 : (100 * failed.length) / counted.length);
  const counts = (key: (event: OracleEvent) => string | number) =>
    new Map([...groupBy(failed, key)].map(([value, events]) => [value, events.length]));
  expect(new Map(errors.byType.map((item) => [item.type, item.count]))).toEqual(counts((event) => event.errorType));
  expect(new Map(errors.byEndpoint.map((item) => [item.endpoint, item.count]))).toEqual(
    counts((event) => event.endpoint),
  );
  expect(new Map(errors.byStatusCode.map((item) => [item.statusCode, item.count]))).toEqual(
    counts((event) => event.statusCode),
  );
}

describe('GET /usage against the oracle', () => {
  let storage: TestStorage;
  const keys = new ListedKeys();
  const clock = new HeldClock(Date.now());
  let usage: UsageService;

  beforeAll(async () => {
    storage = await openTestStorage();
    const limits = new RateLimitsService(new MemoryRateLimitStorage(), clock);
    usage = new UsageService(new UsageRepository(storage.clickhouse), keys, limits, clock, storage.settings);
  });

  afterAll(() => storage.close());

  it('equals what plain code finds, for every timeframe and granularity', async () => {
    const start = Date.now();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3 * HOUR).chain((back) =>
          fc.record({
            now: fc.constant(start - back),
            events: fc.array(anEvent(start - back, ['k1', 'k2', 'k3']), { maxLength: 120 }),
          }),
        ),
        fc.integer({ min: 1, max: 50 }),
        async ({ now, events }, batch) => {
          const account = randomUUID();
          clock.at = now;
          for (const id of ['k1', 'k2', 'k3']) await keys.save(aKey({ id, accountId: account }));
          for (let i = 0; i < events.length; i += batch)
            await insertEvents(storage.clickhouse, account, events.slice(i, i + batch));
          for (const timeframe of TIMEFRAMES) {
            for (const granularity of GRANULARITIES) {
              const answer = await usage.usage(account, queryOf({ timeframe, granularity })).catch((error: unknown) => {
                if (error instanceof ApiException && error.code === 'GRANULARITY_TOO_FINE') return null;
                throw error;
              });
              if (answer) expectAgrees(answer, events, timeframe, granularity, now);
            }
          }
          const one = await usage.usage(account, queryOf({ timeframe: '30d', granularity: 'day', keyId: 'k2' }));
          expectAgrees(
            one,
            events.filter((event) => event.keyId === 'k2'),
            '30d',
            'day',
            now,
          );
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('answers the same whatever the order and the batches', async () => {
    const now = Date.now();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(now, ['k1', 'k2']), { minLength: 1, maxLength: 60 }).chain((events) =>
          fc.record({
            events: fc.constant(events),
            shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
          }),
        ),
        async ({ events, shuffled }) => {
          clock.at = now;
          const [a, b] = [randomUUID(), randomUUID()];
          await insertEvents(storage.clickhouse, a, events);
          for (const event of shuffled) await insertEvents(storage.clickhouse, b, [event]);
          for (const timeframe of ['24h', '90d', 'all'] as const) {
            const query = queryOf({ timeframe, granularity: 'day' });
            expect(await usage.usage(a, query)).toEqual(await usage.usage(b, query));
          }
        },
      ),
      { numRuns: 5 },
    );
  }, 120_000);

  it('pages endpoints in every order without gaps or overlaps', async () => {
    const now = Date.now();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(now, ['k1']), { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        async (events, limit) => {
          clock.at = now;
          const account = randomUUID();
          await insertEvents(storage.clickhouse, account, events);
          for (const sort of ['requests', 'errors', 'latency', 'timestamp'] as const) {
            for (const order of ['asc', 'desc'] as const) {
              const whole = await usage.usage(account, queryOf({ timeframe: 'all', sort, order, granularity: 'day' }));
              const pages: unknown[] = [];
              for (let offset = 0; ; offset += limit) {
                const page = await usage.usage(
                  account,
                  queryOf({ timeframe: 'all', sort, order, limit, offset, granularity: 'day' }),
                );
                pages.push(...(page.breakdown?.byEndpoint ?? []));
                expect(page.timeSeries).toEqual(whole.timeSeries);
                if (!page.pagination.hasMore) break;
              }
              expect(pages).toEqual(whole.breakdown?.byEndpoint);
            }
          }
        },
      ),
      { numRuns: 5 },
    );
  }, 120_000);
});
