/** When traffic that has changed since the period before deserves attention. */
import type { AlertThresholds } from '@meterhouse/common';

/** In percent of what there was before, which is not 0. */
export function changeOf(requests: number, before: number): number {
  return ((requests - before) / before) * 100;
}

export function isTrafficChange(requests: number, before: number, thresholds: AlertThresholds): boolean {
  return before >= thresholds.minimumRequests && Math.abs(changeOf(requests, before)) > thresholds.trafficChange;
}

/** Whether some number of requests in the period before, within the bounds, would raise an alert on the change since. */
export function mayRaiseTrafficChange(
  requests: number,
  { atLeast, atMost }: { atLeast: number; atMost: number },
  thresholds: AlertThresholds,
): boolean {
  const fewest = Math.max(atLeast, Math.min(thresholds.minimumRequests, atMost));
  // The fewer there were, the more the traffic has grown: where neither bound raises one, nothing between them does.
  return [fewest, atMost].some((before) => isTrafficChange(requests, before, thresholds));
}
