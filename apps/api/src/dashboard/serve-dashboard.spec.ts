/** What `/app` answers. Real: Fastify, files of a folder; the build that makes them is not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { serveDashboard } from './serve-dashboard';

const PAGE = '<!doctype html><title>Dashboard</title>';
const SCRIPT = 'export {};';

const folder = mkdtempSync(join(tmpdir(), 'meterhouse-dashboard-'));
mkdirSync(join(folder, 'assets'));
for (const [path, text] of [
  ['index.html', PAGE],
  ['assets/index-4f9a1c.js', SCRIPT],
] as const) {
  writeFileSync(join(folder, path), text);
  writeFileSync(join(folder, `${path}.gz`), gzipSync(text));
  writeFileSync(join(folder, `${path}.br`), brotliCompressSync(text));
}
writeFileSync(join(folder, 'notes.txt'), 'not for the web');

const app = Fastify();
serveDashboard(app, folder, ['https://portal.example.com', 'http://localhost:5173']);
const unbuilt = Fastify();
serveDashboard(unbuilt, join(folder, 'no-such-folder'), []);
afterAll(async () => {
  await app.close();
  await unbuilt.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

it('leads from / to the dashboard', async () => {
  const { statusCode, headers } = await get('/');
  expect([statusCode, headers.location]).toEqual([302, '/app']);
});

it.each(['/app', '/app/', '/app/latency', '/app/keys?timeframe=7d', '/app/index.html', '/app/no/such/screen'])(
  '%s is the page, looked for anew each time, under a strict policy',
  async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect([statusCode, body]).toEqual([200, PAGE]);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
  },
);

it.each(['/embed', '/embed/latency?theme=dark'])('%s is the same page, which these origins may frame', async (url) => {
  const { headers, body } = await get(url);
  expect(body).toBe(PAGE);
  const embedded = 'frame-ancestors https://portal.example.com http://localhost:5173';
  const { headers: alone } = await get('/app');
  expect(headers['content-security-policy']).toBe(
    String(alone['content-security-policy']).replace("frame-ancestors 'none'", embedded),
  );
  expect(headers).not.toHaveProperty('x-frame-options');
});

it('is framed by nobody where no origin is set', async () => {
  const closed = Fastify();
  serveDashboard(closed, folder, []);
  const { headers } = await closed.inject('/embed');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  await closed.close();
});

it('lets files with a hash in their names be cached for good', async () => {
  const { headers, body } = await get('/app/assets/index-4f9a1c.js');
  expect(body).toBe(SCRIPT);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
});

it.each([
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ['br;q=0', undefined, (bytes: Buffer) => bytes],
  ['identity', undefined, (bytes: Buffer) => bytes],
])('to a client that takes "%s" it sends %s', async (accepted, encoding, decode) => {
  const { headers, rawPayload } = await get('/app/assets/index-4f9a1c.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(encoding);
  expect(decode(rawPayload).toString()).toBe(SCRIPT);
});

it('answers 304 to who has the file in the same form', async () => {
  const { headers } = await get('/app', { 'accept-encoding': 'br' });
  const etag = String(headers.etag);
  const again = await get('/app', { 'accept-encoding': 'br', 'if-none-match': etag });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect((await get('/app', { 'if-none-match': etag })).statusCode).toBe(200);
});

it.each(['/app/assets/index-old.js', '/app/assets/..%2Findex.html', '/app/assets/'])('%s is not found', async (url) => {
  expect((await get(url)).statusCode).toBe(404);
});

it.each(['/app/notes.txt', '/app/..%2F..%2Fetc%2Fpasswd', '/app/index.html.br'])(
  '%s is no file of it, so it is the page',
  async (url) => expect((await get(url)).body).toBe(PAGE),
);

it('says that it was not built', async () => {
  const { statusCode, headers, body } = await unbuilt.inject('/app');
  expect([statusCode, headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
  expect(body).toBe('The dashboard was not built: run "npm run build" and start the service again.\n');
});
