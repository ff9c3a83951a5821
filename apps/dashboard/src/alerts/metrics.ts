/** The figures that rules watch. */
import { amount, bytes, count, duration, percent, shortCount } from '../format/format';
import type { AlertMetric } from '../rules/rule';

export interface AlertMetricInfo {
  label: string;
  format: (value: number) => string;
  /** As short as an axis needs it. */
  short: (value: number) => string;
  /** What stands behind a field for it. */
  unit: string;
  wholeOnly: boolean;
}

const COUNT = { format: count, short: shortCount, unit: '', wholeOnly: true };
const RATE = { format: percent, short: percent, unit: '%', wholeOnly: false };
/** Of the currency of the plan, which a rule does not know. */
const MONEY = { format: amount, short: shortCount, unit: '', wholeOnly: false };
const LATENCY = { format: duration, short: duration, unit: 'ms', wholeOnly: false };

export const ALERT_METRICS: Readonly<Record<AlertMetric, AlertMetricInfo>> = {
  requests: { ...COUNT, label: 'Requests' },
  failedRequests: { ...COUNT, label: 'Failed requests' },
  errorRate: { ...RATE, label: 'Error rate' },
  throttledRequests: { ...COUNT, label: 'Throttled requests' },
  throttledRate: { ...RATE, label: 'Throttled share' },
  averageLatency: { ...LATENCY, label: 'Mean latency' },
  peakLatency: { ...LATENCY, label: 'Highest latency' },
  p50: { ...LATENCY, label: 'p50 latency' },
  p75: { ...LATENCY, label: 'p75 latency' },
  p90: { ...LATENCY, label: 'p90 latency' },
  p95: { ...LATENCY, label: 'p95 latency' },
  p99: { ...LATENCY, label: 'p99 latency' },
  dataTransferred: { label: 'Data transferred', format: bytes, short: bytes, unit: 'bytes', wholeOnly: true },
  utilization: { ...RATE, label: 'Use of the limits' },
  cost: { ...MONEY, label: 'Cost of the billing period' },
  projectedCost: { ...MONEY, label: 'Expected cost of the billing period' },
  runway: { ...COUNT, label: 'Days until a limit is met', unit: 'days' },
};
