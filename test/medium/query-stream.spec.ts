/** Streams straight from the embedded engine. Real: the engine, its handles, the readers of each format. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Limits, QueryTooHeavyError, type StreamFormat } from '@meterhouse/clickhouse';
import { tableFromIPC } from 'apache-arrow';
import { LIMITS, countRunning, useTestEngine } from '../support/engine';
import { until } from '../support/until';

const FORMATS: StreamFormat[] = ['CSVWithNames', 'JSONEachRow', 'ArrowStream', 'Parquet'];
/** Enough rows for several of the engine's chunks. */
const ROWS = 300_000;
const SQL = `
SELECT number AS id, concat({prefix:String}, toString(number % 10)) AS name, if(number % 3 = 0, NULL, number / 4) AS value
FROM numbers({rows:UInt64}) ORDER BY id`;
const PREFIX = 'it\'s "quoted", \\ and\nbroken';
const ENDLESS = 'SELECT number, cityHash64(number) AS hash FROM numbers(1000000000000)';
/** Makes no bytes before it has read everything. */
const LATE = 'SELECT sum(cityHash64(number)) AS sum FROM numbers(1000000000000)';

// Streams may have one of them.
const engine = useTestEngine(2);

const stream = (sql: string, format: StreamFormat, options: { signal?: AbortSignal; limits?: Limits } = {}) =>
  engine.clickhouse.stream(sql, { prefix: PREFIX, rows: ROWS }, { format, limits: LIMITS, ...options });

const running = (): Promise<number> => countRunning(engine.clickhouse);

const firstBytes = (readable: Readable): Promise<unknown> => once(readable, 'readable');

const expected = (id: number) => ({
  id,
  name: `${PREFIX}${id % 10}`,
  value: id % 3 === 0 ? null : id / 4,
});

describe('a stream', () => {
  it('is one document in CSV', async () => {
    const csv = await text(await stream(SQL, 'CSVWithNames'));
    expect(csv.startsWith('"id","name","value"\n0,')).toBe(true);
    expect(csv.split('"id","name","value"')).toHaveLength(2);
    expect(csv.match(/^\d+,"it's ""quoted"", \\ and$/gm)).toHaveLength(ROWS);
    expect(csv.match(/^broken\d",(\\N|[\d.]+)$/gm)).toHaveLength(ROWS);
  });

  it('is lines of JSON with numbers as numbers', async () => {
    const lines = (await text(await stream(SQL, 'JSONEachRow'))).trimEnd().split('\n');
    expect(lines).toHaveLength(ROWS);
    for (const id of [0, 1, 16_383, 16_384, 65_409, ROWS - 1])
      expect(JSON.parse(lines[id] ?? '')).toEqual(expected(id));
  });

  it('is one Arrow stream', async () => {
    const table = tableFromIPC(await buffer(await stream(SQL, 'ArrowStream')));
    expect(table.numRows).toBe(ROWS);
    for (const id of [0, 1, 16_383, 16_384, 65_409, ROWS - 1]) {
      expect(JSON.parse(JSON.stringify({ ...table.get(id)?.toJSON(), id: Number(table.get(id)?.id) }))).toEqual(
        expected(id),
      );
    }
  });

  it('is one Parquet file', async () => {
    const file = join(engine.folder, "read'back.parquet");
    await pipeline(await stream(SQL, 'Parquet'), createWriteStream(file));
    const duckdb = await DuckDBInstance.create(':memory:');
    const connection = await duckdb.connect();
    const path = file.replaceAll("'", "''");
    const rows = await connection.runAndReadAll(
      `SELECT count(*)::INT AS n, sum(id)::DOUBLE AS ids, sum(value) AS sum, count(DISTINCT name)::INT AS names,
              max(name) AS last FROM read_parquet('${path}')`,
    );
    const ids = (ROWS * (ROWS - 1)) / 2;
    const thirds = Array.from({ length: ROWS / 3 }, (_, index) => index * 3).reduce((sum, id) => sum + id, 0);
    expect(rows.getRowObjects()).toEqual([{ n: ROWS, ids, sum: (ids - thirds) / 4, names: 10, last: `${PREFIX}9` }]);
    connection.closeSync();
    duckdb.closeSync();
    expect(await readdir(join(engine.folder, 'exports'))).toEqual([]);
  });

  it.each(FORMATS)('of nothing is a document too: %s', async (format) => {
    const bytes = await buffer(await stream('SELECT number AS id FROM numbers(10) WHERE id > 100', format));
    if (format === 'CSVWithNames') expect(bytes.toString()).toBe('"id"\n');
    if (format === 'JSONEachRow') expect(bytes).toHaveLength(0);
    if (format === 'ArrowStream') expect(tableFromIPC(bytes).schema.names).toEqual(['id']);
    if (format === 'Parquet')
      expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  });

  it('keeps a SETTINGS clause of its statement', async () => {
    const sql = "SELECT getSetting('max_threads') AS threads SETTINGS max_threads = 3";
    expect(await text(await stream(sql, 'JSONEachRow'))).toBe('{"threads":3}\n');
    expect((await buffer(await stream(sql, 'Parquet'))).length).toBeGreaterThan(0);
  });

  it.each(FORMATS)('takes no more memory for millions of rows than for some: %s', async (format) => {
    const read = async (rows: number): Promise<{ bytes: number; peak: number }> => {
      const sql = `SELECT number, concat(toString(cityHash64(number)), repeat('x', 100)) AS text FROM numbers(${rows})`;
      let [bytes, peak] = [0, 0];
      for await (const chunk of await stream(sql, format)) {
        bytes += (chunk as Buffer).length;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
      return { bytes, peak };
    };
    const some = await read(300_000);
    const many = await read(3_000_000);
    expect(many.bytes).toBeGreaterThan(some.bytes * 9);
    expect(many.peak - some.peak).toBeLessThan(300_000_000);
  });
});

describe('a stream whose reader goes', () => {
  it.each(FORMATS.filter((format) => format !== 'Parquet'))(
    'ends its statement and frees its connection: %s',
    async (format) => {
      const first = await stream(ENDLESS, format);
      await firstBytes(first);
      expect(await running()).toBe(1);
      const second = stream('SELECT 1 AS one', format);
      first.destroy();
      expect((await buffer(await second)).length).toBeGreaterThan(0);
      expect(await running()).toBe(0);
    },
  );

  it.each(FORMATS)('before the first bytes ends its statement: %s', async (format) => {
    const client = new AbortController();
    const opening = stream(LATE, format, { signal: client.signal });
    await until(async () => (await running()) === 1);
    client.abort(new Error('gone'));
    await expect(opening).rejects.toThrow('gone');
    expect(await text(await stream('SELECT 1 AS one', 'JSONEachRow'))).toBe('{"one":1}\n');
    expect(await running()).toBe(0);
    expect(await readdir(join(engine.folder, 'exports'))).toEqual([]);
  });

  it('in the middle of a chunk ends its statement', async () => {
    // The first chunk comes at once, the second never.
    const sql = 'SELECT number FROM numbers(1000000000000) WHERE number < 100000 OR cityHash64(number) = 1';
    const readable = await stream(sql, 'JSONEachRow');
    await firstBytes(readable);
    readable.resume();
    expect(await running()).toBe(1);
    readable.destroy();
    expect(await text(await stream('SELECT 1 AS one', 'JSONEachRow'))).toBe('{"one":1}\n');
    expect(await running()).toBe(0);
  });

  it('by its signal gets an AbortError', async () => {
    const client = new AbortController();
    const readable = await stream(ENDLESS, 'CSVWithNames', { signal: client.signal });
    readable.once('data', () => client.abort());
    const reading = finished(readable);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(await text(await stream('SELECT 1 AS one', 'JSONEachRow'))).toBe('{"one":1}\n');
  });
});

describe('a stream that fails', () => {
  it('before its first bytes is no stream', async () => {
    await expect(stream('SELECT * FROM nowhere', 'CSVWithNames')).rejects.toMatchObject({ code: '60' });
    await expect(stream('SELECT * FROM nowhere', 'Parquet')).rejects.toMatchObject({ code: '60' });
    await expect(stream('SELECT {other:String}', 'CSVWithNames')).rejects.toThrow('placeholder "other"');
  });

  it('in the middle is destroyed with the error, and its connection is used again', async () => {
    const readable = await stream('SELECT number, throwIf(number = 3000000) FROM numbers(4000000)', 'CSVWithNames');
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of readable) bytes += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ code: '395' });
    expect(bytes).toBeGreaterThan(0);
    expect(await text(await stream('SELECT 1 AS one', 'JSONEachRow'))).toBe('{"one":1}\n');
    expect(await running()).toBe(0);
  });

  it.each(FORMATS)('by a limit says which: %s', async (format) => {
    const heavy = (limits: Partial<Limits>): Promise<Buffer> =>
      stream('SELECT number % 10000000 AS n, count() AS c FROM numbers(30000000) GROUP BY n', format, {
        limits: { ...LIMITS, ...limits },
      }).then(buffer);
    await expect(heavy({ rowsToRead: 1_000 })).rejects.toMatchObject({ limit: 'rows' });
    await expect(heavy({ memoryBytes: 20_000_000 })).rejects.toMatchObject({ limit: 'memory' });
    await expect(heavy({ seconds: 0.01 })).rejects.toBeInstanceOf(QueryTooHeavyError);
  });
});
