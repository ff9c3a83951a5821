/**
 * POST /events over HTTP on the real engine: bodies, encodings, limits and the OpenAPI document. Real: Fastify with its
 * parsers, pipes and error filter, ingest and ClickHouse. Not real: authentication (a header names the key).
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type CanActivate, Controller, type ExecutionContext, Injectable, Logger, Module, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ClickHouse } from '@meterhouse/clickhouse';
import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { ListedKeys, usesInMemory } from '../support/keys';
import { Body } from '../../apps/api/src/http/declared-input';
import { type Authenticated, Identity } from '../../apps/api/src/auth/identity';
import { AuthModule } from '../../apps/api/src/auth/auth.module';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeyUses } from '../../apps/api/src/auth/key-uses';
import { HttpModule } from '../../apps/api/src/http/http.module';
import { leaveBodiesUnread } from '../../apps/api/src/http/body/unread-bodies';
import { EVENTS_BODY } from '../../apps/api/src/ingest/event/sent-events';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import { SettingsModule } from '../../apps/api/src/settings.module';
import { type Engine, allSums, makeKey, openEngine } from './ingest-fixture';

const registry = new ListedKeys();

@Injectable()
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
    const key = registry.findBySecret(String(request.headers['x-api-key']));
    if (key) request.identity = new Identity(key);
    return true;
  }
}

/** Stands for every other route with a body. */
@Controller('echo')
class EchoController {
  @Post()
  echo(@Body() body: unknown): unknown {
    return { type: typeof body, body };
  }
}

@Module({
  controllers: [EchoController],
  providers: [
    { provide: KeyRegistry, useValue: registry },
    { provide: KeyUses, useValue: usesInMemory() },
    { provide: APP_GUARD, useClass: HeaderGuard },
  ],
  exports: [KeyRegistry, KeyUses],
})
class TestAuthModule {}

const MAX_BODY_BYTES = EVENTS_BODY.maxBytes;

const EVENT = { method: 'GET', endpoint: '/users/42', statusCode: 200, latencyMs: 10 };

describe('POST /events', () => {
  jest.setTimeout(60_000);

  let engine: Engine;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    engine = await openEngine();
    const module = await Test.createTestingModule({
      imports: [SettingsModule.forRoot(engine.settings), HttpModule, IngestModule],
    })
      .overrideModule(AuthModule)
      .useModule(TestAuthModule)
      .overrideProvider(ClickHouse)
      .useValue(engine.clickhouse)
      .compile();
    const adapter = new FastifyAdapter();
    app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
    leaveBodiesUnread(adapter.getInstance());
    await app.listen(0, '127.0.0.1');
    registry.add(makeKey('key', 'acc'));
  });
  // The storage module closes ClickHouse, which the engine finds closed.
  afterAll(async () => {
    await app.close();
    await engine.close();
  });

  interface Answer {
    status: number;
    json: Record<string, unknown>;
  }

  async function post(
    payload: string | Buffer,
    headers: Record<string, string> = {},
    url = '/events',
  ): Promise<Answer> {
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/json', 'x-api-key': 'key', ...headers },
    });
    return { status: response.statusCode, json: response.json() };
  }
  const NDJSON = { 'content-type': 'application/x-ndjson' };
  const GZIP = { 'content-encoding': 'gzip' };

  it.each([
    ['one event', JSON.stringify(EVENT), {}, 1],
    ['an array', JSON.stringify([EVENT, EVENT]), {}, 2],
    ['an object with events', JSON.stringify({ events: [EVENT] }), {}, 1],
    ['a type with a charset', JSON.stringify(EVENT), { 'content-type': 'application/json; charset=utf-8' }, 1],
    ['a byte order mark', `\ufeff${JSON.stringify(EVENT)}`, {}, 1],
    ['lines', `${JSON.stringify(EVENT)}\r\n\n${JSON.stringify(EVENT)}`, NDJSON, 2],
    ['lines under the other name', `${JSON.stringify(EVENT)}\n`, { 'content-type': 'application/ndjson' }, 1],
    ['gzip', gzipSync(JSON.stringify([EVENT])), GZIP, 1],
    ['gzip in capitals', gzipSync(JSON.stringify([EVENT])), { 'content-encoding': ' GZIP ' }, 1],
    ['gzip lines', gzipSync(`${JSON.stringify(EVENT)}\n`.repeat(3)), { ...GZIP, ...NDJSON }, 3],
    ['no encoding, by name', JSON.stringify(EVENT), { 'content-encoding': 'identity' }, 1],
  ])('takes %s', async (_, payload, headers, accepted) => {
    const { status, json } = await post(payload, headers);
    expect(status).toBe(202);
    expect(json).toEqual({
      success: true,
      accepted,
      duplicates: 0,
      rejected: [],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
  });

  it.each([
    ['no body', '', {}, /body is empty/],
    ['blanks', ' \n ', {}, /body is empty/],
    ['no lines', '', NDJSON, /body is empty/],
    ['blank lines', '\n\n', NDJSON, /holds no event/],
    ['an empty array', '[]', {}, /holds no event/],
    ['a number', '7', {}, /neither an object nor an array/],
    ['text that is not JSON', '[{"method":\n  GET}]', {}, /not valid JSON: unexpected "G" at line 2, column 3\.$/],
    ['half a document', '[{"method":"GET"', {}, /ends too early/],
    ['bytes that are not UTF-8', Buffer.from('["\xff"]', 'latin1'), {}, /not valid UTF-8/],
    ['text that is not gzip', JSON.stringify(EVENT), GZIP, /not valid gzip/],
    ['half a gzip', gzipSync(JSON.stringify(EVENT)).subarray(0, 40), GZIP, /not valid gzip/],
    ['another encoding', JSON.stringify(EVENT), { 'content-encoding': 'br' }, /Content-Encoding is not understood/],
    ['two encodings', JSON.stringify(EVENT), { 'content-encoding': 'gzip, gzip' }, /Content-Encoding/],
    ['plain text', JSON.stringify(EVENT), { 'content-type': 'text/plain' }, /Content-Type is not understood/],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, /Content-Type is not understood/],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000), {}, /nested deeper/],
  ])('refuses %s', async (_, payload, headers, message) => {
    const { status, json } = await post(payload, headers);
    expect(status).toBe(400);
    expect(json).toMatchObject({ success: false, error: 'INVALID_PARAMETERS' });
    expect(json.message).toMatch(message);
  });

  it('makes a bad line one rejected event', async () => {
    const { status, json } = await post(`${JSON.stringify(EVENT)}\n\n{"id":\n[1]\n${JSON.stringify(EVENT)}`, NDJSON);
    expect(status).toBe(202);
    expect(json).toMatchObject({
      accepted: 2,
      rejected: [
        { index: 1, id: null, message: 'The line is not valid JSON: it ends too early, in line 3.' },
        { index: 2, id: null, message: 'An event should be a JSON object, but is an array.' },
      ],
    });
  });

  it('takes 10,000 events and refuses one more', async () => {
    const events = (count: number): string => JSON.stringify(Array<object>(count).fill(EVENT));
    expect(await post(events(10_000))).toMatchObject({ status: 202, json: { accepted: 10_000 } });
    for (const [body, headers] of [
      [events(10_001), {}],
      ['{}\n'.repeat(10_001), NDJSON],
    ] as const) {
      expect(await post(body, headers)).toMatchObject({ status: 413, json: { error: 'PAYLOAD_TOO_LARGE' } });
    }
  });

  it('refuses a body past 10 MiB, plain, inflated or compressed', async () => {
    const padded = (size: number): string => JSON.stringify(EVENT).padEnd(size, ' ');
    expect(await post(padded(MAX_BODY_BYTES))).toMatchObject({ status: 202 });
    expect(await post(padded(MAX_BODY_BYTES + 1))).toMatchObject({ status: 413, json: { error: 'PAYLOAD_TOO_LARGE' } });
    expect(await post(gzipSync(padded(MAX_BODY_BYTES)), GZIP)).toMatchObject({ status: 202 });
    expect(await post(gzipSync(padded(MAX_BODY_BYTES + 1)), GZIP)).toMatchObject({ status: 413 });
  });

  it('cuts a gzip bomb at the limit', async () => {
    // 10 GB in 10 MB: a thousand members of ten megabytes each.
    const member = gzipSync(Buffer.alloc(MAX_BODY_BYTES - 1));
    const bomb = Buffer.concat(Array<Buffer>(1_000).fill(member));
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect(await post(bomb, GZIP)).toMatchObject({ status: 413, json: { error: 'PAYLOAD_TOO_LARGE' } });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('cuts a body of unknown length at the limit', async () => {
    const endless = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    let answer = '';
    endless.on('data', (part: Buffer) => (answer += part.toString())).on('error', () => undefined);
    const closed = new Promise((resolve) => endless.on('close', resolve));
    const head = ['POST /events HTTP/1.1', 'Host: a', 'X-Api-Key: key', 'Content-Type: application/json'];
    endless.write([...head, 'Transfer-Encoding: chunked', '', ''].join('\r\n'));
    const chunk = `100000\r\n${' '.repeat(1024 * 1024)}\r\n`;
    let sent = 0;
    while (!endless.closed) {
      sent += chunk.length;
      if (!endless.write(chunk)) await Promise.race([new Promise((resolve) => endless.once('drain', resolve)), closed]);
    }
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    // Some of the rest is thrown away, so that the answer is not lost, and then the connection is cut.
    expect(sent).toBeGreaterThan(6 * MAX_BODY_BYTES);
  });

  it.each(
    ['HTTP/1.1', 'HTTP/1.1\r\nConnection: close', 'HTTP/1.0', 'HTTP/1.0\r\nConnection: keep-alive'].flatMap(
      (version): [string, string, number][] => [
        [version, 'application/json', 413],
        [version, 'text/plain', 400],
        [version, 'foo', 400],
      ],
    ),
  )('answers a client by %j that sends all of a %s before it reads', async (version, type, status) => {
    const whole = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1').pause();
    const head = [`POST /events ${version}`, 'Host: a', 'X-Api-Key: key', `Content-Type: ${type}`];
    whole.write([...head, `Content-Length: ${4 * MAX_BODY_BYTES}`, '', ''].join('\r\n'));
    await new Promise((resolve) => whole.write(' '.repeat(4 * MAX_BODY_BYTES), resolve));
    const [answer] = (await once(whole.resume(), 'data')) as [Buffer];
    whole.destroy();
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('takes the next call on the connection of one that was refused, before and after its body was whole', async () => {
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    const head = ['POST /events HTTP/1.1', 'Host: a', 'X-Api-Key: key', 'Content-Type: application/json'];
    for (const [body, status] of [
      ['nonsense', 400],
      [' '.repeat(2 * MAX_BODY_BYTES), 413],
      [JSON.stringify(EVENT), 202],
    ] as const) {
      socket.write([...head, `Content-Length: ${body.length}`, '', body].join('\r\n'));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
    socket.destroy();
  });

  it.each([
    ['wait=true', 202, /.*/],
    ['wait=false', 202, /.*/],
    ['wait=yes', 400, /^wait should be true or false, but is "yes"\.$/],
    ['accountId=acc', 202, /.*/],
    ['accountId=other', 403, /accountId can be set by an admin only/],
    ['accountId=a%20b', 400, /^accountId should be/],
    ['accountid=acc', 400, /^"accountid" is not known here\. Did you mean "accountId"\?$/],
  ])('answers ?%s with %i', async (query, expected, message) => {
    const { status, json } = await post(JSON.stringify(EVENT), {}, `/events?${query}`);
    expect(status).toBe(expected);
    if (expected !== 202) expect(json.message).toMatch(message);
  });

  it('hands other routes their JSON as values, and __proto__ as a plain field', async () => {
    expect((await post('{"a":[1,null]}', {}, '/echo')).json).toEqual({ type: 'object', body: { a: [1, null] } });
    expect((await post(gzipSync('{"a":1}'), GZIP, '/echo')).json).toEqual({ type: 'object', body: { a: 1 } });
    expect((await post('', {}, '/echo')).json).toEqual({ type: 'undefined' });
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', {}, '/echo');
    const { json } = await post(`[${JSON.stringify(EVENT)},{"__proto__":{"polluted":1}}]`);
    expect(json).toMatchObject({ accepted: 1, rejected: [{ index: 1 }] });
    expect({}).not.toHaveProperty('polluted');
  });

  it('answers random bytes under any header with the contract and never with 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
          fc.json().map((json) => Buffer.from(json)),
          fc.json().map((json) => gzipSync(json)),
        ),
        fc.constantFrom('application/json', 'application/x-ndjson', 'text/html', 'x', 'application/json; charset=x'),
        fc.constantFrom('identity', 'gzip', 'deflate', ''),
        async (payload, type, encoding) => {
          const { status, json } = await post(payload, { 'content-type': type, 'content-encoding': encoding });
          expect(status).toBe(400);
          expect(json).toMatchObject({ success: false, error: 'INVALID_PARAMETERS' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('counts what it accepted in every rollup', async () => {
    expect((await post(JSON.stringify(EVENT), {}, '/events?wait=true')).status).toBe(202);
    const sums = await allSums(engine.clickhouse, 'acc');
    expect(sums[0]?.requests).toBeGreaterThan(10_000);
    expect(new Set(sums.map((sum) => JSON.stringify(sum))).size).toBe(1);
  });

  it('documents both kinds of body, the answer and the errors', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const operation = document.paths['/events']?.post;
    expect(operation).toMatchObject({
      operationId: 'sendEvents',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { oneOf: [{ $ref: '#/components/schemas/EventDto' }, {}, {}] } },
          'application/x-ndjson': { schema: { type: 'string' } },
        },
      },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(['202', '400', '401', '403', '413', '429', '500', '503']);
    expect(operation?.parameters?.map((parameter) => ('name' in parameter ? parameter.name : ''))).toEqual([
      'wait',
      'accountId',
    ]);
  });
});
