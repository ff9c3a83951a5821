/** Makes breakdowns of the rows of their statements, also of several that read a window in parts. */
import { NO_SUMS, type Slices, type Sums, addSums } from '@meterhouse/common';
import type { Breakdown, Counts, Traffic } from './aggregates';
import type { RowKind, Sorting } from './sql/breakdown.sql';
import { millisecondsOf } from './sql/latency.sql';
import { type CodeCounts, percentileCodes } from './sql/latency-state';
import type { EndpointSort } from '../request/filters';

/** Values of a dimension in a breakdown. */
export const MAX_VALUES = 1_000;

/** Stands for all values past `MAX_VALUES`; no method, error type or key that is sent is called so. */
export const OTHER = '{other}';

/** Sums and the dimensions they are grouped by; the dimensions of other kinds are empty. */
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
export type PartRows = readonly PartRow[];

/** @param codes of the percentiles, in their order; empty where they are not wanted */
export function toTraffic(sums: Sums, codes: readonly (number | null)[]): Traffic {
  const { requests, failed, throttled, timed, bytes } = sums;
  const peak = sums.latencyMaxUs / 1_000;
  const known = timed > 0 ? codes.map((code) => (code === null ? null : millisecondsOf(code, peak))) : [];
  const [p50 = null, p75 = null, p90 = null, p95 = null, p99 = null] = known;
  return {
    requests,
    failed,
    throttled,
    averageLatency: timed > 0 ? sums.latencySumUs / timed / 1_000 : null,
    peakLatency: timed > 0 ? peak : null,
    bytes,
    percentiles: { p50, p75, p90, p95, p99 },
  };
}

/** @param rows the endpoints among them in the order that was asked for */
export async function breakdownOf(rows: readonly RankedRow[], slices: Slices): Promise<Breakdown> {
  const of = (kind: RowKind): RankedRow[] => rows.filter((row) => row.kind === kind);
  const total = rows.find(({ kind }) => kind === 'total');
  const outcomes = of('outcome');
  const used = (values: [string, Counts][]): Promise<[string, Counts][]> => mostUsed(values, slices);
  return {
    total: toTraffic(total ?? NO_SUMS, total?.codes ?? []),
    endpoints: await slices.map(of('endpoint'), (row) => {
      return { ...toTraffic(row, row.codes), endpoint: row.endpoint, lastAt: row.lastAt };
    }),
    methods: (await used(sumsBy(outcomes, ({ method }) => method))).map(([method, counts]) => ({ ...counts, method })),
    statusCodes: sumsBy(outcomes, ({ statusCode }) => statusCode).map(([statusCode, counts]) => {
      return { ...counts, statusCode };
    }),
    errorTypes: (await used(sumsBy(outcomes, ({ errorType }) => errorType).filter(([, { failed }]) => failed > 0))).map(
      ([errorType, counts]) => ({ ...counts, errorType }),
    ),
    keys: (await used(of('key').map(({ requests, failed, keyId }) => [keyId, { requests, failed }]))).map(
      ([keyId, counts]) => ({ ...counts, keyId }),
    ),
  };
}

/** The breakdown of a window from its parts, each with some of the requests. */
export async function joinParts(parts: readonly PartRows[], sorting: Sorting, slices: Slices): Promise<Breakdown> {
  const byName = new Map<string, PartRow>();
  for (const row of parts.flat()) {
    const name = nameOf(row);
    const other = byName.get(name);
    byName.set(name, other === undefined ? row : joinRows(other, row));
  }
  const rows = [...byName.values()];
  const endpoints = rows.filter(({ kind }) => kind === 'endpoint').sort(compareBy(sorting));
  const others = rows.filter(({ kind }) => kind !== 'endpoint');
  const ranked = await slices.map([...endpoints, ...others], (row) => {
    return { ...row, codes: percentileCodes(row.latencies) };
  });
  return breakdownOf(ranked, slices);
}

const VALUE: Record<EndpointSort, (row: BreakdownRow) => number | null> = {
  requests: ({ requests }) => requests,
  errors: ({ failed }) => failed,
  latency: ({ timed, latencySumUs }) => (timed > 0 ? latencySumUs / timed : null),
  timestamp: ({ lastAt }) => lastAt,
};

/** Orders as the statement of a breakdown does. */
function compareBy({ sort, order }: Sorting): (one: BreakdownRow, other: BreakdownRow) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (one, other) => {
    const [left, right] = [VALUE[sort](one), VALUE[sort](other)];
    if (left === right) return Buffer.compare(Buffer.from(one.endpoint), Buffer.from(other.endpoint));
    if (left === null || right === null) return left === null ? 1 : -1;
    return sign * (left - right);
  };
}

function sumsBy<T>(rows: readonly BreakdownRow[], valueOf: (row: BreakdownRow) => T): [T, Counts][] {
  const sums = new Map<T, Counts>();
  for (const row of rows) {
    const value = valueOf(row);
    const { requests, failed } = sums.get(value) ?? NO_SUMS;
    sums.set(value, { requests: requests + row.requests, failed: failed + row.failed });
  }
  return [...sums];
}

/**
 * At most `MAX_VALUES`, those with the most requests first (ties by name) and the rest together as `OTHER`: a sender can
 * name a method or an error type as it likes, and a breakdown of all of them would have no bound.
 */
export async function mostUsed(values: readonly [string, Counts][], slices: Slices): Promise<[string, Counts][]> {
  const first = await slices.first(
    values,
    MAX_VALUES,
    ([a, one], [b, other]) => other.requests - one.requests || (a < b ? -1 : 1),
  );
  if (values.length <= MAX_VALUES) return first;
  const named = first.filter(([name]) => name !== OTHER).slice(0, MAX_VALUES - 1);
  const shown = new Set(named.map(([name]) => name));
  const rest = { requests: 0, failed: 0 };
  for (const [name, { requests, failed }] of values) {
    if (shown.has(name)) continue;
    rest.requests += requests;
    rest.failed += failed;
  }
  return [...named, [OTHER, rest]];
}

function nameOf({ kind, endpoint, method, statusCode, errorType, keyId }: BreakdownRow): string {
  return [kind, endpoint, method, statusCode, errorType, keyId].join('\n');
}

function joinRows(one: PartRow, other: PartRow): PartRow {
  return {
    ...one,
    ...addSums(one, other),
    lastAt: Math.max(one.lastAt, other.lastAt),
    latencies: [...one.latencies, ...other.latencies],
  };
}
