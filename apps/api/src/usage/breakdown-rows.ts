/** Makes breakdowns of the rows of their statements, also of several that read a window in parts. */
import type { Breakdown, Counts, Traffic } from './figures';
import { type RowKind, type Sorting, compareBy } from './sql/breakdown.sql';
import { millisecondsOf } from './sql/latency.sql';
import { type CodeCounts, percentileCodes } from './sql/latency-state';

/** Sums as the storage has them. Latencies are in microseconds, and leave throttled requests out. */
export interface Sums extends Counts {
  throttled: number;
  latencySum: number;
  latencyMax: number;
  bytes: number;
}

/** Sums, and what they are about: of the dimensions those count by which rows of a kind are told apart. */
export interface BreakdownRow extends Sums {
  kind: RowKind;
  endpoint: string;
  method: string;
  statusCode: number;
  errorType: string;
  keyId: string;
  lastAt: number;
}

/** A row with its percentiles, as codes. */
export type RankedRow = BreakdownRow & { codes: readonly (number | null)[] };

/** A row of a part, with all of its latencies. */
export type PartRow = BreakdownRow & { latencies: readonly CodeCounts[] };

/** @param codes of the percentiles, in their order; empty where they are not wanted */
export function toTraffic(sums: Sums, codes: readonly (number | null)[]): Traffic {
  const { requests, failed, throttled, bytes } = sums;
  const timed = requests - throttled;
  const peak = sums.latencyMax / 1_000;
  const known = timed > 0 ? codes.map((code) => (code === null ? null : millisecondsOf(code, peak))) : [];
  const [p50 = null, p75 = null, p90 = null, p95 = null, p99 = null] = known;
  return {
    requests,
    failed,
    throttled,
    averageLatency: timed > 0 ? sums.latencySum / timed / 1_000 : null,
    peakLatency: timed > 0 ? peak : null,
    bytes,
    percentiles: { p50, p75, p90, p95, p99 },
  };
}

/** @param rows the endpoints among them in the order that was asked for */
export function toBreakdown(rows: readonly RankedRow[]): Breakdown {
  const of = (kind: RowKind): RankedRow[] => rows.filter((row) => row.kind === kind);
  const outcomes = of('outcome');
  return {
    total: toTraffic(of('total')[0] ?? NO_SUMS, of('total')[0]?.codes ?? []),
    endpoints: of('endpoint').map((row) => {
      return { ...toTraffic(row, row.codes), endpoint: row.endpoint, lastAt: row.lastAt };
    }),
    methods: sumsBy(outcomes, ({ method }) => method).map(([method, counts]) => ({ ...counts, method })),
    statusCodes: sumsBy(outcomes, ({ statusCode }) => statusCode).map(([statusCode, counts]) => {
      return { ...counts, statusCode };
    }),
    errorTypes: sumsBy(outcomes, ({ errorType }) => errorType)
      .map(([errorType, counts]) => ({ ...counts, errorType }))
      .filter(({ failed }) => failed > 0),
    keys: of('key').map(({ requests, failed, keyId }) => ({ requests, failed, keyId })),
  };
}

/** The breakdown of a window of which each part holds some of the requests. */
export function joinParts(parts: readonly (readonly PartRow[])[], sorting: Sorting): Breakdown {
  const joined = new Map<string, PartRow>();
  for (const row of parts.flat()) {
    const name = nameOf(row);
    const other = joined.get(name);
    joined.set(name, other === undefined ? row : joinRows(other, row));
  }
  const rows = [...joined.values()].sort(compareBy(sorting));
  return toBreakdown(rows.map((row) => ({ ...row, codes: percentileCodes(row.latencies) })));
}

const NO_SUMS: Sums = { requests: 0, failed: 0, throttled: 0, latencySum: 0, latencyMax: 0, bytes: 0 };

function sumsBy<T>(rows: readonly BreakdownRow[], valueOf: (row: BreakdownRow) => T): [T, Counts][] {
  const sums = new Map<T, Counts>();
  for (const row of rows) {
    const value = valueOf(row);
    const { requests, failed } = sums.get(value) ?? NO_SUMS;
    sums.set(value, { requests: requests + row.requests, failed: failed + row.failed });
  }
  return [...sums];
}

function nameOf({ kind, endpoint, method, statusCode, errorType, keyId }: BreakdownRow): string {
  return [kind, endpoint, method, statusCode, errorType, keyId].join('\n');
}

function joinRows(one: PartRow, other: PartRow): PartRow {
  return {
    ...one,
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    throttled: one.throttled + other.throttled,
    latencySum: one.latencySum + other.latencySum,
    latencyMax: Math.max(one.latencyMax, other.latencyMax),
    bytes: one.bytes + other.bytes,
    lastAt: Math.max(one.lastAt, other.lastAt),
    latencies: [...one.latencies, ...other.latencies],
  };
}
