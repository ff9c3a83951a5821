/** What the rules of alerts share: their input, and how an alert is made of what one finds. */
import { type AlertThresholds, iso, round6 } from '@meterhouse/common';
import type { AlertDto, AlertType, Priority } from './alert.dto';

/** Input of the rules. Rates are percentages, latencies milliseconds, instants epoch milliseconds. */
export interface AlertInput {
  from: number;
  to: number;
  now: number;
  requests: number;
  failed: number;
  throttled: number;
  /** Requests without the filters on more than the key; null where there are none, or where some requests match them. */
  unfilteredRequests: number | null;
  /** Null without `includeLatency`, or without requests that have a latency. */
  p95: number | null;
  /** Requests in the period before the window; null when there is no such period. */
  previousRequests: number | null;
  endpoints: { endpoint: string; requests: number; failed: number; p95: number | null }[];
  /** Of the account asked for; null where it has no limit, or all accounts are asked for. */
  endpointNamesPerDay: number | null;
  utilization: { window: 'minute' | 'hour' | 'day'; percent: number | null }[];
  /** The active keys asked for; `usedRecently` is whether one called or had an event within the configured days. */
  keys: { id: string; name: string; createdAt: number; expiresAt: number | null; usedRecently: boolean }[];
}

export type Rule = (input: AlertInput, thresholds: AlertThresholds) => AlertDto[];

interface Finding {
  type: AlertType;
  priority: Priority;
  message: string;
  recommendation: string;
  metric: string;
  value: number;
  threshold: number;
  /** The time looked at; the window unless given. */
  from?: number;
  to?: number;
}

export function alert(input: AlertInput, finding: Finding): AlertDto {
  const { type, message, priority, recommendation, metric } = finding;
  const evidence = {
    metric,
    value: round6(finding.value),
    threshold: round6(finding.threshold),
    from: iso(finding.from ?? input.from),
    to: iso(finding.to ?? input.to),
  };
  return { type, message, priority, recommendation, evidence };
}

/** Whether there are so many requests that a share of them says something. */
export function isEnough(input: AlertInput, thresholds: AlertThresholds): boolean {
  return input.requests >= thresholds.minimumRequests;
}

/** Of a whole that is not 0: `minimumRequests` is 1 or more. */
export function percent(part: number, whole: number): number {
  return (part / whole) * 100;
}

/** One decimal is enough to read. */
export function shown(value: number): string {
  return String(Math.round(value * 10) / 10);
}
