/**
 * `GET /usage/live` on the real engine. Real: the socket, Fastify, guards, limits, validation, ingest, ClickHouse. Not
 * real: the clock, which stands still until a test moves it; rounds go on once a second of the machine's time.
 */
import { text } from 'node:stream/consumers';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import fc from 'fast-check';
import { iso } from '@meterhouse/common';
import { secondsQuery } from '../../apps/api/src/live/live.sql';
import { until } from '../e2e/support/until';
import { type LiveClient, openLive } from './live-fixture';

const MINUTE = Date.UTC(2026, 2, 2, 12, 30);
const NOW = MINUTE + 20_400;

const at = (second: number): string => iso(MINUTE + second * 1_000);

let live: Awaited<ReturnType<typeof openLive>>;
const clients: LiveClient[] = [];

/** Closed after the test, whatever becomes of it. */
async function watch(...given: Parameters<typeof live.watch>): Promise<LiveClient> {
  const client = await live.watch(...given);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  live = await openLive(NOW);
});
afterAll(() => live.close());
beforeEach(() => {
  live.clock.at = NOW;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await until(5_000, async () => expect(await live.openStreams()).toBe(0));
});

const EMPTY = {
  requests: 0,
  successfulRequests: 0,
  failedRequests: 0,
  throttledRequests: 0,
  averageLatency: null,
  peakLatency: null,
  dataTransferred: 0,
};

describe('a stream', () => {
  it('begins with the running minute whole, and goes on with what is new', async () => {
    const key = await live.key('begin');
    await live.send(
      key.secret,
      { timestamp: at(-1) },
      { timestamp: at(3), latencyMs: 20, requestBytes: 5, responseBytes: 7 },
      { timestamp: at(3), latencyMs: 10.5, statusCode: 500 },
      { timestamp: at(3), latencyMs: 9_999, statusCode: 429 },
    );
    const client = await watch(key.secret);
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(client.response.headers).not.toHaveProperty('content-encoding');
    const first = await client.next();
    const figures = {
      requests: 3,
      successfulRequests: 1,
      failedRequests: 2,
      throttledRequests: 1,
      averageLatency: 15.25,
      peakLatency: 20,
      dataTransferred: 12,
    };
    expect(client.text).toMatch(/^retry: \d+\n\nevent: minute\nid: \d+\ndata: /);
    expect(first).toEqual({
      id: Math.floor(NOW / 1_000),
      data: {
        minute: at(0),
        complete: false,
        seconds: Array.from({ length: 21 }, (_, second) => ({
          timestamp: at(second),
          ...(second === 3 ? figures : EMPTY),
        })),
        total: figures,
      },
    });
    live.clock.at += 1_000;
    expect((await client.next()).data).toEqual({
      minute: at(0),
      complete: false,
      seconds: [{ timestamp: at(21), ...EMPTY }],
      total: figures,
    });
    await live.send(key.secret, { timestamp: at(5), statusCode: 429 }, { timestamp: at(21) });
    const late = (await client.next()).data;
    expect(late.seconds.map(({ timestamp, requests }) => [timestamp, requests])).toEqual([
      [at(5), 1],
      [at(21), 1],
    ]);
    expect(late.seconds[0]).toMatchObject({ averageLatency: null, peakLatency: null, throttledRequests: 1 });
    expect(late.total).toMatchObject({ requests: 5, throttledRequests: 2, peakLatency: 20 });
  });

  it('completes a minute before the next begins, and corrects it while that one runs', async () => {
    const key = await live.key('complete');
    await live.send(key.secret, { timestamp: at(4) });
    const client = await watch(key.secret);
    await client.next();
    await live.send(key.secret, { timestamp: at(59) });
    live.clock.at = MINUTE + 60_500;
    const final = await client.until(({ data }) => data.complete);
    expect(final.data).toMatchObject({ minute: at(0), total: { requests: 2 } });
    expect(final.data.seconds).toHaveLength(60);
    const next = await client.next();
    expect(next).toMatchObject({ id: final.id, data: { minute: at(60), complete: false, total: { requests: 0 } } });
    await live.send(key.secret, { timestamp: at(58) });
    expect((await client.next()).data).toMatchObject({
      minute: at(0),
      complete: true,
      seconds: [{ timestamp: at(58), requests: 1 }],
      total: { requests: 3 },
    });
  });

  it('adds up to what was sent, whatever comes in whatever order', async () => {
    const key = await live.key('sums');
    const client = await watch(key.secret);
    const event = fc.record({
      second: fc.nat(59),
      statusCode: fc.constantFrom(101, 200, 201, 302, 404, 429, 500),
      latencyMs: fc.integer({ min: 0, max: 60_000 }),
      responseBytes: fc.nat(10_000),
    });
    const events = fc.sample(event, { numRuns: 300, seed: 7 });
    for (let start = 0; start < events.length; start += 60) {
      live.clock.at = MINUTE + 20_000 + start * 100;
      const part = events.slice(start, start + 60);
      await live.send(key.secret, ...part.map(({ second, ...rest }) => ({ ...rest, timestamp: at(second) })));
    }
    const { data } = await client.until((message) => message.data.total.requests === events.length);
    const timed = events.filter(({ statusCode }) => ![101, 429].includes(statusCode)).map(({ latencyMs }) => latencyMs);
    expect(data.total).toEqual({
      requests: events.length,
      successfulRequests: events.filter(({ statusCode }) => statusCode < 400).length,
      failedRequests: events.filter(({ statusCode }) => statusCode >= 400).length,
      throttledRequests: events.filter(({ statusCode }) => statusCode === 429).length,
      averageLatency: expect.closeTo(timed.reduce((sum, latency) => sum + latency, 0) / timed.length, 5),
      peakLatency: Math.max(...timed),
      dataTransferred: events.reduce((sum, { responseBytes }) => sum + responseBytes, 0),
    });
    const counts = new Map<string, number>();
    for (const { second } of events) counts.set(at(second), (counts.get(at(second)) ?? 0) + 1);
    const seconds = client.known(at(0));
    expect(seconds.map(({ timestamp, requests }) => [timestamp, requests])).toEqual(
      Array.from({ length: seconds.length }, (_, second) => [at(second), counts.get(at(second)) ?? 0]),
    );
  });

  it('shows one account, one key, or to an admin any', async () => {
    const [key, other] = [await live.key('mine'), await live.key('theirs')];
    const second = await live.key('mine');
    const admin = await live.key('admin', { permissions: ['admin'] });
    const account = await watch(key.secret);
    const one = await watch(key.secret, `?keyId=${second.id}`);
    const named = await watch(admin.secret, '?accountId=mine');
    const theirs = await watch(admin.secret, `?keyId=${other.id}`);
    for (const client of [account, one, named, theirs]) expect((await client.next()).data.total.requests).toBe(0);
    await live.send(other.secret, ...Array<Record<string, unknown>>(5).fill({}));
    await live.send(key.secret, {}, {});
    await live.send(second.secret, {});
    await Promise.all([
      account.until(({ data }) => data.total.requests === 3),
      one.until(({ data }) => data.total.requests === 1),
      named.until(({ data }) => data.total.requests === 3),
      theirs.until(({ data }) => data.total.requests === 5),
    ]);
    const all = (await (await watch(admin.secret)).next()).data.total.requests;
    expect(all).toBeGreaterThanOrEqual(8);
    for (const [client, most] of [
      [account, 3],
      [one, 1],
    ] as const) {
      expect(Math.max(...client.messages.map(({ data }) => data.total.requests))).toBe(most);
    }
  });
});

it('shows a token the keys that it names, together and each, and no other', async () => {
  const key = await live.key('shared');
  const [one, two, other] = [await live.key('shared'), await live.key('shared'), await live.key('shared')];
  const token = live.token(key, { keyIds: [one.id, two.id] });
  const [both, single] = [await watch(token), await watch(token, `?keyId=${two.id}`)];
  for (const client of [both, single]) expect((await client.next()).data.total.requests).toBe(0);
  for (const sender of [other, one, two, two]) await live.send(sender.secret, {});
  await Promise.all([
    both.until(({ data }) => data.total.requests === 3),
    single.until(({ data }) => data.total.requests === 2),
  ]);
  expect(Math.max(...both.messages.map(({ data }) => data.total.requests))).toBe(3);
  const answer = await live.request(token, `?keyId=${other.id}`);
  expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([404, { error: 'KEY_NOT_FOUND' }]);
});

describe('a client that comes back', () => {
  it('misses nothing: the minutes since come whole', async () => {
    const key = await live.key('back');
    const before = await watch(key.secret);
    const { id } = await before.next();
    before.close();
    await live.send(key.secret, { timestamp: at(-2) }, { timestamp: at(19) }, { timestamp: at(20) });
    live.clock.at = MINUTE + 150_000;
    await live.send(key.secret, { timestamp: at(70) }, { timestamp: at(149) });
    const after = await watch(key.secret, '', id);
    const told = [await after.next(), await after.next(), await after.next(), await after.next()];
    expect(told.map(({ data }) => [data.minute, data.complete, data.seconds.length, data.total.requests])).toEqual([
      [at(-60), true, 60, 1],
      [at(0), true, 60, 2],
      [at(60), true, 60, 1],
      [at(120), false, 31, 1],
    ]);
    live.clock.at += 1_000;
    expect((await after.next()).data).toMatchObject({ minute: at(120), seconds: [{ timestamp: at(151) }] });
  });

  it.each([
    ['not a number', 'abc'],
    ['negative', '-5'],
    ['older than ten minutes', String(NOW / 1_000 - 601).split('.')[0]],
    ['far ahead', String(Math.floor(NOW / 1_000) + 3_600)],
    ['too long', '9'.repeat(200)],
  ])('begins anew when its Last-Event-ID is %s', async (_, id) => {
    const key = await live.key('anew');
    const client = await watch(key.secret, '', id);
    expect((await client.next()).data).toMatchObject({ minute: at(0), complete: false });
    expect(client.messages).toHaveLength(1);
  });
});

describe('a stream ends', () => {
  it('when its key is revoked, and is then refused', async () => {
    const key = await live.key('revoked');
    const client = await watch(key.secret);
    await client.next();
    await live.registry.change(key.id, (present) => ({ ...present, revokedAt: live.clock.at }));
    const began = performance.now();
    await client.end();
    expect(performance.now() - began).toBeLessThan(1_500);
    const answer = await live.request(key.secret);
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([401, { error: 'API_KEY_REVOKED' }]);
  });

  it('when its key expires, or its secret is replaced', async () => {
    const expiring = await live.key('expiring', { expiresAt: NOW + 60_000 });
    const replaced = await live.key('expiring');
    const [first, second] = [await watch(expiring.secret), await watch(replaced.secret)];
    await first.next();
    await live.registry.change(replaced.id, (key) => ({ ...key, secretHash: 'a'.repeat(64) }));
    await second.end();
    expect(first.ended).toBe(false);
    live.clock.at += 60_000;
    await first.end();
  });

  it('when its token does: with its time, or with the key that made it', async () => {
    const [maker, revoked] = [await live.key('tokens'), await live.key('tokens')];
    const [first, second] = [await watch(live.token(maker)), await watch(live.token(revoked))];
    await first.next();
    await live.registry.change(revoked.id, (key) => ({ ...key, revokedAt: live.clock.at }));
    await second.end();
    expect(first.ended).toBe(false);
    live.clock.at += 60_000;
    await first.end();
  });

  it('when its client goes, and gives its place back', async () => {
    const key = await live.key('going');
    const client = await watch(key.secret);
    await client.next();
    expect(await live.openStreams()).toBe(1);
    client.close();
    await until(900, async () => expect(await live.openStreams()).toBe(0));
  });
});

describe('before a stream', () => {
  it.each([
    ['?keyId=', 400, 'INVALID_PARAMETERS'],
    ['?keyId=a%20b', 400, 'INVALID_PARAMETERS'],
    ['?keyid=x', 400, 'INVALID_PARAMETERS'],
    ['?timeframe=1h', 400, 'INVALID_PARAMETERS'],
    ['?accountId=somebody', 403, 'FORBIDDEN'],
    ['?keyId=key_unknown', 404, 'KEY_NOT_FOUND'],
  ])('answers %s with %i %s as JSON', async (query, status, error) => {
    const { secret } = await live.key('checked');
    const answer = await live.request(secret, query);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([status, { success: false, error }]);
  });

  it("answers another account's key as an unknown one, and a key without the permission", async () => {
    const [key, other] = [await live.key('checked'), await live.key('other')];
    const answer = JSON.parse(await text(await live.request(key.secret, `?keyId=${other.id}`)));
    expect(answer).toMatchObject({ error: 'KEY_NOT_FOUND' });
    expect(JSON.stringify(answer)).not.toContain('other');
    const writer = await live.key('checked', { permissions: ['events:write'] });
    expect((await live.request(writer.secret)).statusCode).toBe(403);
    expect((await live.request('mh_unknown')).statusCode).toBe(401);
  });

  it('counts one call, and refuses past the limit', async () => {
    const key = await live.key('limited', { tier: 'free' });
    const client = await watch(key.secret);
    expect(client.response.headers).toMatchObject({ 'x-ratelimit-remaining': '59' });
    await client.next();
    live.clock.at += 1_000;
    await client.next();
    const second = await live.request(key.secret, '?keyId=key_unknown');
    expect(second.headers).toMatchObject({ 'x-ratelimit-remaining': '58' });
  });

  it('refuses an account more than 20 streams, with a time to come back', async () => {
    const keys = [await live.key('many'), await live.key('many')];
    const secretOf = (index: number): string => keys[index % 2]?.secret ?? '';
    await Promise.all(Array.from({ length: 20 }, (_, index) => watch(secretOf(index))));
    const answer = await live.request(secretOf(0));
    expect(answer.headers).toMatchObject({ 'retry-after': '10' });
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([503, { error: 'OVERLOADED' }]);
    await watch((await live.key('few')).secret);
    clients.shift()?.close();
    await until(2_000, async () => expect(await live.openStreams()).toBe(20));
    await watch(secretOf(1));
  });

  it('answers HEAD without a stream', async () => {
    const key = await live.key('head');
    const answer = await fetch(`http://127.0.0.1:${live.port}/usage/live`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${key.secret}` },
    });
    expect(answer.status).toBe(200);
    await until(900, async () => expect(await live.openStreams()).toBe(0));
  });

  it('is documented with its data, its header and its errors', () => {
    const document = SwaggerModule.createDocument(live.app, new DocumentBuilder().build());
    const operation = document.paths['/usage/live']?.get;
    expect(operation).toMatchObject({
      operationId: 'watchUsage',
      responses: {
        200: { content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/LiveMinuteDto' } } } },
      },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '429', '500', '503']);
    const parameters = operation?.parameters?.map((parameter) => ('name' in parameter ? parameter.name : ''));
    expect(parameters?.sort()).toEqual(['Last-Event-ID', 'accountId', 'keyId']);
  });
});

it('reads by the primary key, and only parts that hold the minute', async () => {
  const { sql, parameters } = secondsQuery({ scope: 'sums', keyIds: [] }, MINUTE / 1_000, MINUTE / 1_000 + 60);
  const rows = await live.clickhouse.query(`EXPLAIN indexes = 1 ${sql}`, parameters);
  const plan = rows.map((row) => row.string('explain')).join('\n');
  expect(plan).toMatch(/Min-?Max\s+Keys:\s+timestamp/);
  expect(plan).toMatch(/PrimaryKey\s+Keys:\s+account_id\s+timestamp/);
});
