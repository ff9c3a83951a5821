/** What is summed over requests. */

/** Whole numbers, so that parts add up to the whole exactly. Latencies are of timed requests. */
export interface Sums {
  requests: number;
  failed: number;
  throttled: number;
  /** Requests whose latency counts: all but those with status 101 and 429. */
  timed: number;
  /** Microseconds. */
  latencySumUs: number;
  /** Microseconds. */
  latencyMaxUs: number;
  /** Past 2^53 too. */
  bytes: bigint;
}

export const NO_SUMS: Sums = {
  requests: 0,
  failed: 0,
  throttled: 0,
  timed: 0,
  latencySumUs: 0,
  latencyMaxUs: 0,
  bytes: 0n,
};

export function addSums(one: Sums, other: Sums): Sums {
  return {
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    throttled: one.throttled + other.throttled,
    timed: one.timed + other.timed,
    latencySumUs: one.latencySumUs + other.latencySumUs,
    latencyMaxUs: Math.max(one.latencyMaxUs, other.latencyMaxUs),
    bytes: one.bytes + other.bytes,
  };
}
