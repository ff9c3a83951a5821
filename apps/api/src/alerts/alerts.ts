/** The alerts of `GET /usage`: plain functions of a window's figures, so that each rule can be tested alone. */
import type { AlertThresholds } from '@meterhouse/common';
import { type AlertDto, PRIORITIES } from './alert.dto';
import type { AlertInput, Rule } from './rule';
import { tooManyEndpoints, worstEndpoint } from './rules/endpoints';
import { expiringKeys, unusedKeys } from './rules/keys';
import { errorRate, latency, noData, throttling, trafficChange, utilization } from './rules/traffic';

export type { AlertInput } from './rule';

/** Every alert that the figures raise, most urgent first. */
export function findAlerts(input: AlertInput, thresholds: AlertThresholds): AlertDto[] {
  const rules: Rule[] = [
    noData,
    errorRate,
    latency,
    throttling,
    utilization,
    trafficChange,
    worstEndpoint,
    tooManyEndpoints,
    expiringKeys,
    unusedKeys,
  ];
  return rules
    .flatMap((rule) => rule(input, thresholds))
    .sort((a, b) => PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority));
}
