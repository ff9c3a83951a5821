/**
 * Bodies of callers that may not send them, or that mean harm. Real: the socket, Fastify, guards, limits, keys, ingest and
 * ClickHouse. Not real: the clock, which stands still.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { HealthModule } from '../../apps/api/src/health/health.module';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import { KeysModule } from '../../apps/api/src/keys/keys.module';
import { listen } from './socket-fixture';

const MIB = 1024 * 1024;
const NOW = Date.UTC(2026, 2, 2, 12, 34, 18);

/** 10 MiB in 10 KB: nothing but the ends of lines, and what is not JSON. */
const BOMB = gzipSync(Buffer.concat([Buffer.alloc(10 * MIB - 1, '\n'), Buffer.from('x')]));

jest.setTimeout(60_000);

let service: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  service = await listen(NOW, HealthModule, IngestModule, KeysModule);
});
afterAll(() => service.close());

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

async function post(
  path: string,
  secret: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${service.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-api-key': secret, ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
}

const GZIP = { 'content-encoding': 'gzip' };

/** The status of the answer to a head that announces a body, of which nothing is sent. */
async function statusOfHead(path: string, secret: string): Promise<number> {
  const socket = connect(service.port, '127.0.0.1');
  const head = [`POST ${path} HTTP/1.1`, 'Host: a', `X-Api-Key: ${secret}`, 'Content-Type: application/json'];
  socket.write([...head, 'Content-Encoding: gzip', `Content-Length: ${BOMB.length}`, '', ''].join('\r\n'));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+) /.exec(answer.toString())?.[1]);
}

describe('a body of a caller that may not send it', () => {
  it.each(['/keys', '/events'])('is refused unread, and the call counts: POST %s', async (path) => {
    const { secret } = await service.key('reader', { tier: 'free', permissions: ['usage:read'] });
    for (let call = 1; call <= 60; call++) {
      const { status, headers } = await post(path, secret, BOMB, GZIP);
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([403, String(60 - call)]);
    }
    expect((await post(path, secret, BOMB, GZIP)).status).toBe(429);
    expect(await statusOfHead(path, secret)).toBe(429);
    expect(await statusOfHead(path, 'nobody')).toBe(401);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  });

  it('is answered before it is sent', async () => {
    const { secret } = await service.key('reader', { permissions: ['usage:read'] });
    expect(await statusOfHead('/keys', secret)).toBe(403);
    expect(await statusOfHead('/nothing', secret)).toBe(404);
  });
});

it('counts calls whose body cannot be read', async () => {
  const { secret } = await service.key('malformed', { tier: 'free', permissions: ['events:write', 'keys:write'] });
  let left = 60;
  for (const path of ['/keys', '/events']) {
    for (const [body, status, headers] of [
      ['{', 400, {}],
      ['{}', 400, { 'content-type': 'foo' }],
      ['{}', 400, { 'content-type': 'text/plain' }],
      ['{}', 400, { 'content-encoding': 'br' }],
      ['{}', 400, GZIP],
      [BOMB, path === '/keys' ? 413 : 400, GZIP],
      [' '.repeat(10 * MIB + 1), 413, {}],
    ] as const) {
      const answer = await post(path, secret, body, headers);
      expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([status, String(--left)]);
    }
  }
});
