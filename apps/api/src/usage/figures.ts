/** What the repository reads, in the domain's words. Instants are epoch milliseconds, latencies milliseconds. */
import type { Calendar, Granularity } from '@meterhouse/common';
import type { AccountScope } from '../auth/key-registry';
import type { Tiles } from './tiles';

/** Which requests count. An empty list of a dimension lets all through. */
export interface Filters {
  keyIds: readonly string[];
  endpoints: readonly string[];
  methods: readonly string[];
  statusCodes: readonly number[];
  /** First digits: 5 for 5xx. */
  statusClasses: readonly number[];
  errorTypes: readonly string[];
}

export const NO_FILTERS: Filters = {
  keyIds: [],
  endpoints: [],
  methods: [],
  statusCodes: [],
  statusClasses: [],
  errorTypes: [],
};

/** Whether filters look at more than the key. */
export function isDetailed({ endpoints, methods, statusCodes, statusClasses, errorTypes }: Filters): boolean {
  return [endpoints, methods, statusCodes, statusClasses, errorTypes].some((values) => values.length > 0);
}

/** Whose usage is read, and from where. */
export interface Source {
  scope: AccountScope;
  filters: Filters;
  tiles: Tiles;
}

/** A source told apart by buckets. */
export interface SeriesSource extends Source {
  granularity: Granularity;
  calendar: Calendar;
  /** The starts of the buckets; used for days and longer ones. */
  starts: readonly number[];
}

/** Sums over some requests. Latencies leave throttled requests out; null means there was no other request. */
export interface Traffic {
  requests: number;
  failed: number;
  throttled: number;
  averageLatency: number | null;
  peakLatency: number | null;
  bytes: number;
  percentiles: Percentiles;
}

/** Null when every request was throttled, or there was none. */
export interface Percentiles {
  p50: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
}

export const NO_PERCENTILES: Percentiles = { p50: null, p75: null, p90: null, p95: null, p99: null };

export const NO_TRAFFIC: Traffic = {
  requests: 0,
  failed: 0,
  throttled: 0,
  averageLatency: null,
  peakLatency: null,
  bytes: 0,
  percentiles: NO_PERCENTILES,
};

export const ENDPOINT_SORTS = ['requests', 'errors', 'latency', 'timestamp'] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];

/** The sums of a window, whole and by bucket start; empty buckets are absent. */
export interface Series {
  total: Traffic;
  points: Map<number, Traffic>;
}

/** The sums of a window along each dimension. */
export interface Breakdown {
  /** The sum of any of the dimensions. */
  requests: number;
  /** All of them, in the order that was asked for; ties break by name. */
  endpoints: (Traffic & { endpoint: string; lastAt: number })[];
  methods: (Traffic & { method: string })[];
  statusCodes: (Traffic & { statusCode: number })[];
  errorTypes: (Traffic & { errorType: string })[];
  keys: (Traffic & { keyId: string })[];
}

/** The dimensions that a series can be split by. */
export const GROUP_DIMENSIONS = ['endpoint', 'method', 'statusCode', 'key', 'account'] as const;
export type GroupDimension = (typeof GROUP_DIMENSIONS)[number];

/** One of the groups that a series was split into; the values are in the order of the dimensions. */
export interface Group extends Series {
  /** Null for all that are not among the first. */
  values: string[] | null;
}

/** Requests of one key in the running minute, hour and UTC day. */
export interface RunningUsage {
  keyId: string;
  minute: number;
  hour: number;
  day: number;
}

/** What the facts of an answer are read from; null for what is not needed. */
export interface FactSources {
  /** Start of the window: what is read before belongs to the period before. */
  from: number;
  /** Minutes, for the fullest one. */
  minutes: Tiles | null;
  /** Hours, for the fullest one or the period before. */
  hours: Tiles | null;
  /** Whether they tell the fullest. */
  fullestHour: boolean;
  /** Which of them reach over the period before. */
  previousIn: 'minutes' | 'hours' | null;
  /** Whether it is told when each key was used. */
  keyDays: boolean;
}

/** Requests in the fullest clock minute and hour; null where the rows that would tell are no longer kept. */
export interface Peaks {
  peakRequestsPerMinute: number | null;
  peakRequestsPerHour: number | null;
}

/** What an answer needs beside the sums of its own window. */
export interface Facts extends Peaks {
  /** Start of the first and the last UTC day with an event, by key. */
  keyDays: Map<string, { first: number; last: number }>;
  /** Requests in the period before the window; null where it is not told. */
  previousRequests: number | null;
  running: RunningUsage[];
}
