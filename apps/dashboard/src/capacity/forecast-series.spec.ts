import type { Usage } from '../api/client';
import type { Forecast } from '../api/use-capacity';
import { METRIC_INFO } from '../overview/metrics';
import { forecastSeries } from './forecast-series';

const day = (date: number): string => new Date(Date.UTC(2026, 10, date)).toISOString();

const point = (date: number, requests: number): Usage['timeSeries'][number] => ({
  timestamp: day(date),
  requests,
  successfulRequests: requests,
  failedRequests: 0,
  throttledRequests: 0,
  dataTransferred: 0,
  averageLatency: null,
  peakLatency: null,
  p50: null,
  p95: null,
  p99: null,
});

const usage = (from: string, points: Usage['timeSeries']): Pick<Usage, 'timeSeries' | 'period'> => ({
  timeSeries: points,
  period: {
    timeframe: '30d',
    from,
    to: day(30),
    timezone: 'UTC',
    granularity: 'day',
    weekStart: 'monday',
    resolution: 'day',
    watermark: day(30),
    complete: true,
  },
});

const expected = (date: number): Forecast['points'][number] => ({
  timestamp: day(date),
  expected: 10,
  low80: 8,
  high80: 12,
  low95: 6,
  high95: 14,
});

const forecast = (points: Forecast['points']): Forecast => ({
  success: true,
  method: 'week-shape',
  history: { from: day(1), to: day(5), requests: 100, throttledRequests: 0 },
  points,
  total: null,
  accuracy: null,
  confidence: 'ok',
  notice: null,
  timestamp: day(5),
});

it('joins whole days of the past with those of the forecast, which has the day that runs', () => {
  const past = usage('2026-11-01T12:00:00.000Z', [point(1, 3), point(2, 7), point(3, 9), point(4, 2)]);
  const { starts, lines, bands } = forecastSeries(
    past,
    forecast([expected(4), expected(5)]),
    METRIC_INFO.requests,
    'UTC',
  );
  expect(starts).toEqual([2, 3, 4, 5].map((date) => Date.parse(day(date))));
  expect(lines.map(({ values }) => values)).toEqual([
    [7, 9, null, null],
    [null, 9, 10, 10],
  ]);
  expect(bands?.map(({ low, high }) => [low, high])).toEqual([
    [
      [null, null, 6, 6],
      [null, null, 14, 14],
    ],
    [
      [null, null, 8, 8],
      [null, null, 12, 12],
    ],
  ]);
});

it('shows the past alone where there is no forecast', () => {
  const { starts, lines } = forecastSeries(
    usage(day(1), [point(1, 3), point(2, 4)]),
    forecast([]),
    METRIC_INFO.requests,
    'UTC',
  );
  expect(starts).toHaveLength(2);
  expect(lines[1]?.values).toEqual([null, 4]);
});
