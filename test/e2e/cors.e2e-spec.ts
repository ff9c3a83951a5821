/** Calls of a page in a browser, from an origin of CORS_ORIGINS and from others. */
import { call, expectContractError } from './support/api';
import { type Service, startService } from './support/service';

const APP = 'https://app.example.com';
const OTHER = 'https://app.example.com.evil.example';

let service: Service;

beforeAll(async () => {
  service = await startService({ CORS_ORIGINS: `${APP}, http://localhost:5173` });
}, 30_000);
afterAll(() => service.stop());

const preflight = (path: string, origin: string) =>
  call(service, path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

const listOf = (headers: Headers, name: string): string[] =>
  (headers.get(name) ?? '').split(',').map((item) => item.trim().toLowerCase());

it.each([APP, 'http://localhost:5173'])(
  'a preflight from %s is answered, without a key and a budget',
  async (origin) => {
    for (const path of ['/usage?timeframe=1h', '/keys/any', '/events']) {
      const { status, headers } = await preflight(path, origin);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(listOf(headers, 'access-control-allow-methods')).toEqual(
        expect.arrayContaining(['get', 'patch', 'delete']),
      );
      expect(listOf(headers, 'access-control-allow-headers')).toEqual(
        expect.arrayContaining(['authorization', 'x-api-key', 'content-type', 'last-event-id']),
      );
      expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(listOf(headers, 'vary')).toContain('origin');
      expect(headers.get('x-ratelimit-limit')).toBeNull();
    }
  },
);

it.each([OTHER, 'https://APP.example.com', 'http://app.example.com', 'https://app.example.com:8443', 'null'])(
  'a page of %s reads nothing',
  async (origin) => {
    const asked = await preflight('/usage', origin);
    expectContractError(asked);
    const sent = await call(service, '/usage', { key: service.adminKey, headers: { origin } });
    for (const { headers } of [asked, sent]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(listOf(headers, 'vary')).toContain('origin');
    }
  },
);

it('a page of an allowed origin reads answers, errors and their headers', async () => {
  const headers = { origin: APP };
  const good = await call(service, '/usage', { key: service.adminKey, headers });
  const errors = [
    await call(service, '/usage', { headers }),
    await call(service, '/usage?granularity=eon', { key: service.adminKey, headers }),
    await call(service, '/nowhere', { headers }),
    await call(service, '/events', { key: service.adminKey, raw: '{', headers }),
  ];
  expect([good, ...errors].map(({ status }) => status)).toEqual([200, 401, 400, 404, 400]);
  for (const answer of [good, ...errors]) {
    expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(listOf(answer.headers, 'vary')).toContain('origin');
    expect(listOf(answer.headers, 'access-control-expose-headers')).toEqual(
      expect.arrayContaining([
        'x-request-id',
        'etag',
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-ratelimit-reset',
        'ratelimit',
        'ratelimit-policy',
        'retry-after',
      ]),
    );
  }
});

it('a file depends on the origin beside what it depends on anyway', async () => {
  const answer = await fetch(`${service.url}/usage/export`, {
    headers: { authorization: `Bearer ${service.adminKey}`, origin: APP },
  });
  await answer.text();
  expect(listOf(answer.headers, 'vary')).toEqual(['origin', 'accept', 'accept-encoding']);
  expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
});

it('a caller without an origin is answered as before, with Vary for caches', async () => {
  const { status, headers } = await call(service, '/usage', { key: service.adminKey });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null]);
  expect(listOf(headers, 'vary')).toContain('origin');
  const wrongMethod = await call(service, '/usage', { key: service.adminKey, method: 'PUT' });
  expect(wrongMethod.body.message).toBe('There is no PUT /usage; the path takes GET, HEAD.');
  expectContractError(await call(service, '/usage', { method: 'OPTIONS' }));
});
