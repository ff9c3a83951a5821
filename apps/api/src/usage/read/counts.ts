/** Counts of requests by the first of some rules that each matches. Instants are epoch milliseconds. */
import type { Filters } from '../request/filters';
import type { ReadPlan } from '../request/read-plan';

/** Which requests a rule matches; what is empty matches all. */
export interface Rule {
  endpoints: readonly string[];
  /** What names of endpoints begin with, beside those named in full. */
  prefixes: readonly string[];
  methods: readonly string[];
  statusCodes: readonly number[];
  /** First digits: 5 for 5xx. */
  statusClasses: readonly number[];
}

/** What is counted. */
export interface CountsRead {
  scope: string;
  plan: ReadPlan;
  /** Where points begin, ascending; the first is the start of the plan. Rows are counted by the point they fall into. */
  cuts: readonly number[];
  rules: readonly Rule[];
  /** Requests that match these and fall on or after `countedFrom` are counted apart from all of them. */
  filters: Filters;
  countedFrom: number;
}

/** Requests, and the bytes of requests and responses. */
export interface Count {
  requests: bigint;
  bytes: bigint;
}

export const WASTE_KINDS = ['none', 'errors', 'throttled'] as const;
/** Throttled: status 429; errors: any other status of 400 and above. */
export type WasteKind = (typeof WASTE_KINDS)[number];

/** Counts by rule: at 0 what no rule matches, at 1 what the first one does. */
export type ByRule = readonly Count[];

export interface UsageCounts {
  /** All requests, also those before `countedFrom` and those that filters leave out, by the start of their point. */
  all: ReadonlyMap<number, ByRule>;
  /** Those that are counted apart, by the start of their point. */
  points: ReadonlyMap<number, ByRule>;
  /** Those that are counted apart, by key. With very many keys or endpoints not those with the fewest requests. */
  keys: ReadonlyMap<string, ByRule>;
  /** … by endpoint. */
  endpoints: ReadonlyMap<string, ByRule>;
  /** … by what of them was of no use. */
  waste: ReadonlyMap<WasteKind, ByRule>;
}

export const NO_COUNT: Count = { requests: 0n, bytes: 0n };

/** One row of the answer: what it is about, with both counts. */
export interface CountRow {
  set: 'point' | 'key' | 'endpoint' | 'waste';
  /** The start of a point, the name of a key or an endpoint, or a kind of waste. */
  name: string;
  rule: number;
  all: Count;
  counted: Count;
}

/** Rows of one or several parts of a time, put together. @param rules how many there are */
export function countsOf(rows: Iterable<CountRow>, rules: number): UsageCounts {
  const all = new Map<number, Count[]>();
  const sets = { point: new Map<string, Count[]>(), key: new Map(), endpoint: new Map(), waste: new Map() };
  for (const { set, name, rule, ...row } of rows) {
    if (set === 'point') add(all, Number(name), rule, row.all, rules);
    if (row.counted.requests > 0n) add(sets[set], name, rule, row.counted, rules);
  }
  return {
    all,
    points: new Map([...sets.point].map(([start, counts]) => [Number(start), counts])),
    keys: sets.key,
    endpoints: sets.endpoint,
    waste: new Map(WASTE_KINDS.flatMap((kind) => [[kind, sets.waste.get(kind) ?? empty(rules)] as const])),
  };
}

function add<K>(counts: Map<K, Count[]>, name: K, rule: number, more: Count, rules: number): void {
  let byRule = counts.get(name);
  if (byRule === undefined) {
    byRule = empty(rules);
    counts.set(name, byRule);
  }
  const { requests, bytes } = byRule[rule] ?? NO_COUNT;
  byRule[rule] = { requests: requests + more.requests, bytes: bytes + more.bytes };
}

function empty(rules: number): Count[] {
  return Array.from({ length: rules + 1 }, () => NO_COUNT);
}

/** The sum of counts, rule by rule. */
export function sumOfRules(all: readonly ByRule[]): Count[] {
  const total: Count[] = [];
  for (const byRule of all) {
    byRule.forEach(({ requests, bytes }, rule) => {
      const before = total[rule] ?? NO_COUNT;
      total[rule] = { requests: before.requests + requests, bytes: before.bytes + bytes };
    });
  }
  return total;
}

/** Requests of all rules. */
export function requestsOf(byRule: ByRule): bigint {
  return byRule.reduce((requests, count) => requests + count.requests, 0n);
}
