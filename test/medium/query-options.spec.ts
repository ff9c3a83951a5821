/** Bound values, limits and cancelling on the embedded engine. Real: the engine and its handles. */
import type { Limits } from '@meterhouse/clickhouse';
import { ENDLESS, LIMITS, countRunning, useTestEngine } from '../support/engine';
import { until } from '../support/until';

const engine = useTestEngine(3);

const running = (): Promise<number> => countRunning(engine.clickhouse);

describe('a bound value', () => {
  it.each([
    "it's",
    'a\\b',
    'tab\tline\nreturn\rbell\bfeed\f',
    'nul\0nul',
    '"; DROP TABLE keys; --',
    "'; SELECT 1; --",
    '{x:String}',
    '',
    'ünï 🦜',
    '\\N',
    "['a']",
  ])('%j is bound as it is, alone, in an array and in a stream', async (value) => {
    const sql = 'SELECT {one:String} AS one, {many:Array(String)} AS many';
    const parameters = { one: value, many: [value, 'next', value] };
    const [row] = await engine.clickhouse.query(sql, parameters);
    expect([row?.string('one'), row?.strings('many')]).toEqual([value, [value, 'next', value]]);
    const streamed: Buffer[] = [];
    for await (const chunk of await engine.clickhouse.stream(sql, parameters, { format: 'JSONEachRow' })) {
      streamed.push(chunk as Buffer);
    }
    expect(JSON.parse(Buffer.concat(streamed).toString())).toEqual(parameters);
  });

  it('is of any type', async () => {
    const [row] = await engine.clickhouse.query(
      `SELECT {yes:Bool} AS yes, {flag:UInt8} AS flag, {nothing:Nullable(String)} IS NULL AS none, {less:Float64} AS less,
              {list:Array(Int64)} AS list, {empty:Array(String)} AS empty, {large:UInt64} AS large`,
      { yes: true, flag: false, nothing: null, less: -1.5e-7, list: [1, -2], empty: [], large: 2 ** 53 },
    );
    expect([row?.boolean('yes'), row?.number('flag'), row?.boolean('none')]).toEqual([true, 0, true]);
    expect([row?.numbersOrNull('list'), row?.strings('empty'), row?.number('large')]).toEqual([[1, -2], [], 2 ** 53]);
    expect(row?.number('less')).toBeCloseTo(-1.5e-7, 12);
  });

  it('may be as large as a list of hundreds of thousands of ids', async () => {
    const ids = Array.from({ length: 300_000 }, (_, index) => `${String(index).padStart(20, '0')}'\\`);
    const [row] = await engine.clickhouse.query(
      'SELECT length({ids:Array(String)}) AS n, {ids:Array(String)}[-1] AS last',
      {
        ids,
      },
    );
    expect([row?.number('n'), row?.string('last')]).toEqual([300_000, ids.at(-1)]);
  });

  it('that is missing is not taken from the statement before', async () => {
    await engine.clickhouse.query('SELECT {once:String} AS value', { once: 'a' });
    await expect(engine.clickhouse.query('SELECT {once:String} AS value')).rejects.toThrow('placeholder "once"');
    await expect(engine.clickhouse.command('SELECT {once:String}')).rejects.toThrow('placeholder "once"');
  });

  it('is the one of its own statement, however many run at once', async () => {
    const asked = Array.from({ length: 300 }, (_, index) => `value ${index}`);
    const found = await Promise.all(
      asked.map(async (value) => {
        const rows = await engine.clickhouse.query('SELECT {value:String} AS value FROM numbers(100)', { value });
        return [...new Set(rows.map((row) => row.string('value')))];
      }),
    );
    expect(found).toEqual(asked.map((value) => [value]));
  });

  it('lets statements run side by side', async () => {
    const client = new AbortController();
    const endless = engine.clickhouse.query(ENDLESS.sql, ENDLESS.parameters, { signal: client.signal, limits: LIMITS });
    const [row] = await engine.clickhouse.query('SELECT {value:String} AS value', { value: 'meanwhile' });
    expect(row?.string('value')).toBe('meanwhile');
    client.abort(new Error('gone'));
    await expect(endless).rejects.toThrow('gone');
  });
});

describe('limits', () => {
  const heavy = (limits: Partial<Limits>) =>
    engine.clickhouse.query(
      'SELECT number % 1000000 AS n, count() AS c FROM numbers({rows:UInt64}) GROUP BY n',
      { rows: 10_000_000 },
      { limits: { ...LIMITS, ...limits } },
    );

  it.each([
    ['rows', { rowsToRead: 1_000 }],
    ['memory', { memoryBytes: 10_000_000 }],
    ['result', { resultBytes: 1_000 }],
    ['time', { seconds: 0.001 }],
  ] as const)('of %s end the statement and say so', async (limit, limits) => {
    await expect(heavy(limits)).rejects.toMatchObject({ limit });
  });

  it('hold for the whole of a union, beside settings of its own, and for no other statement', async () => {
    const sql = `SELECT getSetting('max_execution_time') AS seconds, getSetting('max_threads') AS threads`;
    const rows = await engine.clickhouse.query(
      `${sql} UNION ALL ${sql} SETTINGS max_threads = 3`,
      {},
      { limits: LIMITS },
    );
    expect(rows.map((row) => [row.number('seconds'), row.number('threads')])).toEqual([
      [60, 3],
      [60, 3],
    ]);
    for (let i = 0; i < 6; i++) {
      const [row] = await engine.clickhouse.query(`SELECT getSetting('max_execution_time') AS seconds`);
      expect(row?.number('seconds')).toBe(0);
    }
  });

  it('are not what other errors are taken for', async () => {
    await expect(engine.clickhouse.query('SELECT * FROM nowhere', {}, { limits: LIMITS })).rejects.toMatchObject({
      code: '60',
    });
  });

  it('leave one connection to statements without', async () => {
    const client = new AbortController();
    const options = { signal: client.signal, limits: LIMITS };
    const many = Array.from({ length: 6 }, () => engine.clickhouse.query(ENDLESS.sql, ENDLESS.parameters, options));
    await until(async () => (await running()) === 2);
    await engine.clickhouse.command('CREATE TABLE written (id UInt32) ENGINE = Memory');
    await engine.clickhouse.insert('INSERT INTO written FORMAT JSONCompactEachRow', '[1]');
    client.abort(new Error('gone'));
    const outcomes = await Promise.allSettled(many);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(Array(6).fill('rejected'));
    await until(async () => (await running()) === 0);
  });
});

describe('a statement whose caller goes', () => {
  it('ends, and its connection is used again', async () => {
    for (let i = 0; i < 5; i++) {
      const client = new AbortController();
      const endless = engine.clickhouse.query(ENDLESS.sql, ENDLESS.parameters, {
        signal: client.signal,
        limits: LIMITS,
      });
      if (i > 0) await until(async () => (await running()) === 1);
      client.abort(new Error('gone'));
      await expect(endless).rejects.toThrow('gone');
      await until(async () => (await running()) === 0);
    }
    const rows = await Promise.all(
      Array.from({ length: 6 }, () => engine.clickhouse.query('SELECT 1 AS one', {}, { limits: LIMITS })),
    );
    expect(rows.map(([row]) => row?.number('one'))).toEqual(Array(6).fill(1));
  });

  it('does not begin when the caller has gone before', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(engine.clickhouse.query('SELECT * FROM nowhere', {}, { signal })).rejects.toThrow('gone');
    await expect(engine.clickhouse.stream('SELECT * FROM nowhere', {}, { signal, format: 'Parquet' })).rejects.toThrow(
      'gone',
    );
  });

  it('answers as any other when the caller stays', async () => {
    const { signal } = new AbortController();
    const [row] = await engine.clickhouse.query("SELECT getSetting('log_comment') AS comment", {}, { signal });
    expect(row?.string('comment')).toMatch(/^meterhouse [0-9a-f-]{36}$/);
  });
});
