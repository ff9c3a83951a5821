/**
 * Bodies of callers that may not send them, or that mean harm. Real: the socket, Fastify, guards, limits, keys, ingest and
 * ClickHouse. Not real: the clock, which stands still.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
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

/** Sends a body, which is ready, with as little work of this process as can be. @returns the status of the answer */
async function send(secret: string, body: Buffer, headers: Record<string, string>): Promise<number | undefined> {
  const call = request(`${service.url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': secret, ...headers },
  });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [{ statusCode?: number; resume: () => void }];
  answer.resume();
  return answer.statusCode;
}

/** Time in ms that this thread has worked: unlike the clock, it does not run while the machine does other things. */
function worked(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/** The longest work in ms that the event loop did in one turn while `work` ran. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = worked();
  let running = true;
  const tick = (): void => {
    const now = worked();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  tick();
  await work();
  running = false;
  tick();
  return longest;
}

/** In ms, and how often it is tried: garbage is collected now and then, in the same thread. */
const MAX_HOLD_MS = 50;
const TRIES = 5;

const numbered = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join();

/** Letters and digits that are no word. */
const random = (length: number, seed: number): string => {
  let text = '';
  for (let state = seed + 1; text.length < length;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    text += state.toString(36);
  }
  return text.slice(0, length);
};

const longEvent = (index: number): string =>
  JSON.stringify({
    id: random(128, index),
    method: 'GET',
    endpoint: Array.from({ length: 60 }, (_, part) => `/${random(9, 61 * index + part)}`).join(''),
    statusCode: 500,
    latencyMs: 1.5,
    errorType: 'x'.repeat(64),
  });

it.each([
  ['10 MiB of ends of lines, and no JSON', 400, BOMB, GZIP],
  ['10 MiB of ends of lines', 400, Buffer.alloc(10 * MIB, '\n'), { 'content-type': 'application/x-ndjson' }],
  ['400,000 values', 413, Buffer.from(`[${numbered(199_000, () => '[]')}]`), {}],
  ['190,000 names', 400, Buffer.from(`[${numbered(9_500, (i) => `{${numbered(20, (j) => `"${i}_${j}":1`)}}`)}]`), {}],
  ['190,000 names in one event', 400, Buffer.from(`[{${numbered(190_000, (i) => `"${i}":1`)}}]`), {}],
  ['brackets that never close', 413, Buffer.from('[{"a":'.repeat(1_500_000)), {}],
  ['a string of 9 MB', 400, Buffer.from(`["${'x'.repeat(9_000_000)}"]`), {}],
  ['a string of escapes that does not end', 400, Buffer.from(`["${'\\\\'.repeat(4_500_000)}`), {}],
  ['5,000 events with long names and ids', 202, Buffer.from(`[${numbered(5_000, longEvent)}]`), {}],
] as [string, number, Buffer, Record<string, string>][])(
  'lets the event loop serve others while it reads %s',
  async (_, status, body, headers) => {
    const { secret } = await service.key('hostile', { permissions: ['events:write'] });
    let least = Infinity;
    for (let tried = 0; tried < TRIES && least > MAX_HOLD_MS; tried++) {
      const held = await longestHold(async () => expect(await send(secret, body, headers)).toBe(status));
      least = Math.min(least, held);
    }
    expect(least).toBeLessThan(MAX_HOLD_MS);
  },
);
