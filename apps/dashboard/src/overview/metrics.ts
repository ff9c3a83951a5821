/** The figures that a tile shows and the chart draws. */
import type { Point, Usage } from '../api/client';
import { bytes, count, duration, percent, shortCount } from '../format/format';
import type { Compare, Metric } from '../state/view';

/** What figures are compared with. */
export const COMPARE_NAMES: Readonly<Record<Compare, string>> = {
  previous: 'the period before',
  weekday: 'the same weekdays',
};

type Totals = Pick<Usage, 'usage' | 'latency'>;

export interface MetricInfo {
  label: string;
  /** In full, as in tables and announcements. */
  format: (value: number) => string;
  /** As short as an axis or a tile needs it. */
  short: (value: number) => string;
  total: (totals: Totals) => number | null;
  /** The total with all its digits, where `format` rounds. */
  exact?: (totals: Totals) => string;
  /** Null where there is nothing to take it of: a gap, not a zero. */
  of: (point: Point) => number | null;
  /** What of the value failed, drawn over it. */
  failed?: (point: Point) => number;
  /** Changes by percentage points. */
  isRate: boolean;
  /** Whether all of it is trouble, and drawn in its colour. */
  isTrouble: boolean;
  /** Whether more is bad news. */
  moreIsWorse: boolean;
}

const share = (part: number, all: number): number | null => (all === 0 ? null : (part / all) * 100);

export const METRIC_INFO: Readonly<Record<Metric, MetricInfo>> = {
  requests: {
    label: 'Requests',
    format: count,
    short: shortCount,
    total: ({ usage }) => usage.totalRequests,
    of: ({ requests }) => requests,
    failed: ({ failedRequests }) => failedRequests,
    isTrouble: false,
    isRate: false,
    moreIsWorse: false,
  },
  errorRate: {
    label: 'Error rate',
    format: percent,
    short: percent,
    total: ({ usage }) => share(usage.failedRequests, usage.totalRequests),
    of: ({ failedRequests, requests }) => share(failedRequests, requests),
    isTrouble: true,
    isRate: true,
    moreIsWorse: true,
  },
  p95: {
    label: 'p95 latency',
    format: duration,
    short: duration,
    total: ({ latency }) => latency?.p95 ?? null,
    of: ({ p95 }) => p95 ?? null,
    isTrouble: false,
    isRate: false,
    moreIsWorse: true,
  },
  throttled: {
    label: 'Throttled',
    format: count,
    short: shortCount,
    total: ({ usage }) => usage.throttledRequests,
    of: ({ throttledRequests }) => throttledRequests,
    isTrouble: true,
    isRate: false,
    moreIsWorse: true,
  },
  bytes: {
    label: 'Data transferred',
    format: bytes,
    short: bytes,
    total: ({ usage }) => Number(usage.dataTransferred),
    exact: ({ usage }) => `${count(usage.dataTransferred)}\u202fB`,
    of: ({ dataTransferred }) => Number(dataTransferred),
    isTrouble: false,
    isRate: false,
    moreIsWorse: false,
  },
};
