/** The figures of windows, and what a metric makes of them by the definitions of `GET /usage`. */
import { HOUR, MINUTE, DAY, round6 } from '@meterhouse/common';
import type { RateLimit } from '../../auth/key';
import { rateOf } from '../../usage/answer/usage.answer';
import type { Traffic } from '../../usage/read/aggregates';
import type { Metric } from '../rules/rule';

/** What a metric came to in a window. */
export interface Measured {
  /** Null where it has none: a rate or a latency of no request, a share of no limit. */
  value: number | null;
  requests: number;
}

const LIMIT_WINDOWS = [
  ['requestsPerMinute', MINUTE],
  ['requestsPerHour', HOUR],
  ['requestsPerDay', DAY],
] as const;

/**
 * @param length of the window in milliseconds
 * @param limits of the keys in question together; null where they have none
 */
export function measure(metric: Metric, traffic: Traffic, length: number, limits: RateLimit | null): Measured {
  return { value: valueOf(metric, traffic, length, limits), requests: traffic.requests };
}

function valueOf(metric: Metric, traffic: Traffic, length: number, limits: RateLimit | null): number | null {
  const { requests, failed, throttled } = traffic;
  switch (metric) {
    case 'requests':
      return requests;
    case 'failedRequests':
      return failed;
    case 'throttledRequests':
      return throttled;
    case 'dataTransferred':
      return Number(traffic.bytes);
    case 'errorRate':
      return rateOf(failed, requests);
    case 'throttledRate':
      return rateOf(throttled, requests);
    case 'averageLatency':
      return traffic.averageLatency === null ? null : round6(traffic.averageLatency);
    case 'peakLatency':
      return traffic.peakLatency;
    case 'p50':
    case 'p75':
    case 'p90':
    case 'p95':
    case 'p99':
      return traffic.percentiles[metric];
    case 'utilization':
      return limits && utilizationOf(requests, length, limits);
    case 'cost':
    case 'projectedCost':
    case 'runway':
      throw new Error(`${metric} is no figure of a window.`);
  }
}

/**
 * The largest share, in percent, of what a limit allows over the window; of the limits of a minute, an hour and a day
 * those count that are not longer than the window. Null where none of them is set.
 */
function utilizationOf(requests: number, length: number, limits: RateLimit): number | null {
  const shares = LIMIT_WINDOWS.flatMap(([name, window]) => {
    const limit = limits[name];
    return limit === null || limit === 0 || window > length ? [] : [requests / (limit * (length / window))];
  });
  return shares.length === 0 ? null : round6(Math.max(...shares) * 100);
}
