/** What every answer of every route says to browsers and caches. Real: the built service. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { call, createKey } from './support/api';
import { type Service, startService } from './support/service';

let service: Service;
beforeAll(async () => void (service = await startService()));
afterAll(() => service.stop());

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

const document = JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as Document;
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
);

/** The headers of an answer, whose body may have no end. */
async function headersOf(method: string, path: string, key?: string): Promise<Headers> {
  const headers: Record<string, string> = key === undefined ? {} : { 'x-api-key': key };
  const response = await fetch(service.url + path, { method, headers, redirect: 'manual' });
  await response.body?.cancel();
  return response.headers;
}

function expectSafe(headers: Headers): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
}

it.each(routes)('%s %s is safe with a key and without', async (method, path) => {
  const filled = path.replace(/\{\w+\}/g, 'no-such-id');
  const withKey = await headersOf(method, filled, service.adminKey);
  expectSafe(withKey);
  expect(withKey.get('cache-control')).toMatch(path === '/usage' ? /^private, max-age=\d+$/ : /^no-store/);
  const without = await headersOf(method, filled);
  expectSafe(without);
  expect(without.get('cache-control')).toMatch(/^no-store/);
});

it.each(['/', '/docs', '/docs/', '/docs/swagger-ui-bundle.js', '/openapi.json', '/no-such-path', '/%zz', '/keys/a%2'])(
  'GET %s is safe',
  async (path) => {
    expectSafe(await headersOf('GET', path));
  },
);

it('is safe where the request is none', async () => {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.write('nonsense\r\n\r\n');
  const headers = (await text(socket)).split('\r\n\r\n')[0]?.split('\r\n').slice(1) ?? [];
  expect(headers).toEqual(
    expect.arrayContaining(['X-Content-Type-Options: nosniff', 'Cache-Control: no-store', 'Connection: close']),
  );
});

it('lets no cache keep what carries a secret, or lists keys', async () => {
  const key = service.adminKey;
  const { id, secret } = await createKey(service, 'secretive');
  const answers = [
    await call(service, '/tokens', { key: secret, body: {} }),
    await call(service, '/keys', { key, body: { name: 'Another', accountId: 'secretive' } }),
    await call(service, `/keys/${id}/rotate`, { key, method: 'POST' }),
    await call(service, '/keys', { key }),
    await call(service, `/keys/${id}`, { key }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 200]);
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(Array(5).fill('no-store'));
});

it.each(['/docs', '/docs/', '/docs/index.html'])(
  '%s runs and loads what the service has, and is framed by nobody',
  async (path) => {
    const response = await fetch(service.url + path);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(page).not.toMatch(/<script>|\son\w+=/);
    const init = await (await fetch(`${service.url}/docs/swagger-ui-init.js`)).text();
    expect(init).toMatch(/"persistAuthorization": false/);
  },
);
