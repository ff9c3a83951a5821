/**
 * The demo's events, made from a seed. Each hour has random numbers of its own, so that any stretch comes out the same
 * whatever is made before it: a demo that is run again later makes the same events and goes on where they end.
 */
import { HOUR, MINUTE } from '@meterhouse/common';
import { DEMO_KEYS, type DemoKey, TIER_PER_MINUTE } from './accounts';
import { Random, runningSums } from './random';
import { type DemoOptions, type Stretch, incidentOf, jobIn, scaleFor, trafficShape } from './rhythm';
import { ROUTES, type Route } from './routes';

/** Retries make the incident's hours busier. */
const INCIDENT_TRAFFIC = 1.35;
/** Share of calls that fail in the incident, on the routes it struck. */
const INCIDENT_FAILURES = 0.42;
const MAX_SENT_LATENCY = 30_000;

export interface DemoEvent {
  id: string;
  /** Epoch milliseconds. */
  timestamp: number;
  key: DemoKey;
  method: string;
  endpoint: string;
  statusCode: number;
  latencyMs: number;
  requestBytes: number;
  responseBytes: number;
}

interface Call {
  timestamp: number;
  key: DemoKey;
}

/** The events of `[from, to)` in order of time; a few megabytes of memory at any length. */
export function* demoEvents(options: DemoOptions, { from, to }: Stretch): Generator<DemoEvent> {
  const scale = scaleFor(options);
  const incident = incidentOf(options);
  for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) {
    const random = new Random(options.seed, hour / HOUR);
    const inMinute = new Map<string, number>();
    let number = 0;
    for (const call of callsOf(hour, scale, incident, options, random)) {
      const id = `demo_${options.seed}_${(hour / HOUR).toString(36)}_${(number++).toString(36)}`;
      const event = eventOf(id, call, incident, random, isThrottled(call, inMinute));
      if (call.timestamp >= from && call.timestamp < to) yield event;
    }
  }
}

function callsOf(hour: number, scale: number, incident: Stretch, options: DemoOptions, random: Random): Call[] {
  const calls: Call[] = [];
  const struck = hour + HOUR > incident.from && hour < incident.to ? INCIDENT_TRAFFIC : 1;
  for (const key of DEMO_KEYS) {
    const count = random.poisson(scale * struck * trafficShape(key, hour, options));
    for (let i = 0; i < count; i++) calls.push({ key, timestamp: Math.floor(hour + random.next() * HOUR) });
    const run = jobIn(key, hour, options);
    for (let i = 0; run && i < run.perMinute * run.minutes; i++) {
      const minute = run.from + Math.floor(i / run.perMinute) * MINUTE;
      calls.push({ key, timestamp: Math.floor(minute + random.next() * MINUTE) });
    }
  }
  return calls.sort((a, b) => a.timestamp - b.timestamp);
}

/** Counts a key's calls in the clock minute as its tier does. */
function isThrottled({ key, timestamp }: Call, inMinute: Map<string, number>): boolean {
  const slot = `${key.slug} ${Math.floor(timestamp / MINUTE)}`;
  const count = (inMinute.get(slot) ?? 0) + 1;
  inMinute.set(slot, count);
  return count > TIER_PER_MINUTE[key.tier];
}

function eventOf(id: string, call: Call, incident: Stretch, random: Random, throttled: boolean): DemoEvent {
  const route = routeFor(call.key, random);
  const struck = route.inIncident && call.timestamp >= incident.from && call.timestamp < incident.to;
  const statusCode = throttled ? 429 : statusFor(route, struck, random);
  return {
    id,
    // Spreading the call here takes most of the generator's time.
    timestamp: call.timestamp,
    key: call.key,
    method: route.method,
    endpoint: route.endpoint,
    statusCode,
    latencyMs: latencyFor(route, statusCode, struck, random),
    requestBytes: Math.round(random.logNormal(route.requestBytes, 0.4)),
    responseBytes: responseBytesFor(route, statusCode, random),
  };
}

const ROUTES_OF = new Map(
  DEMO_KEYS.map((key) => {
    const routes = ROUTES.filter((route) => key.areas.length === 0 || key.areas.includes(route.area));
    return [key, { routes, sums: runningSums(routes.map((route) => route.weight)) }];
  }),
);

function routeFor(key: DemoKey, random: Random): Route {
  const own = ROUTES_OF.get(key);
  const route = own?.routes[random.pick(own.sums)];
  if (!route) throw new Error(`The demo key ${key.slug} has no routes.`);
  return route;
}

/** Status codes that are seen now and then, with their share of the calls they fit. */
const NOW_AND_THEN: readonly { status: number; share: number; fits: (route: Route) => boolean }[] = [
  { status: 304, share: 0.05, fits: ({ method, area }) => method === 'GET' && area === 'catalog' },
  { status: 404, share: 0.016, fits: ({ endpoint }) => endpoint.includes('{id}') },
  { status: 400, share: 0.006, fits: ({ method }) => method !== 'GET' },
  { status: 422, share: 0.009, fits: ({ method }) => method === 'POST' || method === 'PUT' },
  { status: 402, share: 0.02, fits: ({ method, endpoint }) => method === 'POST' && endpoint === '/v1/payments' },
  { status: 409, share: 0.005, fits: ({ method }) => method === 'PATCH' || method === 'DELETE' },
  { status: 401, share: 0.003, fits: () => true },
  { status: 403, share: 0.001, fits: () => true },
  { status: 500, share: 0.0016, fits: () => true },
  { status: 502, share: 0.0003, fits: () => true },
  { status: 504, share: 0.008, fits: ({ area }) => area === 'reports' },
];

const USUAL: Record<string, number> = { POST: 201, DELETE: 204 };

function statusFor(route: Route, struck: boolean, random: Random): number {
  let chance = random.next();
  if (struck) {
    if (chance < INCIDENT_FAILURES) return chance < 0.2 ? 503 : chance < 0.32 ? 504 : 500;
    chance = (chance - INCIDENT_FAILURES) / (1 - INCIDENT_FAILURES);
  }
  for (const { status, share, fits } of NOW_AND_THEN) {
    if (!fits(route)) continue;
    if (chance < share) return status;
    chance -= share;
  }
  return USUAL[route.method] ?? 200;
}

/** Milliseconds, to the microsecond. */
function latencyFor(route: Route, status: number, struck: boolean, random: Random): number {
  const usual = random.logNormal(route.latency.median, route.latency.sigma);
  const factor = struck ? random.between(6, 14) : status >= 500 ? 2.5 : status >= 400 || status === 304 ? 0.45 : 1;
  const latency =
    status === 429 ? random.between(0.4, 2.2) : status === 504 ? random.between(9_800, 10_400) : usual * factor;
  return Math.round(Math.min(MAX_SENT_LATENCY, latency) * 1_000) / 1_000;
}

function responseBytesFor(route: Route, status: number, random: Random): number {
  if (status === 304 || status === 204) return 0;
  return Math.round(status >= 400 ? random.between(160, 420) : random.logNormal(route.responseBytes, 0.6));
}
