/** What the chart is told: gaps, zeros, cut buckets, the period before. */
import type { Usage } from '../api/client';
import { METRIC_INFO } from '../overview/metrics';
import { describe as sentence, latencySeries, peakOf, seriesOf } from './series';

const point = (timestamp: string, requests: number, failedRequests = 0, p95: number | null = null) => ({
  timestamp,
  requests,
  successfulRequests: requests - failedRequests,
  failedRequests,
  throttledRequests: 0,
  dataTransferred: 0,
  p50: p95 === null ? null : p95 / 2,
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
  }) as unknown as Usage;

const nameOf = (start: number): string => new Date(start).toISOString().slice(11, 16);

it('shows zeros as zeros and what cannot be measured as a gap', () => {
  const values = (metric: keyof typeof METRIC_INFO) => seriesOf(usage(), METRIC_INFO[metric], null).lines[0]?.values;
  expect(values('requests')).toEqual([4, 0, 10]);
  expect(values('errorRate')).toEqual([25, null, 100]);
  expect(values('p95')).toEqual([20, null, 30]);
});

it('marks the buckets that the window cuts, and those that the watermark has not passed', () => {
  const partial = (of: Usage) => seriesOf(of, METRIC_INFO.requests, null).partial;
  expect(partial(usage())).toEqual([true, false, true]);
  expect(partial(usage('2026-11-22T11:59:59.999Z'))).toEqual([true, true, true]);
  expect(partial(usage('2026-11-22T12:00:00.000Z'))).toEqual([true, false, true]);
});

it('lays what was before under it where it is compared', () => {
  const names = (before: Parameters<typeof seriesOf>[2]) =>
    seriesOf(usage(), METRIC_INFO.requests, before).lines.map(({ name }) => name);
  const { lines } = seriesOf(usage(), METRIC_INFO.requests, [undefined, point('2026-11-22T08:00:00.000Z', 8)]);
  expect(lines.at(-1)).toMatchObject({ name: 'previous', values: [null, 8, null] });
  expect(names(null)).toEqual(['value', 'failed']);
  expect(names([undefined])).toEqual(['value', 'failed']);
});

it('draws several figures of the latency', () => {
  const { lines } = latencySeries(usage(), ['p50', 'p95']);
  expect(lines.map(({ name, values }) => [name, values])).toEqual([
    ['p50', [10, null, 15]],
    ['p95', [20, null, 30]],
  ]);
});

it('finds the first of the highest', () => {
  expect(peakOf({ name: 'value', label: '', values: [null, 0, 7, 3, 7] })).toBe(2);
  expect(peakOf({ name: 'value', label: '', values: [null] })).toBe(-1);
});

it('says the series in a sentence', () => {
  const requests = seriesOf(usage(), METRIC_INFO.requests, null);
  expect(sentence(requests, nameOf)).toBe('Requests from 10:00 to 12:00, 3 buckets; the highest is 10 at 12:00.');
  expect(sentence(latencySeries(usage(), ['p50', 'p95']), nameOf)).toBe(
    'Latency from 10:00 to 12:00, 3 buckets; the highest of p50 is 15\u202fms at 12:00, the highest of p95 is 30\u202fms at 12:00.',
  );
  expect(sentence({ ...requests, starts: [] }, nameOf)).toBe('Requests: nothing in this period.');
});
