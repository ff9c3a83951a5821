/**
 * Made-up traffic of an account, healthy or with one fault planted in it, and what advice should say of it. It has the
 * rhythm of days and weeks: five endpoints, three keys, random arrivals, 1 % of the requests fail.
 */
import type { AdviceType } from '../../apps/api/src/advice/advice';
import type { Key } from '../../apps/api/src/auth/key';
import type { OracleEvent } from './usage-oracle';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** Days of traffic: what is compared with weeks before needs as many, anything else the last week. */
const HISTORY_DAYS = { all: 35, short: 8 };
/** Faults are planted in the last week, unless they are of all time. */
const WEEK = 7 * DAY;

const ENDPOINTS = [
  { method: 'GET', endpoint: '/v1/orders', weight: 0.3, ms: 60 },
  { method: 'GET', endpoint: '/v1/orders/{id}', weight: 0.25, ms: 35 },
  { method: 'POST', endpoint: '/v1/orders', weight: 0.15, ms: 90 },
  { method: 'GET', endpoint: '/v1/users/{id}', weight: 0.2, ms: 45 },
  { method: 'GET', endpoint: '/v1/search', weight: 0.1, ms: 80 },
] as const;

/** Requests an hour, on average. */
const RATE = 220;

/** A key of the account, by its place. */
export type KeyOf = 0 | 1 | 2 | 3;

/** What is said of an account, as far as it is judged. */
export interface Said {
  type: AdviceType;
  key: KeyOf | null;
  endpoint: string | null;
}

/** Changes an account; `at` is the end of its traffic. */
export interface Fault {
  type: AdviceType;
  /** What must be said. */
  expected: Said;
  /** What is true as well, and may be said: a retry storm is where errors are, too. */
  implied?: readonly Said[];
  events?: (draw: Draw, at: number) => OracleEvent[];
  change?: (event: OracleEvent, draw: Draw, at: number) => Partial<OracleEvent>;
  /** Whether weeks before the last one matter. */
  withHistory?: true;
  /** The fourth key, of which healthy accounts have none. */
  key?: Partial<Key>;
}

/** Draws by one seed. */
export class Draw {
  constructor(
    private state: number,
    readonly keyIds: readonly string[],
  ) {}

  /** From 0 to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Around a middle, skewed as latencies and sizes are. */
  around(middle: number, spread: number): number {
    return middle * Math.exp(spread * this.normal());
  }

  request(key: KeyOf, timestamp: number, endpoint: string, given: Partial<OracleEvent> = {}): OracleEvent {
    return {
      keyId: this.keyIds[key] ?? '',
      timestamp: Math.floor(timestamp),
      method: 'GET',
      endpoint,
      statusCode: 200,
      latencyMs: Math.round(this.around(50, 0.4) * 1_000) / 1_000,
      requestBytes: 200,
      responseBytes: Math.round(this.around(6_000, 0.7)),
      errorType: '',
      pathHash: endpoint.endsWith('}') ? 1 + Math.floor(this.next() * 50_000) : 1,
      ...given,
    };
  }
}

const FAILURES = [
  { statusCode: 404, errorType: 'not_found' },
  { statusCode: 400, errorType: 'bad_request' },
  { statusCode: 500, errorType: 'server_error' },
] as const;

/** The events of an account up to an instant. */
export function trafficOf(seed: number, keyIds: readonly string[], at: number, fault?: Fault): OracleEvent[] {
  const draw = new Draw(seed * 7_919, keyIds);
  const events: OracleEvent[] = [];
  const days = !fault || fault.withHistory ? HISTORY_DAYS.all : HISTORY_DAYS.short;
  for (let hour = at - days * DAY; hour < at; hour += HOUR) {
    const ofDay = 0.4 + 1.2 * Math.max(0, Math.sin((((hour % DAY) / DAY) * 24 - 6) * (Math.PI / 16)));
    const ofWeek = (Math.floor(hour / DAY) + 3) % 7 >= 5 ? 0.6 : 1;
    const mean = RATE * ofDay * ofWeek;
    const count = Math.max(0, Math.round(mean + Math.sqrt(mean) * draw.normal()));
    const load = 1 + 0.1 * ofDay + 0.02 * draw.normal();
    for (let index = 0; index < count; index++) events.push(healthy(draw, hour + draw.next() * HOUR, load));
  }
  const extra = fault?.events?.(draw, at) ?? [];
  const changed = fault?.change ? events.map((event) => ({ ...event, ...fault.change?.(event, draw, at) })) : events;
  return [...changed, ...extra].sort((one, other) => one.timestamp - other.timestamp);
}

function healthy(draw: Draw, timestamp: number, load: number): OracleEvent {
  const [share, of] = [draw.next(), draw.next()];
  const key = share < 0.5 ? 0 : share < 0.8 ? 1 : 2;
  let left = of;
  const route = ENDPOINTS.find(({ weight }) => (left -= weight) < 0) ?? ENDPOINTS[0];
  const failure = draw.next() < 0.01 ? FAILURES[Math.floor(draw.next() * 3)] : undefined;
  const latencyMs = Math.round(draw.around(route.ms * load, 0.4) * 1_000) / 1_000;
  return draw.request(key, timestamp, route.endpoint, { method: route.method, latencyMs, ...failure });
}

/** As many instants between two, evenly but for chance. */
function spread(draw: Draw, from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((index + draw.next()) * (to - from)) / count);
}

/** Each type of advice as a fault. */
export const FAULTS: readonly Fault[] = [
  {
    type: 'slow_endpoint',
    expected: { type: 'slow_endpoint', key: null, endpoint: '/v1/search' },
    change: ({ endpoint, latencyMs }) => (endpoint === '/v1/search' ? { latencyMs: latencyMs * 10 } : {}),
  },
  {
    type: 'latency_regression',
    withHistory: true,
    expected: { type: 'latency_regression', key: null, endpoint: '/v1/users/{id}' },
    change: ({ endpoint, latencyMs, timestamp }, _, at) =>
      endpoint === '/v1/users/{id}' && timestamp > at - 36 * HOUR ? { latencyMs: latencyMs * 1.5 } : {},
  },
  {
    type: 'error_hot_spot',
    expected: { type: 'error_hot_spot', key: 1, endpoint: '/v1/search' },
    change: ({ keyId, endpoint, timestamp }, draw, at) =>
      keyId === draw.keyIds[1] && endpoint === '/v1/search' && timestamp > at - WEEK && draw.next() < 0.2
        ? { statusCode: 502, errorType: 'bad_gateway' }
        : {},
  },
  {
    type: 'retry_storm',
    expected: { type: 'retry_storm', key: 2, endpoint: '/v1/search' },
    implied: [{ type: 'error_hot_spot', key: 2, endpoint: '/v1/search' }],
    events: (draw, at) =>
      spread(draw, at - WEEK, at, 60).flatMap((start) =>
        Array.from({ length: 8 }, (_, index) =>
          draw.request(2, start + index * (300 + 20 * draw.next()), '/v1/search', {
            statusCode: 503,
            errorType: 'unavailable',
          }),
        ),
      ),
  },
  {
    type: 'polling',
    expected: { type: 'polling', key: 0, endpoint: '/v1/jobs/{id}' },
    events: (draw, at) =>
      Array.from({ length: 3_000 }, (_, index) =>
        draw.request(0, at - DAY - (index + 0.1 * draw.next()) * 60 * SECOND, '/v1/jobs/{id}', {
          latencyMs: 5,
          responseBytes: 310,
          pathHash: 42,
        }),
      ),
  },
  {
    type: 'n_plus_one',
    expected: { type: 'n_plus_one', key: 1, endpoint: '/v1/orders/{id}' },
    events: (draw, at) =>
      spread(draw, at - WEEK, at, 2_000).flatMap((start) => [
        draw.request(1, start, '/v1/orders'),
        ...Array.from({ length: 10 }, (_, index) =>
          draw.request(1, start + 80 + index * (60 + 40 * draw.next()), '/v1/orders/{id}', { latencyMs: 30 }),
        ),
      ]),
  },
  {
    type: 'large_payloads',
    expected: { type: 'large_payloads', key: null, endpoint: '/v1/exports' },
    events: (draw, at) =>
      spread(draw, at - WEEK, at, 400).map((start) =>
        draw.request(2, start, '/v1/exports', { responseBytes: Math.round(draw.around(900_000, 0.3)) }),
      ),
  },
  {
    type: 'cache_candidate',
    expected: { type: 'cache_candidate', key: null, endpoint: '/v1/catalog' },
    events: (draw, at) =>
      Array.from({ length: 10_000 }, (_, index) =>
        draw.request((index % 3) as KeyOf, at - draw.next() * WEEK, '/v1/catalog', {
          latencyMs: Math.round(draw.around(90, 0.3) * 1_000) / 1_000,
          responseBytes: 48_000 + Math.floor(index / 3_000),
        }),
      ),
  },
  {
    type: 'throttling',
    expected: { type: 'throttling', key: 0, endpoint: null },
    change: ({ keyId, timestamp }, draw, at) =>
      keyId === draw.keyIds[0] && timestamp > at - WEEK && draw.next() < 0.05
        ? { statusCode: 429, errorType: 'rate_limited' }
        : {},
  },
  {
    type: 'unused_key',
    expected: { type: 'unused_key', key: 3, endpoint: null },
    key: {},
  },
  {
    type: 'over_entitled_key',
    expected: { type: 'over_entitled_key', key: 3, endpoint: null },
    key: {
      tier: 'enterprise',
      rateLimit: { requestsPerMinute: 5_000, requestsPerHour: null, requestsPerDay: 2_000_000 },
    },
    events: (draw, at) =>
      spread(draw, at - 30 * DAY, at, 3_000).map((start) => draw.request(3, start, '/v1/orders/{id}')),
  },
  {
    type: 'retired_route',
    expected: { type: 'retired_route', key: 1, endpoint: '/v0/orders' },
    events: (draw, at) =>
      spread(draw, at - WEEK, at, 150).map((start) =>
        draw.request(1, start, '/v0/orders', { statusCode: 404, errorType: 'not_found' }),
      ),
  },
];
