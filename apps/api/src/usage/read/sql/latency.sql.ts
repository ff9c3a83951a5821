/** Percentiles from latency codes: see clickhouse/migrations/0001_events.sql for the scale and the levels. */

/** The names of `PERCENTILE_LEVELS`, in their order. */
export const PERCENTILES = ['p50', 'p75', 'p90', 'p95', 'p99'] as const;

/** Up to here a step of the scale is one microsecond; above, 1/153 of the value. */
const LINEAR = 153;
const RATIO = Math.exp(1 / LINEAR);
/** The value of a step's middle is this times e^(bin / 153): the harmonic middle has the smallest relative error. */
const MIDDLE = (LINEAR * 2 * RATIO) / (1 + RATIO) / Math.E;

/** The middle of a step is at most this far off, in percent: (r - 1) / (r + 1) for steps of the ratio r. */
export const PERCENTILE_ERROR_PERCENT = Math.round(((RATIO - 1) / (RATIO + 1)) * 1e4) / 100;

/** The first bin that is put 16 apart, and the code that stands for the bin before it. */
const SPARSE = 1_023;
const FIRST_CODE = 1_024;

/** A code as milliseconds, to six decimals, which are not above the peak. Worked out here: to plan it in SQL costs more than to run it. */
export function millisecondsOf(code: number, peakMs: number): number {
  // From 1,024 on, quantilesTiming returns up to 8 below or 7 above the code.
  const bin = code < FIRST_CODE + 8 ? code : SPARSE + Math.floor((code - FIRST_CODE + 8) / 16);
  const microseconds = bin < LINEAR ? bin : MIDDLE * Math.exp(bin / LINEAR);
  return Math.min(Math.round(microseconds * 1_000) / 1e6, peakMs);
}
