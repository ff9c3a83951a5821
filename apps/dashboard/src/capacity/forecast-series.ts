/** The past and the forecast as one series of days. */
import type { Usage } from '../api/client';
import type { Forecast } from '../api/use-capacity';
import type { Series } from '../chart/series';
import type { MetricInfo } from '../overview/metrics';
import { bucketEnd } from '../time/zone';

/**
 * Whole days of the past, and those of the forecast. The day that runs is forecast as a whole.
 * @param metric what of the past is drawn
 */
export function forecastSeries(
  { timeSeries, period }: Pick<Usage, 'timeSeries' | 'period'>,
  { points }: Forecast,
  metric: MetricInfo,
  zone: string,
): Series {
  const first = points[0] === undefined ? Infinity : Date.parse(points[0].timestamp);
  // A first day that the window cuts would look like a fall.
  const from = Date.parse(period.from);
  const past = timeSeries.filter(({ timestamp }) => Date.parse(timestamp) >= from && Date.parse(timestamp) < first);
  const starts = [
    ...past.map(({ timestamp }) => Date.parse(timestamp)),
    ...points.map(({ timestamp }) => Date.parse(timestamp)),
  ];
  const last = starts.at(-1);
  const [none, nothing] = [past.map(() => null), points.map(() => null)];
  const figures = past.map((point) => metric.of(point));
  // The two lines meet, so that no gap is seen where none is.
  const joined = [...none.slice(1), ...figures.slice(-1), ...points.map(({ expected }) => expected)];
  return {
    label: metric.label,
    starts,
    ends: [...starts.slice(1), ...(last === undefined ? [] : [bucketEnd(last, 'day', zone)])],
    partial: starts.map(() => false),
    lines: [
      { name: 'value', label: 'Measured', values: [...figures, ...nothing], area: true },
      { name: 'expected', label: 'Expected', values: joined },
    ],
    bands: [
      {
        name: 'band95',
        label: '95 of 100 cases',
        low: [...none, ...points.map(({ low95 }) => low95)],
        high: [...none, ...points.map(({ high95 }) => high95)],
      },
      {
        name: 'band80',
        label: '8 of 10 cases',
        low: [...none, ...points.map(({ low80 }) => low80)],
        high: [...none, ...points.map(({ high80 }) => high80)],
      },
    ],
    format: metric.format,
    short: metric.short,
    wholeOnly: true,
  };
}
