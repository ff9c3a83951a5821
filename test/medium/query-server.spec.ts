/**
 * Limits, cancelling and streams on the way to a server. Real: the client, HTTP, the engine behind the front. Not real:
 * the server; the front sends an answer when it has all of it, and an error in the middle is a recorded one.
 */
import { once } from 'node:events';
import { Server } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { ClickHouse, type StreamFormat } from '@meterhouse/clickhouse';
import { tableFromIPC } from 'apache-arrow';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { ENDLESS, LIMITS, countRunning } from '../support/engine';
import { FaultProxy } from '../support/fault-proxy';
import { until } from '../support/until';

let front: ClickHouseFront;
let proxy: FaultProxy;
let clickhouse: ClickHouse;

const storageAt = (url: string) => ({
  dataDir: '/nonexistent',
  clickhouseUrl: url,
  memoryLimit: 1_073_741_824,
  connections: 2,
});

const open = (url: string): Promise<ClickHouse> => ClickHouse.open(storageAt(url));

beforeAll(async () => {
  front = await openClickHouseFront();
  proxy = await FaultProxy.open(front.url);
  clickhouse = await open(proxy.url);
});

afterAll(async () => {
  await clickhouse.close();
  await proxy.close();
  await front.close();
});

const running = (): Promise<number> => countRunning(clickhouse, 'SELECT sum(cityHash64%');

describe('a server', () => {
  it.each([
    ['rows', { rowsToRead: 1_000 }],
    ['memory', { memoryBytes: 10_000_000 }],
    ['result', { resultBytes: 1_000 }],
    ['time', { seconds: 0.001 }],
  ] as const)('ends a statement past its limit of %s', async (limit, limits) => {
    const sql = 'SELECT number % 1000000 AS n, count() AS c FROM numbers({rows:UInt64}) GROUP BY n';
    const options = { limits: { ...LIMITS, ...limits } };
    await expect(clickhouse.query(sql, { rows: 10_000_000 }, options)).rejects.toMatchObject({ limit });
    if (limit === 'result') return;
    const streamed = clickhouse.stream(sql, { rows: 10_000_000 }, { ...options, format: 'CSVWithNames' });
    await expect(streamed).rejects.toMatchObject({ limit });
  });

  it('ends the statement of a caller that has gone', async () => {
    const client = new AbortController();
    const endless = clickhouse.query(ENDLESS.sql, ENDLESS.parameters, { signal: client.signal, limits: LIMITS });
    await until(async () => (await running()) === 1);
    client.abort(new Error('gone'));
    await expect(endless).rejects.toThrow('gone');
    // The one place for statements with limits is free again.
    const [row] = await clickhouse.query('SELECT 1 AS one', {}, { limits: LIMITS });
    expect(row?.number('one')).toBe(1);
    await until(async () => (await running()) === 0);
  });

  it('that refuses to end statements is asked once for each, which goes on to its end, and is complained of once', async () => {
    const onCancelRefused = jest.fn();
    const admin = await open(front.url);
    const denied = await ClickHouse.open(storageAt(proxy.url), { onCancelRefused });
    await proxy.fail('denying', (statement) => statement.startsWith('KILL QUERY'));
    for (const asked of [1, 2]) {
      const client = new AbortController();
      const endless = denied.query(ENDLESS.sql, ENDLESS.parameters, { signal: client.signal, limits: LIMITS });
      await until(async () => (await running()) === 1);
      client.abort(new Error('gone'));
      await expect(endless).rejects.toThrow('gone');
      await until(() => Promise.resolve(proxy.struck === asked));
      expect(await running()).toBe(1);
      await admin.command("KILL QUERY WHERE query LIKE 'SELECT sum(cityHash64%' ASYNC");
      await until(async () => (await running()) === 0);
      expect(proxy.struck).toBe(asked);
    }
    expect(onCancelRefused.mock.calls).toEqual([[expect.stringContaining('Not enough privileges')]]);
    await proxy.heal();
    await Promise.all([denied.close(), admin.close()]);
  });

  it('ends a stream that has not begun', async () => {
    const client = new AbortController();
    const opening = clickhouse.stream(ENDLESS.sql, ENDLESS.parameters, {
      format: 'Parquet',
      signal: client.signal,
      limits: LIMITS,
    });
    await until(async () => (await running()) === 1);
    client.abort(new Error('gone'));
    await expect(opening).rejects.toThrow('gone');
    await until(async () => (await running()) === 0);
  });

  it.each<StreamFormat>(['CSVWithNames', 'JSONEachRow', 'ArrowStream', 'Parquet'])('streams %s', async (format) => {
    const sql = 'SELECT number AS id, concat({prefix:String}, toString(number)) AS name FROM numbers(50000)';
    const readable = await clickhouse.stream(sql, { prefix: "it's " }, { format, limits: LIMITS });
    const bytes = await buffer(readable);
    if (format === 'CSVWithNames') expect(bytes.toString().split('\n')[50_000]).toBe('49999,"it\'s 49999"');
    if (format === 'JSONEachRow') expect(bytes.toString()).toContain('\n{"id":49999,"name":"it\'s 49999"}\n');
    if (format === 'ArrowStream') expect(tableFromIPC(bytes).numRows).toBe(50_000);
    if (format === 'Parquet') expect(bytes.subarray(-4).toString()).toBe('PAR1');
  });

  it('has its place taken again when a stream is destroyed', async () => {
    const sql = 'SELECT number FROM numbers(3000000)';
    for (let i = 0; i < 5; i++) {
      const readable = await clickhouse.stream(sql, {}, { format: 'CSVWithNames', limits: LIMITS });
      await once(readable, 'readable');
      readable.destroy();
    }
    expect(await clickhouse.query('SELECT 1 AS one', {}, { limits: LIMITS })).toHaveLength(1);
  });

  it('that breaks off in the middle of a stream fails it', async () => {
    await proxy.fail('half');
    const reading = clickhouse
      .stream('SELECT number FROM numbers(1000000)', {}, { format: 'CSVWithNames' })
      .then(buffer);
    await expect(reading).rejects.toHaveProperty('message');
    await proxy.heal();
  });
});

describe('an error behind the first bytes', () => {
  const TAG = 'abcdefghijklmnop';
  const MESSAGE = 'Code: 241. DB::Exception: Query memory limit exceeded: would use 1 GiB. (MEMORY_LIMIT_EXCEEDED)';
  const BLOCK = `\r\n__exception__\r\n${TAG}\r\n${MESSAGE}\n${MESSAGE.length + 1} ${TAG}\r\n__exception__\r\n`;
  const ROW = `{"text":"${'x'.repeat(1_000)}"}\n`;
  let server: Server;
  let answered: ClickHouse;
  let answer: string[] = [];

  beforeAll(async () => {
    server = new Server((_request, response) => {
      response.writeHead(200, { 'X-ClickHouse-Exception-Tag': TAG });
      for (const part of answer) response.write(part);
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    answer = ['{"one":1}\n'];
    answered = await open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  });

  afterAll(async () => {
    await answered.close();
    server.close();
    server.closeAllConnections();
  });

  it.each([
    ['in one piece', [ROW.repeat(100) + BLOCK]],
    ['in pieces', [ROW.repeat(100), BLOCK.slice(0, 40), BLOCK.slice(40, 150), BLOCK.slice(150)]],
    ['behind little', [ROW, BLOCK]],
  ])('fails a query and a stream: %s', async (_, parts) => {
    answer = parts;
    await expect(answered.query('SELECT 1', {}, { limits: LIMITS })).rejects.toMatchObject({ limit: 'memory' });
    await expect(answered.query('SELECT 1')).rejects.toMatchObject({ code: '241' });
    const reading = answered.stream('SELECT 1', {}, { format: 'JSONEachRow' }).then(buffer);
    await expect(reading).rejects.toMatchObject({ limit: 'memory' });
  });

  it('is not seen where there is none', async () => {
    answer = [ROW.repeat(50), ROW.repeat(50)];
    expect(await text(await answered.stream('SELECT 1', {}, { format: 'JSONEachRow' }))).toBe(ROW.repeat(100));
    expect(await answered.query('SELECT 1')).toHaveLength(100);
  });
});
