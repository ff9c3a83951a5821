/**
 * Single questions to GET /usage whose answers random ones seldom reach. Real: the engine, the schema and its views, the
 * service with its modules. Not real: the clock, which stands still.
 */
import { aRequest } from '../factories/events';
import { type UsageFixture, openUsage } from './usage-fixture';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const NOW = Date.UTC(2025, 10, 20, 12, 0, 30);

/** Every field of an answer that is named, with its value. */
function namedIn(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.entries(value);
  return [...own, ...Object.values(value).flatMap(namedIn)];
}

describe('GET /usage', () => {
  let usage: UsageFixture;

  beforeAll(async () => {
    usage = await openUsage(NOW);
  });
  afterAll(() => usage.close());

  it('gives every group the points of the whole, also those that are there for an event dated ahead', async () => {
    const { id, keyIds } = await usage.account();
    const [first, second] = keyIds;
    await usage.insert(id, [aRequest(first, NOW - MINUTE), aRequest(first, NOW), aRequest(second, NOW + 3 * MINUTE)]);
    const query = { timeframe: '7d', granularity: 'minute', groupBy: 'key', groupLimit: '2' };
    const { timeSeries, groups } = await usage.ask(id, query);
    const starts = timeSeries.map((point) => point.timestamp);
    expect(starts.at(-1)).toBe('2025-11-20T12:03:00.000Z');
    expect(groups?.series).toHaveLength(2);
    for (const group of groups?.series ?? []) {
      expect(group.timeSeries.map((point) => point.timestamp)).toEqual(starts);
    }
  });

  it('takes a key that is named twice as one', async () => {
    const { id, keyIds } = await usage.account();
    const [keyId] = keyIds;
    await usage.insert(id, [aRequest(keyId, NOW - MINUTE)]);
    expect(await usage.ask(id, { keyId: `${keyId},${keyId}` })).toEqual(await usage.ask(id, { keyId }));
  });

  it.each(['key', 'endpoint'])('compares with the period before where the series is split by %s', async (groupBy) => {
    const { id, keyIds } = await usage.account();
    const [first, second] = keyIds;
    await usage.insert(id, [
      aRequest(first, NOW - 50 * DAY),
      aRequest(second, NOW - 100 * DAY),
      aRequest(first, NOW - 101 * DAY),
    ]);
    const query = {
      from: new Date(NOW - 80 * DAY).toISOString(),
      to: new Date(NOW - 40 * DAY).toISOString(),
      granularity: 'day',
      timezone: 'Asia/Kolkata',
      compare: 'previous',
    };
    const { comparison } = await usage.ask(id, query);
    expect(comparison?.usage.totalRequests).toBe(2);
    expect((await usage.ask(id, { ...query, groupBy })).comparison).toEqual(comparison);
  });

  it('compares a year with as many days before it', async () => {
    const { id } = await usage.account();
    const query = { timeframe: '1y', granularity: 'month', compare: 'previous' };
    const { period, comparison } = await usage.ask(id, query);
    // 365 days and the half of today that has passed, and as much 366 days earlier, to the minute.
    expect(period.from).toBe('2024-11-20T00:00:00.000Z');
    expect(comparison?.period).toEqual({ from: '2023-11-20T00:00:00.000Z', to: '2024-11-19T12:01:00.000Z' });
  });

  it('has no rate, mean or percentage over nothing, also of the period before', async () => {
    const { id } = await usage.account();
    const answer = await usage.ask(id, { timeframe: '24h', compare: 'previous', groupBy: 'endpoint' });
    const isRate = (name: string): boolean => /Rate$|^percentage$|^percent$|^average|^p\d\d$/.test(name);
    const rates = namedIn(answer).filter(([name]) => isRate(name));
    expect([...new Set(rates.map(([name]) => name))].sort()).toEqual([
      'average',
      'averageDataPerRequest',
      'averageLatency',
      'errorRate',
      'p50',
      'p75',
      'p90',
      'p95',
      'p99',
      'percent',
      'successRate',
    ]);
    // A mean over time is 0 where there were no requests in it.
    for (const [name, value] of rates) {
      if (typeof value !== 'object' || value === null) expect([name, value]).toEqual([name, null]);
    }
    expect(answer.usage).toMatchObject({ totalRequests: 0, requestsPerMinute: 0 });
    expect(answer.comparison?.usage).toMatchObject({ successRate: null, requestsPerMinute: 0 });
    expect(JSON.stringify(answer)).not.toContain('NaN');
  });

  it.each([
    ['minutes', { timeframe: '24h' }],
    ['hours', { timeframe: '7d', granularity: 'day' }],
    ['days', { timeframe: '1y', granularity: 'month' }],
    ['minutes of an endpoint', { timeframe: '24h', endpoint: '/v1/orders' }],
    ['hours of an endpoint', { timeframe: '7d', granularity: 'day', endpoint: '/v1/orders' }],
  ])('counts upgraded connections and throttled requests, but not their latency: by %s', async (_, asked) => {
    const { id, keyIds } = await usage.account();
    const request = aRequest(keyIds[0], NOW - 120 * MINUTE);
    await usage.insert(id, [
      { ...request, latencyMs: 10 },
      { ...request, latencyMs: 30 },
      { ...request, latencyMs: 3_600_000, statusCode: 101 },
      { ...request, latencyMs: 0.5, statusCode: 429, errorType: 'rate_limited' },
    ]);
    const { usage: totals, latency, timeSeries, breakdown } = await usage.ask(id, asked);
    expect(totals).toMatchObject({ totalRequests: 4, failedRequests: 1, throttledRequests: 1 });
    expect(totals).toMatchObject({ averageLatency: 20, peakLatency: 30 });
    expect(latency).toMatchObject({ average: 20, peak: 30, p50: expect.closeTo(10, 1), p99: expect.closeTo(30, 0) });
    expect(timeSeries.find(({ requests }) => requests > 0)).toMatchObject({ averageLatency: 20, peakLatency: 30 });
    expect(breakdown?.byEndpoint).toMatchObject([{ requests: 4, averageLatency: 20, p50: expect.closeTo(10, 1) }]);
    const { usage: upgraded, latency: ofUpgraded } = await usage.ask(id, { ...asked, statusCode: '101' });
    expect(upgraded).toMatchObject({ totalRequests: 1, averageLatency: null, peakLatency: null });
    expect(ofUpgraded).toMatchObject({ average: null, p50: null, p99: null });
  });

  it('has no mean over a window that begins now', async () => {
    usage.clock.at = Date.UTC(2025, 10, 20);
    const { id } = await usage.account();
    const { period, usage: totals } = await usage.ask(id, { timeframe: 'all', granularity: 'day' });
    usage.clock.at = NOW;
    expect(period.from).toBe(period.to);
    expect(totals).toMatchObject({ requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null });
  });

  it('counts what happened in the last second of a window', async () => {
    const { id, keyIds } = await usage.account();
    await usage.insert(id, [aRequest(keyIds[0], Date.UTC(2025, 10, 9, 21, 59, 59, 1))]);
    for (const granularity of ['minute', 'hour', 'day']) {
      const window = { from: '2025-11-09T21:30:00Z', to: '2025-11-09T22:00:00Z', granularity };
      const answer = await usage.ask(id, { ...window, endpoint: '/v1/orders' });
      expect(answer.usage).toMatchObject({ totalRequests: 1, peakRequestsPerMinute: 1, peakRequestsPerHour: 1 });
      expect(answer.breakdown?.byEndpoint).toMatchObject([{ requests: 1 }]);
    }
  });
});
