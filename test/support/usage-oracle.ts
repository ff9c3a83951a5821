/** What `GET /usage` should answer, worked out from raw events in the plainest way; shares no code with the service. */

export interface OracleEvent {
  keyId: string;
  timestamp: number;
  method: string;
  endpoint: string;
  statusCode: number;
  /** Milliseconds, in whole microseconds. */
  latencyMs: number;
  requestBytes: number;
  responseBytes: number;
  errorType: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LENGTH: Record<string, number> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
  '1y': 365 * DAY,
};
const EDGE: Record<string, number> = {
  '1h': MINUTE,
  '24h': MINUTE,
  '7d': HOUR,
  '30d': HOUR,
  '90d': HOUR,
  '1y': DAY,
  all: DAY,
};

export function oracleWindow(events: OracleEvent[], timeframe: string, now: number) {
  const edge = EDGE[timeframe] ?? DAY;
  const first = events.length === 0 ? now : Math.min(...events.map((event) => event.timestamp));
  const start = timeframe === 'all' ? Math.min(first, now) : now - (LENGTH[timeframe] ?? 0);
  const from = start - (start % edge);
  const end = now - (now % edge) + edge;
  return { from, end, counted: events.filter((event) => event.timestamp >= from && event.timestamp < end) };
}

/** Start of the UTC bucket, by the calendar. */
export function oracleBucket(granularity: string, at: number): number {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (granularity) {
    case 'minute':
      return at - (at % MINUTE);
    case 'hour':
      return at - (at % HOUR);
    case 'day':
      return Date.UTC(year, month, day);
    case 'week':
      return Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7));
    default:
      return Date.UTC(year, month, 1);
  }
}

export function oracleTraffic(events: OracleEvent[]) {
  const timed = events.filter((event) => event.statusCode !== 429).map((event) => event.latencyMs);
  const failed = events.filter((event) => event.statusCode >= 400);
  return {
    requests: events.length,
    failed: failed.length,
    throttled: events.length - timed.length,
    bytes: events.reduce((sum, event) => sum + event.requestBytes + event.responseBytes, 0),
    average: timed.length === 0 ? null : timed.reduce((sum, value) => sum + value, 0) / timed.length,
    peak: timed.length === 0 ? null : Math.max(...timed),
    /** Nearest rank: the smallest value that at least q of all values do not exceed. */
    percentile: (q: number): number | null => {
      const sorted = [...timed].sort((a, b) => a - b);
      return sorted[Math.ceil(q * sorted.length) - 1] ?? null;
    },
  };
}

export function groupBy<T, K>(items: T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Requests in the fullest clock minute or hour. */
export function oraclePeak(events: OracleEvent[], step: number): number {
  return Math.max(
    0,
    ...[...groupBy(events, (event) => event.timestamp - (event.timestamp % step)).values()].map(
      (group) => group.length,
    ),
  );
}
