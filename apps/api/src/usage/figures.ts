/** What the repository reads, in the domain's words. Instants are epoch milliseconds, latencies milliseconds. */
import type { Granularity, Resolution } from '@meterhouse/common';
import type { AccountScope } from '../auth/key-registry';

/** Which usage is read, and at what level. */
export interface Read {
  scope: AccountScope;
  /** One key of the scope, or all. */
  keyId: string | null;
  from: number;
  /** Exclusive. */
  to: number;
  resolution: Resolution;
  granularity: Granularity;
}

/** Sums over some requests. Latencies leave throttled requests out; null means there was no other request. */
export interface Traffic {
  requests: number;
  failed: number;
  throttled: number;
  averageLatency: number | null;
  peakLatency: number | null;
  bytes: number;
  lastAt: number;
}

/** Null when every request was throttled, or there was none. */
export interface Percentiles {
  p50: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
}

export const NO_TRAFFIC: Traffic = {
  requests: 0,
  failed: 0,
  throttled: 0,
  averageLatency: null,
  peakLatency: null,
  bytes: 0,
  lastAt: 0,
};

export const NO_PERCENTILES: Percentiles = { p50: null, p75: null, p90: null, p95: null, p99: null };

export const ENDPOINT_SORTS = ['requests', 'errors', 'latency', 'timestamp'] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];

/** The sums of a window along each dimension. */
export interface Figures {
  total: Traffic;
  /** By bucket start; empty buckets are absent. */
  points: Map<number, Traffic>;
  /** All of them, in the order that was asked for; ties break by name. */
  endpoints: (Traffic & { endpoint: string })[];
  methods: (Traffic & { method: string })[];
  statusCodes: (Traffic & { statusCode: number })[];
  errorTypes: (Traffic & { errorType: string })[];
  keys: (Traffic & { keyId: string })[];
}

/** The percentiles of a window: in all, by bucket start, by endpoint. */
export interface LatencyFigures {
  total: Percentiles;
  points: Map<number, Percentiles>;
  endpoints: Map<string, Percentiles>;
}

/** Requests of one key in the running minute, hour and UTC day. */
export interface RunningUsage {
  keyId: string;
  minute: number;
  hour: number;
  day: number;
}

/** What an answer needs beside the sums of its own window. */
export interface Facts {
  /** Start of the first and the last UTC day with an event, by key. */
  keyDays: Map<string, { first: number; last: number }>;
  peakRequestsPerMinute: number;
  peakRequestsPerHour: number;
  /** Requests in the period before the window. */
  previousRequests: number;
  running: RunningUsage[];
}
