/** What is summed over requests. */

/** Whole numbers, so that parts add up to the whole exactly. Latencies leave throttled requests out. */
export interface Sums {
  requests: number;
  failed: number;
  throttled: number;
  /** Microseconds. */
  latencySumUs: number;
  /** Microseconds. */
  latencyMaxUs: number;
  /** Past 2^53 too. */
  bytes: bigint;
}

export const NO_SUMS: Sums = { requests: 0, failed: 0, throttled: 0, latencySumUs: 0, latencyMaxUs: 0, bytes: 0n };

export function addSums(one: Sums, other: Sums): Sums {
  return {
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    throttled: one.throttled + other.throttled,
    latencySumUs: one.latencySumUs + other.latencySumUs,
    latencyMaxUs: Math.max(one.latencyMaxUs, other.latencyMaxUs),
    bytes: one.bytes + other.bytes,
  };
}
