/** A time series as the chart draws it. */
import type { Usage } from '../api/client';
import type { MetricInfo } from '../overview/metrics';
import { bucketEnd } from '../time/zone';

export interface Bucket {
  start: number;
  end: number;
  /** Null is a gap. */
  value: number | null;
  failed: number | null;
  /** Of the period before, at the same place. */
  previous: number | null;
  /** Whether the window or the watermark cuts it. */
  partial: boolean;
}

/** @param compare whether the period before is drawn */
export function bucketsOf({ period, timeSeries, comparison }: Usage, metric: MetricInfo, compare: boolean): Bucket[] {
  const from = Date.parse(period.from);
  const known = Math.min(Date.parse(period.to), Date.parse(period.watermark));
  return timeSeries.map((point, index) => {
    const start = Date.parse(point.timestamp);
    const end = bucketEnd(start, period.granularity, period.timezone);
    const before = compare ? comparison?.timeSeries[index] : undefined;
    return {
      start,
      end,
      value: metric.of(point),
      failed: metric.failed?.(point) ?? null,
      previous: before ? metric.of(before) : null,
      partial: start < from || end > known,
    };
  });
}

/** One sentence on the series, for those who do not see it. */
export function describe(buckets: readonly Bucket[], metric: MetricInfo, nameOf: (start: number) => string): string {
  const [first, last] = [buckets[0], buckets.at(-1)];
  const peak = buckets.reduce<Bucket | null>(
    (best, bucket) => ((bucket.value ?? -1) > (best?.value ?? -1) ? bucket : best),
    null,
  );
  if (!first || !last || peak === null || peak.value === null) return `${metric.label}: nothing in this period.`;
  return (
    `${metric.label} from ${nameOf(first.start)} to ${nameOf(last.start)}, ${buckets.length} buckets; ` +
    `the highest is ${metric.format(peak.value)} at ${nameOf(peak.start)}.`
  );
}
