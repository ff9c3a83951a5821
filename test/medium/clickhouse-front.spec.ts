/**
 * The way to a ClickHouse server: what libs/clickhouse and @clickhouse/client make of the front's answers, and of a
 * connection that misbehaves. Real: the client, HTTP, the engine behind the front. Not real: the server itself.
 */
import { join } from 'node:path';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import {
  ClickHouse,
  Row,
  StorageError,
  applyRetention,
  migrate,
  readMigrations,
  refuseReplicas,
} from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { runCli } from '../../apps/cli/src/program';
import { isRowError } from '../../apps/api/src/ingest/delivery/row-errors';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { type Fault, FaultProxy } from '../support/fault-proxy';
import { until } from '../support/until';

const PASSWORD = 'p@ss/word';
const MIGRATIONS = join(__dirname, '../../clickhouse/migrations');

let front: ClickHouseFront;
let proxy: FaultProxy;
let clickhouse: ClickHouse;

const open = (url: string, path = ''): Promise<ClickHouse> => {
  const address = new URL(url);
  address.username = 'default';
  address.password = encodeURIComponent(PASSWORD);
  address.pathname = path;
  return ClickHouse.open(loadSettings({ CLICKHOUSE_URL: String(address), DATA_DIR: '/nonexistent' }).storage);
};

beforeAll(async () => {
  front = await openClickHouseFront(PASSWORD);
  proxy = await FaultProxy.open(front.url);
  clickhouse = await open(proxy.url);
});

afterAll(async () => {
  await clickhouse.close();
  await proxy.close();
  await front.close();
});

describe('a server', () => {
  it('answers with every kind of value', async () => {
    const [row] = await clickhouse.query(
      `SELECT toUInt64(18446744073709551615) AS large, CAST(NULL AS Nullable(UInt8)) AS nothing,
              [1, 2]::Array(UInt64) AS list, true AS yes`,
    );
    expect(row?.number('large')).toBe(18446744073709551615);
    expect(row?.numberOrNull('nothing')).toBeNull();
    expect(row?.numbersOrNull('list')).toEqual([1, 2]);
    expect(row?.boolean('yes')).toBe(true);
  });

  it.each([
    "it's",
    'a\\b',
    'tab\tline\nreturn\r',
    '"; DROP TABLE keys; --',
    '{x:String}',
    '',
    'ünï 🦜',
    '\\N',
    "['a']",
  ])('binds %j as it is, alone and in an array', async (value) => {
    const [row] = await clickhouse.query('SELECT {one:String} AS one, {many:Array(String)} AS many', {
      one: value,
      many: [value, 'next', value],
    });
    expect([row?.string('one'), row?.strings('many')]).toEqual([value, [value, 'next', value]]);
  });

  it('binds arrays that no URL should carry, up to what a server takes', async () => {
    const bind = (count: number) => {
      const ids = Array.from({ length: count }, (_, index) => `${String(index).padStart(20, '0')}'\\`);
      return clickhouse.query('SELECT {ids:Array(String)} AS ids', { ids }).then(([row]) => [row?.strings('ids'), ids]);
    };
    const [bound, sent] = await bind(4_500);
    expect(bound).toEqual(sent);
    await expect(bind(5_000)).rejects.toMatchObject({ code: '1000' });
  });

  it('does not keep a placeholder or a setting for the next statement', async () => {
    await clickhouse.query('SELECT {once:String} AS value', { once: 'a' });
    await expect(clickhouse.query('SELECT {once:String} AS value')).rejects.toMatchObject({ code: '456' });
    const answer = await fetch(
      `${front.url}/?max_threads=3&query=${encodeURIComponent("SELECT getSetting('max_threads')")}`,
      {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`default:${PASSWORD}`)}` },
      },
    );
    expect([answer.status, await answer.text()]).toEqual([200, '3\n']);
    for (let i = 0; i < 8; i++) {
      const rows = await clickhouse.query("SELECT changed FROM system.settings WHERE name = 'max_threads'");
      expect(rows[0]?.boolean('changed')).toBe(false);
    }
  });

  it('takes an insert once for each token, however large', async () => {
    await clickhouse.command(
      `CREATE TABLE once (id UInt32, text String) ENGINE = MergeTree ORDER BY id
       SETTINGS non_replicated_deduplication_window = 100`,
    );
    const rows = Array.from({ length: 50_000 }, (_, id) => JSON.stringify([id, 'x'.repeat(100)])).join('\n');
    const insert = `INSERT INTO once SETTINGS async_insert = 0, insert_deduplication_token = 't', input_format_parallel_parsing = 0,
      max_insert_block_size = 1000000, min_insert_block_size_rows = 1000000 FORMAT JSONCompactEachRow`;
    await clickhouse.insert(insert, rows);
    await clickhouse.insert(insert, rows);
    expect((await clickhouse.query('SELECT count() AS n FROM once'))[0]?.number('n')).toBe(50_000);
  });

  it("says ClickHouse's codes", async () => {
    await expect(clickhouse.query('SELECT * FROM nowhere')).rejects.toMatchObject({
      code: '60',
    });
    await expect(clickhouse.command('SELEC 1')).rejects.toMatchObject({ code: '62' });
    await expect(clickhouse.insert('INSERT INTO once FORMAT JSONCompactEachRow', '["a"]')).rejects.toMatchObject({
      code: expect.stringMatching(/^\d+$/),
    });
  });

  it('refuses a wrong password', async () => {
    const client = createClient({ url: front.url, password: 'wrong', log: { level: ClickHouseLogLevel.OFF } });
    await expect(client.command({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' });
    await client.close();
  });

  it('is pinged, and compresses both ways when asked to', async () => {
    const client = createClient({
      url: front.url,
      password: PASSWORD,
      compression: { request: true, response: true },
    });
    expect(await client.ping()).toEqual({ success: true });
    expect(await client.ping({ select: true, query_id: 'ping' })).toEqual({ success: true });
    await client.command({ query: 'CREATE TABLE zipped (id UInt32) ENGINE = Memory' });
    await client.insert({ table: 'zipped', values: [{ id: 1 }, { id: 2 }], format: 'JSONEachRow' });
    const answer = await client.query({ query: 'SELECT sum(id) AS sum FROM zipped', format: 'JSONEachRow' });
    expect(answer.response_headers['content-encoding']).toBe('gzip');
    expect(await answer.json()).toEqual([{ sum: 3 }]);
    await client.close();
  });

  it('migrates for several at once, and in a database of its own', async () => {
    await clickhouse.command('CREATE DATABASE apart');
    const apart = await Promise.all([open(proxy.url, '/apart'), open(proxy.url, '/apart'), open(front.url, '/apart')]);
    const applied = await Promise.all(apart.map((one) => migrate(one, MIGRATIONS)));
    const total = applied.reduce((sum, migrations) => sum + migrations.length, 0);
    expect(total).toBe((await readMigrations(MIGRATIONS)).length);
    await Promise.all(apart.map((one) => applyRetention(one, { rawDays: 7, minuteDays: 7, hourDays: 100 })));
    const tables = await clickhouse.query(
      "SELECT name FROM system.tables WHERE database = 'apart' AND name = 'events'",
    );
    expect(tables).toHaveLength(1);
    await Promise.all(apart.map((one) => one.close()));
  });
});

describe('a server with replicas', () => {
  /** The server, but that what it is asked of one of its tables is answered by this. */
  const answering = (table: string, answer: () => Promise<Row[]>): ClickHouse => {
    const query: ClickHouse['query'] = (sql, ...rest) =>
      sql.split('FROM ')[1]?.startsWith(table) ? answer() : clickhouse.query(sql, ...rest);
    return new Proxy(clickhouse, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name) as unknown)),
    });
  };
  const rows = (...rows: Record<string, unknown>[]) => Promise.resolve(rows.map((row) => new Row(row)));

  it('is refused by what it says of itself, and one without is not', async () => {
    await refuseReplicas(clickhouse);
    const database = rows({ name: 'meterhouse', engine: 'Replicated' });
    await expect(refuseReplicas(answering('system.databases', () => database))).rejects.toEqual(
      new StorageError(
        'CLICKHOUSE_URL: the database meterhouse has the engine Replicated; replicas are not supported yet, so use a database with the engine Atomic on a server without replicas.',
      ),
    );
    const replicas = rows({ table: 'events', total_replicas: 3 });
    await expect(refuseReplicas(answering('system.replicas', () => replicas))).rejects.toThrow('has 3 replicas');
    const node = (host_address: string, is_local: number) => ({
      cluster: 'main',
      shard_num: 1,
      host_name: host_address,
      host_address,
      is_local,
    });
    const clusters = rows(node('10.0.0.1', 1), node('10.0.0.2', 0));
    await expect(refuseReplicas(answering('system.clusters', () => clusters))).rejects.toThrow('in the cluster main');
  });

  it('answers by what its user may read', async () => {
    const denied = Object.assign(new Error('Not enough privileges'), { code: '497' });
    await refuseReplicas(answering('system.clusters', () => Promise.reject(denied)));
    await refuseReplicas(answering('system.replicas', () => Promise.reject(denied)));
    const failure = Object.assign(new Error('Timeout'), { code: '159' });
    await expect(refuseReplicas(answering('system.clusters', () => Promise.reject(failure)))).rejects.toBe(failure);
  });
});

describe('a connection that is', () => {
  const FAULTS: Fault[] = ['down', 'refusing', 'reset before', 'reset after', 'half', 'page', 'wrong page'];
  const rows = async (): Promise<number> =>
    (await clickhouse.query('SELECT count() AS n FROM faulty'))[0]?.number('n') ?? NaN;
  const insert = (token: string): Promise<void> =>
    clickhouse.insert(
      `INSERT INTO faulty SETTINGS async_insert = 0, insert_deduplication_token = '${token}' FORMAT JSONCompactEachRow`,
      '[1]\n[2]',
    );

  beforeAll(() =>
    clickhouse.command(
      `CREATE TABLE faulty (id UInt32) ENGINE = MergeTree ORDER BY id
       SETTINGS non_replicated_deduplication_window = 100`,
    ),
  );
  afterEach(() => proxy.heal());

  it.each(FAULTS)('%s fails an insert in a way that may pass, and the same insert then counts once', async (fault) => {
    const before = await rows();
    await proxy.fail(fault);
    const failure = await insert(fault).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ message: expect.any(String) });
    expect(isRowError(failure)).toBe(false);
    await proxy.heal();
    await insert(fault);
    expect(await rows()).toBe(before + 2);
  });

  it.each(FAULTS)('%s fails a query, short or long', async (fault) => {
    await proxy.fail(fault);
    await expect(clickhouse.query('SELECT 1 AS one')).rejects.toHaveProperty('message');
    await expect(clickhouse.query('SELECT number FROM numbers(100000)')).rejects.toHaveProperty('message');
    await proxy.heal();
    expect(await clickhouse.query('SELECT number FROM numbers(100000)')).toHaveLength(100_000);
  });

  it('hanging can be interrupted, also for what waits behind it, and nothing is begun after', async () => {
    const stopping = await open(proxy.url);
    await proxy.fail('hanging');
    // More than there are connections.
    const hanging = Array.from({ length: 12 }, () => expect(stopping.ping()).rejects.toHaveProperty('message'));
    await until(() => Promise.resolve(proxy.struck > 0));
    await stopping.interrupt();
    await Promise.all(hanging);
    await expect(stopping.ping()).rejects.toThrow('closed');
    await stopping.close();
    await proxy.heal();
    await clickhouse.ping();
  });

  it('hanging keeps its own statement waiting and no other', async () => {
    await proxy.fail('hanging', (statement) => statement.startsWith('INSERT'));
    const hanging = insert('hanging');
    for (let i = 0; i < 10; i++) await clickhouse.ping();
    await proxy.heal();
    await hanging;
  });
});

describe('opening', () => {
  it('says in one sentence that nobody answers, without the password', async () => {
    await proxy.fail('down');
    const failure = await open(proxy.url).catch((error: unknown) => error);
    await proxy.heal();
    expect(failure).toBeInstanceOf(StorageError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/^CLICKHOUSE_URL: the server at 127\.0\.0\.1:\d+ cannot be used: .*ECONNREFUSED/),
    });
    expect(String(failure)).not.toContain('word');
  });
});

it('is not given a reader by `meterhouse bi grant` where readonly can be lifted', async () => {
  const url = new URL(front.url);
  [url.username, url.password] = ['default', PASSWORD];
  let err = '';
  const terminal = {
    env: { CLICKHOUSE_URL: url.href },
    out: () => undefined,
    err: (text: string) => void (err += text),
  };
  expect(await runCli(['bi', 'grant', '--account', 'acme', '--apply'], terminal)).toBe(1);
  expect(err).toMatch(/^This server is ClickHouse 26\.7\.2\.1, on which a reader can lift readonly; /);
});
