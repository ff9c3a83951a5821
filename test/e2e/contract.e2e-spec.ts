/** The main job over HTTP against the built service: keys are made, events sent, usage read, limits kept. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { aSentEvent } from '../factories/events';
import { call, createKey, expectContractError } from './support/api';
import { type Service, startService } from './support/service';

interface Usage {
  usage: Record<string, number | null>;
  timeSeries: { timestamp: string; requests: number }[];
  breakdown?: Record<string, { requests: number }[]>;
  alerts: { type: string; message: string }[];
  rateLimits: Record<string, Record<string, number | null>>;
}

let service: Service;

beforeAll(async () => {
  service = await startService();
}, 30_000);

afterAll(() => service.stop());

const usageOf = async (key: string, query = ''): Promise<Usage> => {
  const answer = await call(service, `/usage${query}`, { key });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Usage;
};

describe('from an event to its place in GET /usage', () => {
  it('counts what was sent, each event once', async () => {
    const { secret, id } = await createKey(service, 'once');
    const events = [
      aSentEvent({ id: 'a' }),
      aSentEvent({ id: 'b', statusCode: 500 }),
      aSentEvent({ id: 'c', statusCode: 429 }),
      { method: 'GET' },
    ];
    const first = await call(service, '/events?wait=true', { key: secret, body: events });
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({
      success: true,
      accepted: 3,
      duplicates: 0,
      rejected: [{ index: 3, error: 'INVALID_PARAMETERS' }],
    });
    const second = await call(service, '/events?wait=true', { key: secret, body: { events: events.slice(0, 3) } });
    expect(second.body).toMatchObject({ accepted: 0, duplicates: 3, rejected: [] });
    const { usage, breakdown } = await usageOf(secret, '?timeframe=1h&granularity=minute');
    expect(usage).toMatchObject({
      totalRequests: 3,
      successfulRequests: 1,
      failedRequests: 2,
      throttledRequests: 1,
      averageLatency: 12.5,
    });
    expect(breakdown?.byEndpoint).toMatchObject([{ endpoint: '/v1/orders/{id}', requests: 3 }]);
    expect(breakdown?.byKey).toMatchObject([{ keyId: id, name: 'Key of once', requests: 3 }]);
  });

  it('reads NDJSON and gzip, and one bad line costs only itself', async () => {
    const { secret } = await createKey(service, 'lines');
    const lines = [JSON.stringify(aSentEvent()), '{"broken', JSON.stringify(aSentEvent())].join('\n');
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    const answer = await call(service, '/events?wait=true', {
      key: secret,
      raw: new Uint8Array(gzipSync(lines)),
      headers,
    });
    expect(answer.body).toMatchObject({ accepted: 2, rejected: [{ index: 1 }] });
    expect((await usageOf(secret)).usage.totalRequests).toBe(2);
  });

  it('leaves out what is not asked for', async () => {
    const { secret } = await createKey(service, 'parts');
    await call(service, '/events?wait=true', { key: secret, body: aSentEvent() });
    const answer = await call(service, '/usage?includeBreakdown=false&includeErrors=false&includeLatency=false', {
      key: secret,
    });
    expect(Object.keys(answer.body)).toEqual([
      'success',
      'period',
      'usage',
      'timeSeries',
      'rateLimits',
      'alerts',
      'pagination',
      'timestamp',
    ]);
    expect(answer.body.usage).not.toHaveProperty('averageLatency');
    expect(answer.body.pagination).not.toHaveProperty('total');
  });

  it('answers zeros and says so where there is no usage', async () => {
    const { secret } = await createKey(service, 'silent');
    const { usage, timeSeries, alerts } = await usageOf(secret, '?timeframe=7d&granularity=day');
    expect(usage).toMatchObject({
      totalRequests: 0,
      successRate: null,
      averageLatency: null,
      averageDataPerRequest: null,
    });
    expect(timeSeries).toHaveLength(8);
    expect(alerts).toMatchObject([{ type: 'no_data', message: 'No usage data found' }]);
  });

  it('lists a key it has not seen, when an admin sends its events', async () => {
    const body = aSentEvent({ keyId: 'gateway-7' });
    expect((await call(service, '/events?wait=true&accountId=external', { key: service.adminKey, body })).status).toBe(
      202,
    );
    const listed = await call(service, '/keys?accountId=external', { key: service.adminKey });
    expect(listed.body.keys).toMatchObject([{ id: 'gateway-7', external: true, usage: { totalRequests: 1 } }]);
    expect((await usageOf(service.adminKey, '?accountId=external&keyId=gateway-7')).usage.totalRequests).toBe(1);
  });
});

describe('keys', () => {
  it('have ids of up to 128 characters, by which they are found', async () => {
    const id = '.:_-'.repeat(32);
    const body = aSentEvent({ keyId: id });
    const sent = await call(service, '/events?accountId=long-ids', { key: service.adminKey, body });
    expect(sent.body).toMatchObject({ accepted: 1 });
    for (const path of [id, encodeURIComponent(id), id.replaceAll('.', '%2E').replaceAll('_', '%5F')]) {
      expect((await call(service, `/keys/${path}`, { key: service.adminKey })).body).toMatchObject({ key: { id } });
    }
    const unknown = await call(service, `/keys/${'x'.repeat(8_000)}`, { key: service.adminKey });
    expect(unknown).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
  });

  it.each(['.', '..'])('cannot have the id "%s", which no path can name', async (id) => {
    const body = aSentEvent({ keyId: id });
    const sent = await call(service, '/events?accountId=dots', { key: service.adminKey, body });
    expect(sent).toMatchObject({ status: 400, body: { message: expect.stringContaining('not . or .. alone') } });
    const listed = await call(service, `/keys?accountId=${id}`, { key: service.adminKey });
    expect(listed).toMatchObject({ status: 400, body: { message: expect.stringContaining('not . or .. alone') } });
  });

  it('stop working when they are revoked, and their history stays', async () => {
    const { secret, id } = await createKey(service, 'revoked');
    const { secret: reader } = await createKey(service, 'revoked');
    await call(service, '/events?wait=true', { key: secret, body: aSentEvent() });
    for (const time of ['first', 'second']) {
      const revoked = await call(service, `/keys/${id}`, { key: service.adminKey, method: 'DELETE' });
      expect([time, revoked.status]).toEqual([time, 200]);
    }
    expect((await call(service, '/usage', { key: secret })).body.error).toBe('API_KEY_REVOKED');
    expect((await usageOf(reader, `?keyId=${id}`)).usage.totalRequests).toBe(1);
  });

  it('take a new secret, and keep the old one for the grace period', async () => {
    const { secret, id } = await createKey(service, 'rotated');
    const rotate = (body: unknown) => call(service, `/keys/${id}/rotate`, { key: service.adminKey, body });
    const graceful = await rotate({ gracePeriodSeconds: 3_600 });
    expect(graceful.body.keyId).toBe(id);
    expect((await call(service, '/usage', { key: secret })).status).toBe(200);
    const second = String(graceful.body.apiKey);
    const third = String((await rotate({})).body.apiKey);
    expect((await call(service, '/usage', { key: second })).body.error).toBe('UNAUTHORIZED');
    expect((await call(service, '/usage', { key: third })).status).toBe(200);
  });
});

describe('limits', () => {
  it('are one budget over all routes, and agree with what GET /usage reports', async () => {
    const { secret } = await createKey(service, 'limited', { rateLimit: { requestsPerDay: 5 } });
    await call(service, '/events?wait=true', { key: secret, body: [aSentEvent(), aSentEvent()] });
    const second = await call(service, '/usage', { key: secret });
    expect(second.headers.get('x-ratelimit-remaining')).toBe('3');
    const { rateLimits } = second.body as unknown as Usage;
    expect(rateLimits).toMatchObject({
      current: { requestsPerDay: 5 },
      usage: { requestsPerDay: 4 },
      utilization: { requestsPerDay: 80 },
    });
    for (let i = 0; i < 3; i++) await call(service, '/usage?limit=0', { key: secret });
    const refused = await call(service, '/usage', { key: secret });
    expect(refused.status).toBe(429);
    expectContractError(refused);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/"day";r=0;t=\d+/);
  });
});

describe('wrong input', () => {
  it.each([
    ['/usage?timeframe=24hr', 'INVALID_TIMEFRAME', '"24h"'],
    ['/usage?granularity=hours', 'INVALID_GRANULARITY', '"hour"'],
    ['/usage?timeframe=30d&granularity=minute', 'GRANULARITY_TOO_FINE', '"hour"'],
    ['/usage?sort=request', 'INVALID_PARAMETERS', '"requests"'],
    ['/usage?timefame=24h', 'INVALID_PARAMETERS', '"timeframe"'],
    ['/usage?groupLimit=5', 'INVALID_PARAMETERS', 'groupBy'],
    ['/usage?limit=1001', 'INVALID_PARAMETERS', '1000'],
    ['/usage?offset=-1', 'INVALID_PARAMETERS', 'whole number'],
    ['/usage?from=1970-01-01', 'INVALID_PARAMETERS', '2000-01-01T00:00:00.000Z or after'],
    ['/usage?includeErrors=1', 'INVALID_PARAMETERS', 'true or false'],
    ['/usage?keyId=unknown', 'KEY_NOT_FOUND', 'no such key'],
    ['/usage?__proto__=1', 'INVALID_PARAMETERS', 'not known'],
    ['/nowhere', 'NOT_FOUND', '/docs'],
  ])('%s answers %s and names %s', async (path, code, hint) => {
    const answer = await call(service, path, { key: service.adminKey });
    expectContractError(answer);
    expect(answer.body.error).toBe(code);
    expect(answer.body.message).toContain(hint);
  });

  it.each([
    ['PUT', '/usage?timeframe=1h', 'GET, HEAD'],
    ['GET', '/events', 'POST'],
    ['PUT', '/keys/any', 'DELETE, GET, HEAD, PATCH'],
    ['DELETE', '/docs', 'GET, HEAD'],
  ])('%s %s answers 404 and says that the path takes %s', async (method, path, methods) => {
    const answer = await call(service, path, { key: service.adminKey, method });
    expectContractError(answer);
    expect(answer.status).toBe(404);
    expect(answer.body.message).toContain(`takes ${methods}.`);
    expect(answer.headers.get('allow')).toBe(methods);
  });

  it('leaves Allow out where there is no such path', async () => {
    for (const path of ['/nowhere', '/docs/nowhere', '/keys/a/b', '/usage/']) {
      const answer = await call(service, path, { key: service.adminKey });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 404, null]);
    }
  });

  it.each([
    ['no JSON', { raw: '{"a":' }, 400],
    ['an empty body', { raw: '', method: 'POST' }, 400],
    ['an empty array', { body: [] }, 400],
    ['a number', { body: 7 }, 400],
    ['only bad events', { body: [{}] }, 400],
    ['too many events', { body: Array(10_001).fill({}) }, 413],
    ['too many bytes', { raw: `[${' '.repeat(10 * 1024 * 1024)}]` }, 413],
    [
      'a bomb',
      { raw: new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024))), headers: { 'content-encoding': 'gzip' } },
      413,
    ],
    ['a text', { raw: 'hello', headers: { 'content-type': 'text/plain' } }, 400],
    ['broken gzip', { raw: 'hello', headers: { 'content-encoding': 'gzip' } }, 400],
    ['an unknown encoding', { raw: '{}', headers: { 'content-encoding': 'br' } }, 400],
  ])('POST /events with %s is refused', async (_, sent, status) => {
    const answer = await call(service, '/events?wait=true', { key: service.adminKey, ...sent });
    expectContractError(answer);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['none', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['an unknown key', { authorization: `Bearer mh_${'a'.repeat(49)}` }],
    ['an endless key', { authorization: `Bearer ${'a'.repeat(10_000)}` }],
    ['two keys', { authorization: 'Bearer one', 'x-api-key': 'two' }],
  ])('a call with %s for credentials answers 401', async (_, headers) => {
    const answer = await call(service, '/usage', { headers });
    expectContractError(answer);
    expect(answer.body.error).toBe('UNAUTHORIZED');
  });
});

it('lets pages of no other origin call where CORS_ORIGINS names none', async () => {
  const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' };
  const asked = await call(service, '/usage', { method: 'OPTIONS', headers });
  expectContractError(asked);
  const answer = await call(service, '/usage', { key: service.adminKey, headers });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  expect(answer.headers.get('vary')).not.toMatch(/origin/i);
});

describe('every route of the OpenAPI document', () => {
  interface Operation {
    method: string;
    path: string;
    takesBody: boolean;
  }
  let operations: Operation[];

  beforeAll(async () => {
    const { paths } = (await call(service, '/openapi.json')).body as { paths: Record<string, Record<string, object>> };
    operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, 'any'),
        takesBody: 'requestBody' in operation,
      })),
    );
    expect(operations.length).toBeGreaterThan(10);
  });

  it('refuses a query parameter that it does not declare', async () => {
    for (const { method, path } of operations) {
      const answer = await call(service, `${path}?nonsense=1`, { method, key: service.adminKey });
      expect([method, path, answer.status, answer.body.message]).toEqual([
        method,
        path,
        400,
        '"nonsense" is not known here.',
      ]);
    }
  });

  it('refuses a body where it declares none', async () => {
    for (const { method, path } of operations.filter(({ takesBody }) => !takesBody)) {
      const { status, message } = await withBody(method, path);
      expect([method, path, status, message]).toEqual([method, path, 400, expect.stringContaining('takes no body')]);
    }
  });

  /** `fetch` sends no body with a GET. */
  async function withBody(method: string, path: string): Promise<{ status: number | undefined; message: unknown }> {
    const headers = {
      authorization: `Bearer ${service.adminKey}`,
      'content-type': 'application/json',
      'content-length': '2',
    };
    const sent = request(service.url + path, { method, headers }).end('{}');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, message: (JSON.parse(await text(answer)) as { message: unknown }).message };
  }
});

describe('what is not a request', () => {
  it.each([
    ['is no HTTP', 'FOO\r\n\r\n', /not an HTTP request/],
    ['has more head than is read', `GET /usage?endpoint=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, /16 KiB/],
    ['has a header that is none', 'GET /usage HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n', /not an HTTP request/],
  ])('is answered in the form of every error where it %s', async (_, sent, message) => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toEqual({
      success: false,
      error: 'INVALID_PARAMETERS',
      message: expect.stringMatching(message) as string,
      requestId: expect.any(String) as string,
      timestamp: expect.any(String) as string,
    });
  });
});
