/** Makes breakdowns of the rows of their statements, also of several that read a window in parts. */
import { NO_SUMS, type Slices, type Sums, addSums } from '@meterhouse/common';
import { OTHER_ENDPOINT } from '../../endpoints/normalise-endpoint';
import type { Breakdown, Counts, EndpointLists, EndpointTraffic, Traffic, UsageBreakdown } from './aggregates';
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

/** Which endpoints an answer shows. */
export interface Page {
  limit: number;
  offset: number;
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
  const of = (...kinds: RowKind[]): RankedRow[] => rows.filter((row) => kinds.includes(row.kind));
  const total = rows.find(({ kind }) => kind === 'total');
  const used = (values: [string, Counts][]): Promise<[string, Counts][]> => mostUsed(values, slices);
  return {
    total: toTraffic(total ?? NO_SUMS, total?.codes ?? []),
    endpoints: await slices.map(of('endpoint'), (row) => {
      return { ...toTraffic(row, row.codes), endpoint: row.endpoint, lastAt: row.lastAt };
    }),
    methods: (await used(sumsBy(of('outcome', 'method'), ({ method }) => method))).map(([method, counts]) => ({
      ...counts,
      method,
    })),
    statusCodes: sumsBy(of('outcome', 'status'), ({ statusCode }) => statusCode).map(([statusCode, counts]) => {
      return { ...counts, statusCode };
    }),
    errorTypes: (
      await used(sumsBy(of('outcome', 'error'), ({ errorType }) => errorType).filter(([, { failed }]) => failed > 0))
    ).map(([errorType, counts]) => ({ ...counts, errorType })),
    keys: (await used(of('key').map(({ requests, failed, keyId }) => [keyId, { requests, failed }]))).map(
      ([keyId, counts]) => ({ ...counts, keyId }),
    ),
  };
}

/** The endpoints that an answer is about, of all of them. @param page null: none is shown */
export function withLists(breakdown: Breakdown, page: Page | null): UsageBreakdown {
  const { endpoints } = breakdown;
  const most = (value: (item: EndpointTraffic) => number): EndpointTraffic[] =>
    endpoints.toSorted((a, b) => value(b) - value(a) || compareNames(a, b)).slice(0, MAX_VALUES);
  const used = most(({ requests }) => requests);
  const other = endpoints.filter(({ endpoint }) => endpoint === OTHER_ENDPOINT);
  return {
    ...breakdown,
    endpoints: {
      count: endpoints.length,
      page: page === null ? [] : endpoints.slice(page.offset, page.offset + page.limit),
      mostUsed: [...new Set([...used, ...other])],
      mostFailing: most(({ failed }) => failed).filter(({ failed }) => failed > 0),
    },
  };
}

/** The same, of the rows of `shownBreakdownQuery` and the endpoints' names in the order of each list. */
export async function shownBreakdownOf(
  rows: readonly RankedRow[],
  names: { count: number } & Record<Exclude<keyof EndpointLists, 'count'>, readonly string[]>,
  slices: Slices,
): Promise<UsageBreakdown> {
  const breakdown = await breakdownOf(rows, slices);
  const byName = new Map(breakdown.endpoints.map((item) => [item.endpoint, item]));
  // One whose events were deleted since has no row.
  const listed = (list: readonly string[]): EndpointTraffic[] =>
    [...new Set(list)].map((name) => byName.get(name)).filter((item) => item !== undefined);
  return {
    ...breakdown,
    endpoints: {
      count: names.count,
      page: listed(names.page),
      mostUsed: listed([...names.mostUsed, OTHER_ENDPOINT]),
      mostFailing: listed(names.mostFailing).filter(({ failed }) => failed > 0),
    },
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
    if (left === right) return compareNames(one, other);
    if (left === null || right === null) return left === null ? 1 : -1;
    return sign * (left - right);
  };
}

function compareNames(one: { endpoint: string }, other: { endpoint: string }): number {
  return Buffer.compare(Buffer.from(one.endpoint), Buffer.from(other.endpoint));
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
