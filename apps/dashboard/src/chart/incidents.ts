/**
 * Where errors rose, read from the series itself. A bucket is in an incident when at least 10 of its requests failed, its
 * error rate is at least twice the usual one and two percentage points above it, and more failed than chance makes of the
 * usual rate (four standard deviations). The usual one is the median over the buckets that have requests. Neighbours are one
 * incident. Throttled requests (429) are the limit at work: not counted.
 */
import type { Point } from '../api/client';

const MIN_FAILED = 10;
const TIMES_USUAL = 2;
const MIN_RISE_PERCENT = 2;
const MIN_DEVIATIONS = 4;

export interface Incident {
  /** Buckets, both included. */
  first: number;
  last: number;
  failed: number;
  requests: number;
  /** The usual error rate, in percent. */
  usual: number;
}

type Counts = Pick<Point, 'requests' | 'failedRequests' | 'throttledRequests'>;

const failedOf = ({ failedRequests, throttledRequests }: Counts): number => failedRequests - throttledRequests;

/** @param points of the series, ascending */
export function incidentsOf(points: readonly Counts[]): Incident[] {
  const usual = median(
    points.filter(({ requests }) => requests > 0).map((point) => (failedOf(point) / point.requests) * 100),
  );
  const least = Math.max(usual * TIMES_USUAL, usual + MIN_RISE_PERCENT);
  const found: Incident[] = [];
  for (const [index, point] of points.entries()) {
    const failed = failedOf(point);
    const expected = (usual / 100) * point.requests;
    const byChance = expected + MIN_DEVIATIONS * Math.sqrt(expected);
    if (failed < MIN_FAILED || failed < byChance || (failed / point.requests) * 100 < least) continue;
    const before = found.at(-1);
    if (before?.last === index - 1) {
      before.last = index;
      before.failed += failed;
      before.requests += point.requests;
    } else {
      found.push({ first: index, last: index, failed, requests: point.requests, usual });
    }
  }
  return found;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
