/**
 * What senders send: 200 accounts on a power law, three keys each, 40 routes, at 5,000 requests a second. Every event has
 * an id of its own, a concrete path, the time in ISO 8601 and the latency as a difference of two `performance.now()`.
 */
import { randomUUID } from 'node:crypto';

export const ACCOUNTS = 200;
export const KEYS = 3;

/** `{n}` is a number, `{u}` a UUID, `{h}` a hash, `{w}` a word: of a request, not of a route. The first are asked for most. */
const ROUTES = [
  'GET /v1/orders/{n}',
  'GET /v1/orders/{n}/items/{n}',
  'GET /v1/users/{u}',
  'GET /v1/search?q={w}&page={n}',
  'POST /v1/orders',
  'GET /v1/products/{n}/reviews?limit=20',
  'GET /v1/users/{u}/sessions/{u}',
  'POST /v1/carts/{u}/items',
  'GET /v2/inventory/{n}',
  'PUT /v1/carts/{u}/items/{n}',
  'DELETE /v1/carts/{u}/items/{n}',
  'GET /v1/files/{h}',
  'GET /health',
  'PATCH /v1/users/{u}/preferences',
  'GET /v1/customers/{n}/invoices/{n}/lines',
  'POST /v1/payments/{u}/capture',
  'GET /v2/reports/daily?from=2026-01-{n}',
  'GET /v1/shipments/{n}/tracking',
  'POST /v1/webhooks/{w}',
  'HEAD /v1/files/{h}',
  ...Array.from({ length: 20 }, (_, index) => `GET /v1/resource${index}/{n}`),
].map((route) => {
  const [method, path] = route.split(' ');
  return { method, parts: path.split(/(\{\w\})/) };
});

const WORDS = ['lamp', 'oak-table', 'running+shoes', 'usb-c', 'espresso', 'desk', 'mirror', 'tent'];

/** How an answer's status is spread, up to which share of all. */
const STATUSES = [
  [0.9, 200],
  [0.93, 201],
  [0.95, 404],
  [0.97, 429],
  [0.98, 500],
  [1, 204],
];
const ERROR_TYPES = { 404: 'order_not_found', 429: 'rate_limited', 500: 'upstream_timeout' };

/**
 * Events one after the other in time, up to now.
 * @param random from 0 to 1
 * @returns the account's number and the event as JSON
 */
export function* traffic(count, random) {
  const start = Date.now() - (count / 5_000) * 1_000;
  for (let index = 0; index < count; index++) {
    const account = Math.floor(ACCOUNTS * random() ** 3);
    const { method, parts } = ROUTES[Math.floor(ROUTES.length * random() ** 2)];
    const luck = random();
    const statusCode = STATUSES.find(([share]) => luck < share)[1];
    const event = {
      id: randomUUID(),
      timestamp: new Date(start + index / 5).toISOString(),
      keyId: keyOf(account, Math.floor(KEYS * random())),
      method,
      endpoint: parts.map((part) => (part.startsWith('{') ? variable(part, random) : part)).join(''),
      statusCode,
      latencyMs: latency(random),
      requestBytes: Math.floor(1_000 * random()),
      responseBytes: Math.floor(20_000 * random()),
      errorType: ERROR_TYPES[statusCode],
    };
    yield { account, json: JSON.stringify(event) };
  }
}

export const accountOf = (account) => `account-${account}`;
export const keyOf = (account, key) => `${accountOf(account)}-${key}`;

function variable(part, random) {
  if (part === '{u}') return randomUUID();
  if (part === '{h}') return randomUUID().replaceAll('-', '');
  if (part === '{w}') return WORDS[Math.floor(WORDS.length * random())];
  return String(Math.floor(10 ** (1 + 6 * random())));
}

/** Log-normal around 20 ms, the difference of two readings of a clock in milliseconds with nanosecond resolution. */
function latency(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const began = Math.floor(3.6e12 * random());
  const ended = began + Math.round(1e6 * Math.exp(3 + 0.8 * normal));
  return ended / 1e6 - began / 1e6;
}
