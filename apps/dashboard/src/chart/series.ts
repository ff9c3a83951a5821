/** What a chart draws: lines over the same buckets. */
import type { Point, Usage } from '../api/client';
import type { MetricInfo } from '../overview/metrics';
import type { LatencyLine } from '../state/view';
import { bucketEnd } from '../time/zone';
import { duration } from '../format/format';

/** Also what styles it. */
export type LineName = 'value' | 'expected' | 'failed' | 'previous' | LatencyLine | 'server' | 'client' | 'throttled';

export interface Line {
  name: LineName;
  label: string;
  /** One for each bucket; null is a gap. */
  values: readonly (number | null)[];
  /** Whether it is filled down to zero. */
  area?: boolean;
}

/** What lies between two values of each bucket, under the lines. */
export interface Band {
  name: 'band80' | 'band95';
  label: string;
  low: readonly (number | null)[];
  high: readonly (number | null)[];
}

/** Columns of numbers, for there are up to 11,000 buckets. */
export interface Series {
  /** What is measured. */
  label: string;
  starts: readonly number[];
  ends: readonly number[];
  /** Whether the window or the watermark cuts the bucket. */
  partial: readonly boolean[];
  /** The first is the one that the description is about. */
  lines: readonly Line[];
  /** The widest first. */
  bands?: readonly Band[];
  /** In full, and as short as an axis needs it. */
  format: (value: number) => string;
  short: (value: number) => string;
  /** Whether half of one makes no sense. */
  wholeOnly: boolean;
}

/** The points to compare with, each at the place of the bucket it is compared with. */
export type Before = readonly (Point | undefined)[];

type Frame = Pick<Series, 'starts' | 'ends' | 'partial'>;

const frames = new WeakMap<Usage['timeSeries'], Frame>();

/** The same for each chart of an answer: thousands of times are read once, and axes over them are laid out once. */
function frameOf(usage: Usage): Frame {
  const known = frames.get(usage.timeSeries);
  if (known) return known;
  const frame = readFrame(usage);
  frames.set(usage.timeSeries, frame);
  return frame;
}

function readFrame({ period, timeSeries }: Usage): Frame {
  const from = Date.parse(period.from);
  const known = Math.min(Date.parse(period.to), Date.parse(period.watermark));
  const starts = timeSeries.map(({ timestamp }) => Date.parse(timestamp));
  const last = starts.at(-1);
  // A bucket ends where the next begins, which costs less than to ask the zone.
  const ends = starts.slice(1);
  if (last !== undefined) ends.push(bucketEnd(last, period.granularity, period.timezone));
  return { starts, ends, partial: starts.map((start, index) => start < from || (ends[index] ?? 0) > known) };
}

const hasAny = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);

/** A figure, what of it failed, and what it was before. */
export function seriesOf(usage: Usage, metric: MetricInfo, before: Before | null): Series {
  const { timeSeries } = usage;
  const { failed } = metric;
  const previous = timeSeries.map((_, index) => {
    const point = before?.[index];
    return point ? metric.of(point) : null;
  });
  return {
    ...frameOf(usage),
    label: metric.label,
    lines: [
      { name: 'value', label: metric.label, values: timeSeries.map((point) => metric.of(point)), area: true },
      ...(failed ? [{ name: 'failed' as const, label: 'Failed', values: timeSeries.map(failed), area: true }] : []),
      ...(hasAny(previous) ? [{ name: 'previous' as const, label: 'Before', values: previous }] : []),
    ],
    format: metric.format,
    short: metric.short,
    wholeOnly: !metric.isRate,
  };
}

export const LATENCY_LABELS: Readonly<Record<LatencyLine, string>> = {
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  average: 'Mean',
  peak: 'Highest',
};

const latencyOf: Readonly<Record<LatencyLine, (point: Point) => number | null>> = {
  p50: ({ p50 }) => p50 ?? null,
  p95: ({ p95 }) => p95 ?? null,
  p99: ({ p99 }) => p99 ?? null,
  average: ({ averageLatency }) => averageLatency ?? null,
  peak: ({ peakLatency }) => peakLatency ?? null,
};

/** Several figures of the latency over time. */
export function latencySeries(usage: Usage, names: readonly LatencyLine[]): Series {
  return {
    ...frameOf(usage),
    label: 'Latency',
    lines: names.map((name) => ({ name, label: LATENCY_LABELS[name], values: usage.timeSeries.map(latencyOf[name]) })),
    format: duration,
    short: duration,
    wholeOnly: false,
  };
}

/** The lines of something over the buckets of an answer. */
export function linesOver(usage: Usage, rest: Omit<Series, keyof Frame>): Series {
  return { ...frameOf(usage), ...rest };
}

/** Where a line is highest; -1 where it has nothing. */
export function peakOf({ values }: Line): number {
  let best = -1;
  let highest = -Infinity;
  for (const [index, value] of values.entries()) {
    if (value === null || value <= highest) continue;
    [best, highest] = [index, value];
  }
  return best;
}

/** One sentence on the series, for those who do not see it. */
export function describe({ label, starts, lines, format }: Series, nameOf: (start: number) => string): string {
  const [first, last] = [starts[0], starts.at(-1)];
  const peaks = lines.flatMap((line) => {
    const at = peakOf(line);
    const value = line.values[at];
    if (typeof value !== 'number' || line.name === 'failed' || line.name === 'previous') return [];
    const what = line.label === label ? 'the highest' : `the highest of ${line.label}`;
    return [`${what} is ${format(value)} at ${nameOf(starts[at] ?? 0)}`];
  });
  if (first === undefined || last === undefined || peaks.length === 0) return `${label}: nothing in this period.`;
  return `${label} from ${nameOf(first)} to ${nameOf(last)}, ${starts.length} buckets; ${peaks.join(', ')}.`;
}
