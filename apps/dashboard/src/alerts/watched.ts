/** The series of a preview as a chart draws it. Instants are epoch milliseconds. */
import type { Preview } from '../api/use-rules';
import { type Scale } from '../chart/marks';
import { runsOf } from '../chart/geometry';

export interface WatchedPoint {
  /** Ends of the first and the last of its windows. */
  from: number;
  to: number;
  low: number | null;
  high: number | null;
  threshold: number | null;
}

/** A time in which it fired; null: to now. */
export interface Firing {
  from: number;
  to: number | null;
}

export interface Watched {
  /** In order of time. */
  points: readonly WatchedPoint[];
  firings: readonly Firing[];
  label: string;
  format: (value: number) => string;
  short: (value: number) => string;
  wholeOnly: boolean;
}

/** The points that end in `[from, to]`. */
export function pointsOf({ series }: Pick<Preview, 'series'>, from = -Infinity, to = Infinity): WatchedPoint[] {
  return series
    .map((point) => ({ ...point, from: Date.parse(point.from), to: Date.parse(point.to) }))
    .filter((point) => point.to >= from && point.from <= to);
}

export function firingsOf({ firings }: Pick<Preview, 'firings'>): Firing[] {
  return firings.map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? null : Date.parse(to) }));
}

/** The first and the last of the points that a time covers; null where it covers none. */
export function spanOf({ from, to }: Firing, points: readonly WatchedPoint[]): { first: number; last: number } | null {
  const reached = points.findIndex((point) => point.to >= from);
  // What is decided before its window ends is marked at the last point.
  const first = reached === -1 && to === null ? points.length - 1 : reached;
  const last = to === null ? points.length - 1 : points.findLastIndex((point) => point.from <= to);
  return first === -1 || last < first ? null : { first, last };
}

/** A line through the highest values, which goes down to the lowest where a point has several. */
export function bandPath(points: readonly WatchedPoint[], { x, y }: Pick<Scale, 'x' | 'y'>): string {
  const places = points.map(({ low, high }, index) =>
    low === null || high === null ? null : { x: x(index).toFixed(1), low: y(low).toFixed(1), high: y(high).toFixed(1) },
  );
  return runsOf(places)
    .map((run) =>
      run
        .map((place, index) => {
          const to = `${index === 0 ? 'M' : 'L'}${place.x},${place.high}`;
          return place.low === place.high ? (run.length === 1 ? `${to}h0.1` : to) : `${to}V${place.low}`;
        })
        .join(''),
    )
    .join('');
}

/** What the cursor says of a point. */
export function spoken(
  point: WatchedPoint | undefined,
  { format }: Pick<Watched, 'format'>,
  nameOf: (at: number) => string,
): string {
  if (!point) return 'No windows';
  const value = point.high === null ? 'nothing to measure' : format(point.high);
  return `${nameOf(point.to)}: ${value}${point.threshold === null ? '' : `, compared with ${format(point.threshold)}`}`;
}

/** One sentence for who does not see the chart. */
export function describe({ points, firings, label, format }: Watched, nameOf: (at: number) => string): string {
  const [first, last] = [points[0], points.at(-1)];
  const peak = points.reduce<WatchedPoint | null>(
    (best, point) => (point.high !== null && point.high > (best?.high ?? -1) ? point : best),
    null,
  );
  if (!first || !last || peak?.high === null || peak === null) return `${label}: nothing in this time.`;
  const times = firings.length === 1 ? 'once' : `${firings.length} times`;
  return (
    `${label} from ${nameOf(first.from)} to ${nameOf(last.to)}; the highest is ${format(peak.high)} at ${nameOf(peak.to)}; ` +
    `${firings.length === 0 ? 'it does not fire' : `it fires ${times}`}.`
  );
}
