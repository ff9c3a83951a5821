/** Calls the running service as a client would. */

/** Where calls go. */
export interface Target {
  /** Without a slash at its end. */
  url: string;
  adminKey: string;
}

/** A parsed JSON answer; specs say what they expect of its body. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** What a call sends. `body` is sent as JSON, `raw` as it is. */
export interface Call {
  key?: string;
  method?: string;
  body?: unknown;
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** Every answer of the service is JSON, except the metrics and the documentation. */
export async function call(
  service: Pick<Target, 'url'>,
  path: string,
  { key, method, body, raw, headers }: Call = {},
): Promise<Answer> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(service.url + path, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: parsed as Record<string, unknown> };
}

/** Creates a key and returns its secret and id. Tests make many calls, so it has no limit unless one is given. */
export async function createKey(
  service: Target,
  accountId: string,
  fields: Record<string, unknown> = {},
): Promise<{ secret: string; id: string }> {
  const answer = await call(service, '/keys', {
    key: service.adminKey,
    body: { name: `Key of ${accountId}`, accountId, tier: 'enterprise', ...fields },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { secret: String(answer.body.apiKey), id: String(answer.body.keyId) };
}

const CODES = [
  'INVALID_TIMEFRAME',
  'INVALID_GRANULARITY',
  'GRANULARITY_TOO_FINE',
  'INVALID_PARAMETERS',
  'UNAUTHORIZED',
  'API_KEY_EXPIRED',
  'API_KEY_REVOKED',
  'FORBIDDEN',
  'LIMIT_REACHED',
  'KEY_NOT_FOUND',
  'ACCOUNT_NOT_FOUND',
  'CHANNEL_NOT_FOUND',
  'RULE_NOT_FOUND',
  'ALERT_NOT_FOUND',
  'PLAN_NOT_FOUND',
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'QUERY_REFUSED',
  'QUERY_FAILED',
  'RATE_LIMIT_EXCEEDED',
  'OVERLOADED',
];

/** Resident memory of the service in bytes. */
export async function memoryOf(service: Pick<Target, 'url'>): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (.+)$/m.exec(text)?.[1]);
}

/** The contract's error and nothing else: no SQL, no stack, no path of the machine, and not our fault. */
export function expectContractError(answer: Answer): void {
  const { details, ...rest } = answer.body;
  expect(Object.keys(rest).sort()).toEqual(['error', 'message', 'requestId', 'success', 'timestamp']);
  expect(rest.success).toBe(false);
  expect(CODES).toContain(rest.error);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  const text = JSON.stringify([rest.message, details]);
  // Of a caller's own statement the engine's words are the answer.
  if (String(rest.error).startsWith('QUERY_')) return;
  // What was sent may be quoted, so statements cannot be looked for; the engine's and Node's own words can.
  expect(text).not.toMatch(/DB::|ClickHouse|usage_(minute|hour|day)|node_modules|dist\/|\.js:|\bat \w+ \(/);
}
