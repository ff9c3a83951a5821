/** What the chart is told: gaps, zeros, cut buckets, the period before. */
import type { Usage } from '../api/client';
import { METRIC_INFO } from '../overview/metrics';
import { bucketsOf, describe as sentence } from './series';

const point = (timestamp: string, requests: number, failedRequests = 0, p95: number | null = null) => ({
  timestamp,
  requests,
  successfulRequests: requests - failedRequests,
  failedRequests,
  throttledRequests: 0,
  dataTransferred: 0,
  p95,
});

/** Only what a series is made of. */
const usage = (watermark = '2026-11-22T12:20:00.000Z'): Usage =>
  ({
    period: {
      from: '2026-11-22T10:15:00.000Z',
      to: '2026-11-22T12:20:00.000Z',
      watermark,
      granularity: 'hour',
      timezone: 'UTC',
    },
    timeSeries: [
      point('2026-11-22T10:00:00.000Z', 4, 1, 20),
      point('2026-11-22T11:00:00.000Z', 0),
      point('2026-11-22T12:00:00.000Z', 10, 10, 30),
    ],
    comparison: { timeSeries: [point('2026-11-22T08:00:00.000Z', 8)] },
  }) as unknown as Usage;

it('shows zeros as zeros and what cannot be measured as a gap', () => {
  expect(bucketsOf(usage(), METRIC_INFO.requests, false).map(({ value }) => value)).toEqual([4, 0, 10]);
  expect(bucketsOf(usage(), METRIC_INFO.errorRate, false).map(({ value }) => value)).toEqual([25, null, 100]);
  expect(bucketsOf(usage(), METRIC_INFO.p95, false).map(({ value }) => value)).toEqual([20, null, 30]);
});

it('marks the buckets that the window cuts, and those that the watermark has not passed', () => {
  const partial = (of: Usage) => bucketsOf(of, METRIC_INFO.requests, false).map((bucket) => bucket.partial);
  expect(partial(usage())).toEqual([true, false, true]);
  expect(partial(usage('2026-11-22T11:59:59.999Z'))).toEqual([true, true, true]);
  expect(partial(usage('2026-11-22T12:00:00.000Z'))).toEqual([true, false, true]);
});

it('lays the period before under it where it is compared', () => {
  const previous = (compare: boolean) =>
    bucketsOf(usage(), METRIC_INFO.requests, compare).map((bucket) => bucket.previous);
  expect(previous(true)).toEqual([8, null, null]);
  expect(previous(false)).toEqual([null, null, null]);
});

it('says the series in a sentence', () => {
  const nameOf = (start: number): string => new Date(start).toISOString().slice(11, 16);
  expect(sentence(bucketsOf(usage(), METRIC_INFO.requests, false), METRIC_INFO.requests, nameOf)).toBe(
    'Requests from 10:00 to 12:00, 3 buckets; the highest is 10 at 12:00.',
  );
  expect(sentence([], METRIC_INFO.requests, nameOf)).toBe('Requests: nothing in this period.');
});
