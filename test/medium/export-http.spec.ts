/**
 * `GET /usage/export` over HTTP: negotiation, compression, types of columns, errors, and clients that are slow or go.
 * Real: the socket, Fastify, guards, validation, the gate, ClickHouse. Not real: the clock, which stands still.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as zlib from 'node:zlib';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { ZstdFrames } from '../../apps/api/src/usage/export/zstd-frames';
import { insertEvents } from '../support/insert-events';
import { until } from '../support/until';
import { arrowTypes, openExports, readCsv, readNdjson, readParquet } from './export-fixture';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 15, 250);
const MINUTE = 60_000;
const DAY = 86_400_000;
/** More bytes than sockets and streams hold on their way. */
const LONG = `/usage/export?granularity=minute&format=ndjson&from=${new Date(NOW - 399 * DAY).toISOString()}`;

let exports: Awaited<ReturnType<typeof openExports>>;
let secret: string;

interface Maker {
  id: string;
  secret: string;
}

beforeAll(async () => {
  exports = await openExports(NOW);
  const key = await exports.key('acme');
  secret = key.secret;
  const event = { keyId: key.id, requestBytes: 1, responseBytes: 2, errorType: '' };
  await insertEvents(exports.clickhouse, 'acme', [
    { ...event, timestamp: NOW - 90 * MINUTE, method: 'GET', endpoint: '=1+1,"x"', statusCode: 200, latencyMs: 12.5 },
    { ...event, timestamp: NOW - 5 * MINUTE, method: 'GET', endpoint: '/a', statusCode: 429, latencyMs: 9 },
    {
      ...event,
      timestamp: NOW - 4 * MINUTE,
      method: 'PUT',
      endpoint: '/a',
      statusCode: 500,
      latencyMs: 3,
      errorType: 'odd',
    },
  ]);
});
afterAll(() => exports.close());

/** The answer's head; its body is not read before somebody does. */
async function open(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const request = get(`http://127.0.0.1:${exports.port}${path}`, {
    agent: false,
    headers: { authorization: `Bearer ${secret}`, ...headers },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

const metric = async (name: string): Promise<number> =>
  Number(new RegExp(`^meterhouse_${name} (\\d+)$`, 'm').exec(await exports.app.get(Metrics).text())?.[1]);

/** Statements that run in the engine, but for the one that asks; one that was stopped may be listed for a while. */
const statements = async (): Promise<number> => {
  const rows = await exports.clickhouse.query(
    "SELECT count() AS n FROM system.processes WHERE NOT is_cancelled AND query NOT LIKE '%system.processes%'",
  );
  return rows[0]?.number('n') ?? NaN;
};

describe('the format', () => {
  const CSV = 'text/csv; charset=utf-8; header=present';
  const NDJSON = 'application/x-ndjson; charset=utf-8';
  const PARQUET = 'application/vnd.apache.parquet';
  const ARROW = 'application/vnd.apache.arrow.stream';

  it.each([
    ['', '*/*', CSV, 'csv'],
    ['', 'text/html, */*;q=0.1', CSV, 'csv'],
    ['', 'application/x-ndjson', NDJSON, 'ndjson'],
    ['', `text/csv;q=0.5, ${PARQUET}`, PARQUET, 'parquet'],
    ['', ARROW, ARROW, 'arrows'],
    ['format=ndjson', PARQUET, NDJSON, 'ndjson'],
    ['format=arrow', '*/*', ARROW, 'arrows'],
  ])('of ?%s with Accept: %s is %s', async (query, accept, type, extension) => {
    const response = await exports.get(secret, `/usage/export?table=methods&${query}`, { accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="meterhouse-usage-methods-20261121T123000Z-20261122T123015Z.${extension}"`,
    );
    expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it('has instants, 64-bit counts and doubles in the binary ones', async () => {
    const bytes = async (query: string): Promise<Uint8Array> =>
      new Uint8Array(await (await exports.get(secret, `/usage/export?${query}`)).arrayBuffer());
    const grouped = 'groupBy=endpoint,statusCode';
    expect(arrowTypes(await bytes(`format=arrow&${grouped}`))).toEqual({
      timestamp: 'Timestamp<MILLISECOND, UTC>',
      endpoint: 'Utf8',
      statusCode: 'Int32',
      requests: 'Int64',
      successfulRequests: 'Int64',
      failedRequests: 'Int64',
      throttledRequests: 'Int64',
      averageLatency: 'Float64',
      peakLatency: 'Float64',
      p50: 'Float64',
      p95: 'Float64',
      p99: 'Float64',
      dataTransferred: 'Int64',
    });
    expect((await readParquet(await bytes(`format=parquet&${grouped}`), exports.dataDir)).types).toMatchObject({
      timestamp: 'TIMESTAMP WITH TIME ZONE',
      endpoint: 'VARCHAR',
      statusCode: 'INTEGER',
      requests: 'BIGINT',
      p99: 'DOUBLE',
    });
    expect(arrowTypes(await bytes('format=arrow&table=endpoints'))).toMatchObject({
      successRate: 'Float64',
      lastRequestAt: 'Timestamp<MILLISECOND, UTC>',
    });
  });

  it('quotes text in CSV and leaves out what is not there', async () => {
    const csv = await (await exports.get(secret, '/usage/export?table=endpoints')).text();
    expect(csv).toMatch(/^"endpoint","requests",.*,"lastRequestAt"\n/);
    expect(csv).toMatch(/^"'=1\+1,""x""",1,0,100,12\.5,.*,3,"2026-11-22T11:00:15\.250Z"$/m);
    const throttled = await (await exports.get(secret, '/usage/export?table=endpoints&statusCode=429')).text();
    expect(throttled.split('\n')[1]).toBe('"/a",1,1,0,,,,,3,"2026-11-22T12:25:15.250Z"');
  });

  it('has the text of an error type that the API made up', async () => {
    const rows = readNdjson(await (await exports.get(secret, '/usage/export?table=errorTypes&format=ndjson')).text());
    expect(rows).toContainEqual({
      type: 'odd',
      count: 1,
      percentage: 50,
      description: 'Reported by the API as "odd".',
    });
  });
});

/** As the engine's own library reads it. */
async function unzstd(bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meterhouse-zstd-'));
  const path = join(folder, 'export.zst');
  await writeFile(path, bytes);
  const [row] = await exports.clickhouse.query(`SELECT raw_blob AS plain FROM file({path:String}, RawBLOB)`, { path });
  await rm(folder, { recursive: true });
  return row?.string('plain') ?? '';
}

describe('compression', () => {
  const PATH = '/usage/export?granularity=minute';

  it('is gzip where asked for', async () => {
    const plain = await text(await open(PATH));
    const response = await open(PATH, { 'accept-encoding': 'br, gzip;q=0.8' });
    expect(response.headers['content-encoding']).toBe('gzip');
    const bytes = await buffer(response);
    expect(bytes.length).toBeLessThan(plain.length / 5);
    expect(zlib.gunzipSync(bytes).toString()).toBe(plain);
    expect(readCsv(plain)).toHaveLength(1_441);
  });

  it('is zstd where asked for', async () => {
    const response = await open(PATH, { 'accept-encoding': 'gzip, zstd' });
    expect(response.headers['content-encoding']).toBe('zstd');
    const bytes = await buffer(response);
    const plain = await text(await open(PATH));
    expect(bytes.length).toBeLessThan(plain.length / 5);
    expect(await unzstd(bytes)).toBe(plain);
  });

  it('is zstd of what is longer than a frame, and of nothing', async () => {
    const long = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `line ${index}\n`).join(''));
    for (const plain of [long, Buffer.alloc(0)]) {
      const pieces = Array.from({ length: 9 }, (_, piece) =>
        plain.subarray((plain.length / 9) * piece, (plain.length / 9) * (piece + 1)),
      );
      const bytes = await buffer(Readable.from(pieces).pipe(new ZstdFrames()));
      expect(await unzstd(bytes)).toBe(plain.toString());
    }
  });

  it('is none where none is asked for, and within Parquet', async () => {
    for (const encoding of ['identity', 'gzip;q=0', 'br']) {
      const response = await open(PATH, { 'accept-encoding': encoding });
      expect(response.headers['content-encoding']).toBeUndefined();
      await buffer(response);
    }
    const parquet = await open(`${PATH}&format=parquet`, { 'accept-encoding': 'gzip' });
    expect(parquet.headers['content-encoding']).toBeUndefined();
    expect((await buffer(parquet)).subarray(0, 4).toString()).toBe('PAR1');
  });
});

describe('an error', () => {
  it.each([
    ['format=xlsx', 400, 'INVALID_PARAMETERS', /format should be one of csv, ndjson, parquet, arrow/],
    ['table=timeseries', 400, 'INVALID_PARAMETERS', /Did you mean "timeSeries"\?/],
    ['table=endpoints&groupBy=key', 400, 'INVALID_PARAMETERS', /groupBy splits the time series/],
    ['groupBy=account', 400, 'INVALID_PARAMETERS', /needs an admin/],
    ['groupBy=key&groupLimit=5', 400, 'INVALID_PARAMETERS', /groupLimit/],
    ['limit=5', 400, 'INVALID_PARAMETERS', /limit/],
    ['timeframe=24hr', 400, 'INVALID_TIMEFRAME', /24h/],
    ['timeframe=1h&from=2026-11-22', 400, 'INVALID_PARAMETERS', /either timeframe/],
    ['from=2025-01-01&granularity=minute', 400, 'GRANULARITY_TOO_FINE', /finest granularity/],
    ['keyId=key_other', 404, 'KEY_NOT_FOUND', /no such key/],
    ['accountId=other', 403, 'FORBIDDEN', /admin/],
  ])('before the first byte is JSON: ?%s', async (query, status, error, message) => {
    const response = await exports.get(secret, `/usage/export?${query}`, { 'accept-encoding': 'gzip' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(await response.json()).toMatchObject({ success: false, error, message: expect.stringMatching(message) });
  });

  it('is one also for who has no key, or one that may not read', async () => {
    expect((await exports.get('mh_unknown', '/usage/export')).status).toBe(401);
    const writer = await exports.key('acme', { permissions: ['events:write'] });
    expect((await exports.get(writer.secret, '/usage/export')).status).toBe(403);
  });

  it.each([
    ['', 'csv'],
    ['gzip', 'csv'],
    ['', 'arrow'],
  ])('in mid-stream breaks the connection: %s %s', async (encoding, format) => {
    const { clickhouse } = exports;
    const stream = clickhouse.stream.bind(clickhouse);
    const failing = 'SELECT number, throwIf(number = 3000000) AS failed FROM numbers(4000000)';
    const spy = jest
      .spyOn(clickhouse, 'stream')
      .mockImplementationOnce((_, parameters, options) => stream(failing, parameters, options));
    const response = await open(`/usage/export?format=${format}`, { 'accept-encoding': encoding });
    spy.mockRestore();
    expect(response.statusCode).toBe(200);
    await expect(buffer(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
    await until(async () => (await metric('queries_running')) === 0);
    expect(await statements()).toBe(0);
  });
});

describe('an export ends', () => {
  it.each([
    ['its key', (key: Maker) => key.secret],
    ['the key that made its token', (key: Maker) => exports.token(key)],
  ])('with %s: it breaks off, stops the statement and gives its place back', async (_, secretOf) => {
    const key = await exports.key('acme');
    const response = await open(LONG, { authorization: `Bearer ${secretOf(key)}` });
    await once(response, 'readable');
    expect(await statements()).toBe(1);
    await exports.registry.change(key.id, (present) => ({ ...present, revokedAt: NOW }));
    // Nothing is read until then, so that the export cannot come to its end before.
    await until(async () => (await statements()) === 0 && (await metric('queries_running')) === 0);
    await expect(buffer(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
  });

  it('while it waits for its turn, with the reason', async () => {
    const first = await open(LONG);
    await once(first, 'readable');
    const key = await exports.key('acme');
    const waiting = exports.get(key.secret, '/usage/export');
    await until(async () => (await metric('queries_waiting')) === 1);
    await exports.registry.change(key.id, (present) => ({ ...present, revokedAt: NOW }));
    const answer = await waiting;
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'API_KEY_REVOKED' }]);
    first.destroy();
    await until(async () => (await metric('queries_running')) === 0);
  });
});

describe('a client', () => {
  it('that goes in mid-stream stops the statement and gives its place back', async () => {
    const response = await open(LONG);
    await once(response, 'readable');
    expect([await statements(), await metric('queries_running')]).toEqual([1, 1]);
    response.destroy();
    await until(async () => (await statements()) === 0 && (await metric('queries_running')) === 0);
    expect(readCsv(await text(await open('/usage/export')))).toHaveLength(25);
  });

  it('that goes while it waits for its turn leaves the queue', async () => {
    const first = await open(LONG);
    await once(first, 'readable');
    const waiting = get(`http://127.0.0.1:${exports.port}/usage/export`, {
      agent: false,
      headers: { authorization: `Bearer ${secret}` },
    });
    waiting.on('error', () => undefined);
    await until(async () => (await metric('queries_waiting')) === 1);
    waiting.destroy();
    await until(async () => (await metric('queries_waiting')) === 0);
    first.destroy();
    await until(async () => (await metric('queries_running')) === 0);
  });

  it('is cut off when its key is revoked', async () => {
    const key = await exports.key('acme');
    const response = await open(LONG, { authorization: `Bearer ${key.secret}` });
    await once(response, 'readable');
    const registry = exports.app.get(KeyRegistry);
    await registry.change(key.id, (present) => ({ ...present, revokedAt: NOW }));
    await until(async () => response.destroyed || (await metric('queries_running')) === 0);
    await expect(buffer(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
  });

  it('has the only export of its account, which waits for no place of a Parquet file that is read slowly', async () => {
    const other = await exports.key('other');
    const slow = await open(LONG.replace('ndjson', 'parquet'));
    await once(slow, 'readable');
    await until(async () => (await metric('queries_running')) === 0);
    const own = open('/usage/export');
    await until(async () => (await metric('queries_waiting')) === 1);
    const others = await open('/usage/export', { authorization: `Bearer ${other.secret}` });
    expect(readCsv(await text(others))).toHaveLength(25);
    slow.destroy();
    expect(readCsv(await text(await own))).toHaveLength(25);
  });

  it('that only asks for the head holds nothing', async () => {
    const response = await fetch(`http://127.0.0.1:${exports.port}${LONG}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([response.status, await response.text()]).toEqual([200, '']);
    await until(async () => (await metric('queries_running')) === 0);
    expect(await statements()).toBe(0);
  });

  it('that is slow does not fill memory, and gets all in the end', async () => {
    const response = await open(LONG);
    await once(response, 'readable');
    const before = process.memoryUsage().rss;
    let [peak, bytes, rows] = [before, 0, 0];
    for (let i = 0; i < 30; i++) {
      await pause(50);
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) rows += 1;
    }
    // From the start of an hour, since the minutes of all dimensions are not kept that long.
    expect(rows).toBe(399 * 1_440 + 31);
    expect(bytes).toBeGreaterThan(120_000_000);
    // The engine's own work in this process comes and goes; the whole answer would be more.
    expect(peak - before).toBeLessThan(100_000_000);
  });
});

it('is documented with its four types, examples and errors', () => {
  const document = SwaggerModule.createDocument(exports.app, new DocumentBuilder().build());
  const operation = document.paths['/usage/export']?.get;
  expect(operation?.operationId).toBe('exportUsage');
  expect(operation?.responses['200']).toMatchObject({
    content: {
      'text/csv': { example: expect.stringMatching(/^"timestamp","requests",/) },
      'application/x-ndjson': { example: expect.stringMatching(/^\{"timestamp":/) },
      'application/vnd.apache.parquet': { schema: { format: 'binary' } },
      'application/vnd.apache.arrow.stream': { schema: { format: 'binary' } },
    },
  });
  const names = (operation?.parameters ?? []).map((parameter) => ('name' in parameter ? parameter.name : ''));
  expect(names).toEqual(expect.arrayContaining(['format', 'table', 'from', 'to', 'granularity', 'groupBy', 'Accept']));
  expect(names).not.toContain('groupLimit');
  expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '429', '500', '503']);
});
