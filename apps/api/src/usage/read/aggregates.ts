/** What the repository returns. Instants are epoch milliseconds, latencies milliseconds, sizes bytes. */
import type { Calendar, Granularity, Span } from '@meterhouse/common';
import type { AccountScope } from '../../auth/key';
import type { Filters } from '../request/filters';
import type { ReadPlan } from '../request/read-plan';

/** Whose usage is read, and from where. */
export interface Source {
  scope: AccountScope;
  filters: Filters;
  plan: ReadPlan;
}

/** A source grouped by buckets. */
export interface SeriesSource extends Source {
  granularity: Granularity;
  calendar: Calendar;
  /** See `Window`. */
  starts: readonly number[];
}

/** Sums that every dimension has. */
export interface Counts {
  requests: number;
  failed: number;
}

/** Sums over some requests. Latencies are of timed requests, see `Sums`; null means there was none. */
export interface Traffic extends Counts {
  throttled: number;
  averageLatency: number | null;
  peakLatency: number | null;
  bytes: bigint;
  percentiles: Percentiles;
}

/** Null when there was no timed request. */
export interface Percentiles {
  p50: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
}

const NO_PERCENTILES: Percentiles = { p50: null, p75: null, p90: null, p95: null, p99: null };

export const NO_TRAFFIC: Traffic = {
  requests: 0,
  failed: 0,
  throttled: 0,
  averageLatency: null,
  peakLatency: null,
  bytes: 0n,
  percentiles: NO_PERCENTILES,
};

/** Sums by bucket start; empty buckets are absent. */
export type Points = ReadonlyMap<number, Traffic>;

/** The sums of a window, whole and by bucket. */
export interface Series {
  total: Traffic;
  points: Points;
}

/** The sums of one endpoint. */
export interface EndpointTraffic extends Traffic {
  endpoint: string;
  lastAt: number;
}

/** The endpoints that an answer is about; ties break by name. */
export interface EndpointLists {
  /** How many there are. */
  count: number;
  /** Those on the page, in the order asked for. */
  page: EndpointTraffic[];
  /** At most `MAX_VALUES` with the most requests; then `{other}`, where it is not among them. */
  mostUsed: EndpointTraffic[];
  /** At most `MAX_VALUES` with the most failures, most first. */
  mostFailing: EndpointTraffic[];
}

/** As `Breakdown`, with the endpoints that an answer is about. */
export type UsageBreakdown = Omit<Breakdown, 'endpoints'> & { endpoints: EndpointLists };

/** The sums of a window, whole and along each dimension. */
export interface Breakdown {
  total: Traffic;
  /** All of them, in the order that was asked for; ties break by name. */
  endpoints: EndpointTraffic[];
  /** Of these, of error types and of keys at most `MAX_VALUES`, see `mostUsed`. */
  methods: (Counts & { method: string })[];
  statusCodes: (Counts & { statusCode: number })[];
  errorTypes: (Counts & { errorType: string })[];
  keys: (Counts & { keyId: string })[];
}

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

/**
 * The period before in whole buckets: its requests are those from `from` to `cut`, and some of those from there to `to`,
 * none of which are in the window.
 */
export interface PreviousBuckets extends Span {
  cut: number;
}

/** What peaks, and the period before, are read from; null for what is not needed. */
export interface PeakSources {
  /** Start of the window. */
  from: number;
  /** Minutes, for the fullest one. */
  minutes: ReadPlan | null;
  /** Hours, for the fullest one or the period before. */
  hours: ReadPlan | null;
  /** Whether the fullest hour is looked for in them. */
  fullestHour: boolean;
  /** The starts of the window's hours, where they are not those of UTC and the fullest is looked for; else none. */
  hourStarts: readonly number[];
  /** The period before, where the hours reach over it. */
  previous: PreviousBuckets | null;
}

/** What is read from the minutes of the last days. */
export interface RecentSources {
  /** The instant whose minute, hour and UTC day are read. */
  now: number;
  /** The span of the peaks; null where they are read otherwise. */
  peaksIn: Span | null;
  /** Whether the fullest hour is looked for. */
  withHour: boolean;
  /** The starts of the hours, where they are not those of UTC; else none. */
  hourStarts: readonly number[];
  /** The period before; null where it is read otherwise. */
  previousIn: PreviousBuckets | null;
}

/** A count known to be at least one number and at most another; both are the count where it is known exactly. */
export interface CountBounds {
  atLeast: number;
  atMost: number;
}

/** Requests in the fullest clock minute and hour; null where their rows are past their retention. */
export interface Peaks {
  peakRequestsPerMinute: number | null;
  peakRequestsPerHour: number | null;
}

/** Peaks and the requests of the period before. */
export interface PeakContext extends Peaks {
  /** Requests in the period before the window; null where it is not read. */
  previous: CountBounds | null;
}

export const NO_PEAKS: PeakContext = { peakRequestsPerMinute: null, peakRequestsPerHour: null, previous: null };

/** Result of reading the minutes of the last days. */
export interface RecentContext extends PeakContext {
  /** In the span in which peaks were looked for; null where they were not. */
  requests: number | null;
  running: readonly RunningUsage[];
}

/** What an answer needs beside the sums of its own window. */
export interface UsageContext extends PeakContext {
  /** Keys with events today and, where that is asked for, since an earlier day. */
  usedKeys: ReadonlySet<string>;
  running: readonly RunningUsage[];
  /** Requests from an instant of the window on, read apart from its sums: these should say the same. Null: not read. */
  recent: { from: number; requests: number } | null;
}
