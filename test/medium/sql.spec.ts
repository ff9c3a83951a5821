/** `POST /sql` over HTTP. Real: guards, limits, the engine with its roles and policies. Not real: the clock of the service. */
import { Logger } from '@nestjs/common';
import { HOUR, MINUTE } from '@meterhouse/common';
import { SqlModule } from '../../apps/api/src/sql/sql.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, type Made, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(SqlModule);
const READER = { permissions: ['sql:read'] };

/** What no answer may hold: it is in another account's rows alone. */
const SECRET = 'planted-secret';

let reader: Made;
let other: Made;

const sql = (as: string | undefined, query: string, more: Record<string, unknown> = {}) =>
  api.call(as, 'POST', '/sql', { query, ...more });

beforeAll(async () => {
  reader = await api.make({ ...READER, name: 'reader of acme', accountId: 'acme', tier: 'enterprise' });
  other = await api.make({ ...READER, name: SECRET, accountId: SECRET });
  const events = (keyId: string, endpoint: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...aRequest(keyId, NOW - index * MINUTE),
      endpoint,
      latencyMs: index,
    }));
  await insertEvents(api.clickhouse, 'acme', events(reader.id, '/v1/orders', 120));
  await insertEvents(api.clickhouse, SECRET, events(other.id, `/v1/${SECRET}`, 40));
});

describe('POST /sql', () => {
  it('answers columns, rows, and what they took', async () => {
    const query =
      'SELECT key_id, sum(requests) AS requests, max(latency_max_ms) AS slowest FROM usage_hour GROUP BY key_id';
    expect(await sql(reader.secret, query)).toEqual({
      status: 200,
      body: {
        success: true,
        columns: [
          { name: 'key_id', type: 'LowCardinality(String)' },
          { name: 'requests', type: 'UInt64' },
          { name: 'slowest', type: 'Float64' },
        ],
        rows: [[reader.id, '120', 119]],
        truncated: false,
        statistics: { rowsRead: expect.any(Number), bytesRead: expect.any(Number), elapsedMs: expect.any(Number) },
        timestamp: '2026-03-02T12:00:00.000Z',
      },
    });
  });

  it('cuts an answer off at maxRows and says so', async () => {
    const asked = (maxRows: number) => sql(reader.secret, 'SELECT id FROM events', { maxRows });
    expect((await asked(7)).body).toMatchObject({ truncated: true, rows: Array(7).fill([expect.any(String)]) });
    expect((await asked(120)).body).toMatchObject({ truncated: false, rows: Array(120).fill([expect.any(String)]) });
    expect((await sql(reader.secret, 'SELECT id FROM events WHERE 0')).body).toMatchObject({
      truncated: false,
      rows: [],
    });
  });

  it('binds parameters of each kind', async () => {
    const query =
      'SELECT {text:String} AS a, {number:UInt8} AS b, {list:Array(String)} AS c, {numbers:Array(Int32)} AS d, ' +
      '{nothing:Nullable(String)} AS e, {truth:Bool} AS f';
    const parameters = {
      text: "it's\t\\\n",
      number: 7,
      list: ["a'b", 'c\\d'],
      numbers: [1, -2],
      nothing: null,
      truth: true,
    };
    expect((await sql(reader.secret, query, { parameters })).body.rows).toEqual([
      ["it's\t\\\n", 7, ["a'b", 'c\\d'], [1, -2], null, true],
    ]);
  });

  it('reads own rows with a key, and all with an admin key', async () => {
    const query = 'SELECT account_id, count() AS n FROM events GROUP BY account_id ORDER BY n';
    expect((await sql(reader.secret, query)).body.rows).toEqual([['acme', '120']]);
    expect((await sql(other.secret, query)).body.rows).toEqual([[SECRET, '40']]);
    expect((await sql(ADMIN, query)).body.rows).toEqual([
      [SECRET, '40'],
      ['acme', '120'],
    ]);
  });

  it('needs sql:read', async () => {
    const { secret } = await api.make({ permissions: ['usage:read'] });
    expect(await sql(secret, 'SELECT 1')).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await sql(undefined, 'SELECT 1')).toMatchObject({ status: 401 });
  });

  it("gives the engine's error with its code and name", async () => {
    const { status, body } = await sql(reader.secret, 'SELECT request FROM usage_hour');
    expect([status, body.error]).toEqual([400, 'QUERY_FAILED']);
    expect(body.message).toMatch(/^Code 47 \(UNKNOWN_IDENTIFIER\): .*`request`/);
    expect((await sql(reader.secret, 'SELECT 1 +')).body.message).toMatch(/^Code 62 \(SYNTAX_ERROR\): /);
  });

  it('is logged with its key, time and rows, and never with its text', async () => {
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    await sql(reader.secret, "SELECT 'a private value', count() FROM events");
    const text = log.mock.calls.flat().join(' ');
    log.mockRestore();
    expect(text).toMatch(new RegExp(`key ${reader.id}, account acme: answered after \\d+ ms, \\d+ rows read`));
    expect(text).not.toContain('private');
  });

  it.each([
    'SHOW TABLES',
    "SHOW TABLES LIKE 'usage%'",
    'SHOW DATABASES',
    'SHOW COLUMNS FROM usage_hour',
    'SHOW CREATE TABLE usage_hour',
    "SHOW SETTINGS LIKE 'max_threads'",
    'DESCRIBE usage_hour',
    'DESCRIBE TABLE (SELECT 1)',
    'EXISTS TABLE usage_hour',
    'EXPLAIN SELECT 1',
    'EXPLAIN SYNTAX SELECT count() FROM events',
    'SELECT version(), timezone(), currentDatabase(), currentUser()',
    'SELECT name, engine, comment FROM system.tables WHERE database = currentDatabase()',
    'SELECT t.name, d.name FROM system.tables t JOIN system.databases d ON t.database = d.name',
    'SELECT column_name FROM information_schema.columns',
    'WITH busiest AS (SELECT endpoint FROM usage_day_endpoint ORDER BY requests DESC LIMIT 1) SELECT * FROM busiest',
    'SELECT quantile(0.9)(latency_ms), countIf(status_code >= 400), uniqExact(key_id) FROM events',
    'SELECT bucket, sum(requests) OVER (ORDER BY bucket) AS running FROM usage_hour',
    'SELECT bucket FROM usage_hour ORDER BY bucket WITH FILL STEP toIntervalHour(1) SETTINGS max_execution_time = 5',
    'SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3',
    "SELECT * FROM latency(account = 'acme', from = '2026-03-01', to = '2026-03-03')",
    "SELECT * FROM meterhouse_bi.latency_series(account = '', from = '2026-03-01', to = '2026-03-03', step = 3600)",
    'SELECT * EXCEPT account_id REPLACE (requests + 1 AS requests) FROM usage_hour',
    'SELECT arrayMap(x -> x + 1, groupArray(requests)) FROM usage_hour',
    "SELECT * FROM VALUES('a Int8', 1, 2)",
    'SELECT 1 -- a comment\n;',
  ])('runs %s', async (query) => expect(await sql(reader.secret, query)).toMatchObject({ status: 200 }));
});

/** By what the engine would let through: each is refused before it runs. */
const REFUSED = [
  'SELECT 1; SELECT 2',
  "SELECT 'x' INTO OUTFILE '/tmp/meterhouse-outfile'",
  "SELECT 'x' INTO OUTFILE '/tmp/meterhouse-outfile' FORMAT CSV",
  'DROP TABLE default.events',
  'INSERT INTO default.events (id) VALUES (1)',
  'ALTER TABLE default.events DELETE WHERE 1',
  'CREATE TABLE x (a Int8) ENGINE = Memory',
  'SYSTEM STOP MERGES',
  'KILL QUERY WHERE 1',
  'SET log_comment = 1',
  'SET ROLE service',
  'USE default',
  'CHECK TABLE default.events',
  'UNDROP TABLE x',
  'EXECUTE AS default SELECT 1',
  "BACKUP TABLE default.events TO File('/tmp/x')",
  'EXPLAIN ESTIMATE SELECT count() FROM events',
  'EXPLAIN indexes = 1 SELECT count() FROM events',
  'EXPLAIN AST DROP TABLE default.events',
  "SELECT file('/etc/hostname')",
  "SELECT FILE('/etc/hostname')",
  "SELECT `file`('/etc/hostname')",
  "SELECT * APPLY(file) FROM (SELECT '/etc/hostname')",
  "SELECT * APPLY(x -> file(x)) FROM (SELECT '/etc/hostname')",
  "SELECT arrayMap(x -> file(x), ['/etc/hostname'])",
  "SELECT 1 ORDER BY 1 WITH FILL FROM length(file('/etc/hostname'))",
  "SELECT 1 LIMIT length(file('/etc/hostname'))",
  "SELECT quantile(length(file('/etc/hostname')))(1)",
  "SELECT sum(1) OVER (ROWS BETWEEN length(file('/etc/hostname')) PRECEDING AND CURRENT ROW)",
  "SHOW TABLES WHERE file('/etc/hostname') != ''",
  "SHOW COLUMNS FROM usage_hour WHERE file('/etc/hostname') != ''",
  'SHOW PROCESSLIST',
  'SHOW GRANTS',
  "SELECT chdb('SELECT 1')",
  "SELECT * FROM file('/etc/passwd', LineAsString)",
  "SELECT * FROM (SELECT * FROM file('/etc/hostname', LineAsString) SETTINGS readonly = 0)",
  "DESCRIBE TABLE file('/etc/passwd', LineAsString)",
  "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
  "SELECT * FROM remote('127.0.0.1', default.events)",
  "SELECT * FROM merge('default', '.*')",
  "SELECT * FROM merge(REGEXP('.*'), '.*')",
  'SELECT * FROM view(SELECT * FROM default.events)',
  "SELECT * FROM viewIfPermitted(SELECT 1 AS a ELSE null('a Int8'))",
  "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))",
  'SELECT * FROM mergeTreeIndex(default, events)',
  "SELECT * FROM executable('x', TabSeparated, 'a String')",
  "SELECT * FROM s3('http://127.0.0.1/x', 'CSV')",
  "SELECT * FROM dictionary('x')",
  'SELECT * FROM loop(events)',
  "SELECT dictGet('x', 'a', 1)",
  "SELECT joinGet('x', 'a', 1)",
  "SELECT getSetting('log_comment')",
  "SELECT getServerSetting('max_connections')",
  "SELECT hasColumnInTable('default', 'events', 'id')",
  'SELECT hostName(), FQDN(), tcpPort()',
  'SELECT sleep(3)',
  "SELECT throwIf(account_id = 'x') FROM events",
  "SELECT addressToLine(1), logTrace('x')",
  "SELECT catboostEvaluate('/tmp/x', 1)",
  "SELECT formatRow('CSV', 1)",
  "SELECT arrayReduce('flameGraph', [[toUInt64(1)]])",
  "SELECT arrayReduceInRanges('aggThrow(1)', [(1, 1)], [1.5])",
  "SELECT initializeAggregation('flameGraph', [toUInt64(1)])",
  "SELECT * FROM format(LineAsString, 'a')",
  'SELECT * FROM system.processes',
  'SELECT * FROM SYSTEM.processes',
  'SELECT * FROM `system`.`processes`',
  'SELECT 1 IN system.processes',
  'SELECT 1 WHERE (1) IN (system.errors)',
  'SELECT * FROM system.parts',
  'SELECT * FROM system.query_log',
  'SELECT * FROM system.stack_trace',
  'SELECT * FROM system.server_settings',
  'SELECT * FROM system.query_cache',
  'SELECT * FROM system.databases',
  "SELECT COLUMNS('path') FROM system.databases",
  'SELECT data_path FROM system.databases',
  'SELECT d.data_path FROM system.databases AS d',
  "SELECT * FROM (SELECT * FROM events SETTINGS log_comment = 'x')",
  "(SELECT 1 SETTINGS log_comment = 'x') UNION ALL SELECT 2",
  'WITH a AS (SELECT 1 SETTINGS max_rows_to_read = 0) SELECT * FROM a',
  "SELECT 1 SETTINGS log_comment = 'x', readonly = 0",
  'SELECT 1 SETTINGS max_memory_usage = 0',
  "SELECT 1 SETTINGS additional_table_filters = {'default.events': '1'}",
  'SELECT 1 FORMAT CSV',
];

describe('what no caller may', () => {
  it.each(REFUSED)('refuses %s', async (query) => {
    const { status, body } = await sql(reader.secret, query);
    expect([status, body.error]).toEqual([400, 'QUERY_REFUSED']);
    expect(JSON.stringify(body)).not.toMatch(/root:x|planted|meterhouse-\w{6}/);
  });

  it.each([
    'SELECT * FROM default.events',
    'SELECT * FROM events WHERE 1 IN (SELECT 1 FROM default.events)',
    'SELECT id IN default.events FROM events',
    'SELECT (SELECT count() FROM default.keys)',
    'SELECT secret_hash FROM default.keys',
    'SELECT * FROM default.traffic_minute',
    'WITH events AS (SELECT * FROM default.events) SELECT * FROM events',
  ])('has no right to the tables behind the views: %s', async (query) => {
    const { status, body } = await sql(reader.secret, query);
    expect([status, body.error]).toEqual([400, 'QUERY_FAILED']);
    expect(body.message).toMatch(/Code (497|60|81) /);
  });
});

describe('what stands in a parameter', () => {
  it.each([
    ['SELECT * FROM {x:Identifier}', 'system.processes'],
    ['SELECT 1 IN {x:Identifier}', 'system.processes'],
    ['SELECT * FROM {x:Identifier}.processes', 'system'],
    ['SELECT * FROM system.{x:Identifier}', 'processes'],
    ['SELECT {x:Identifier} FROM system.databases', 'data_path'],
    ['SELECT * FROM {x:Identifier}', 'default.events'],
    ['DESCRIBE TABLE {x:Identifier}', 'default.keys'],
    ['SELECT {x:Identifier} FROM events', "file('/etc/hostname')"],
    ['SELECT {x:String} FROM events', "'; DROP TABLE default.events; --"],
  ])('is as little let through: %s with %s', async (query, x) => {
    const { status, body } = await sql(reader.secret, query, { parameters: { x } });
    if (query.includes(':String')) expect([status, body.rows.length]).toEqual([200, 120]);
    else expect([status, body.error]).toEqual([400, expect.stringMatching(/^QUERY_(REFUSED|FAILED)$/)]);
    expect(JSON.stringify(body)).not.toMatch(/planted|meterhouse-\w{6}|store\//);
  });
});

describe("another account's rows", () => {
  const TABLES = [
    ...['usage_minute', 'usage_hour', 'usage_hour_endpoint', 'usage_day_endpoint', 'latency_hour', 'latency_day'],
    ...['events', 'keys', `latency(account = '', from = '2026-01-01', to = '2027-01-01')`],
    ...[`latency(account = '${SECRET}', from = '2026-01-01', to = '2027-01-01')`],
    ...[`latency_series(account = '', from = '2026-01-01', to = '2027-01-01', step = 3600)`],
  ];

  it.each(TABLES)('are not in %s', async (table) => {
    const { body } = await sql(reader.secret, `SELECT * FROM ${table}`);
    expect(JSON.stringify(body)).not.toContain(SECRET);
    expect(body.rows.length > 0).toBe(!table.includes(SECRET));
    const { body: all } = await sql(ADMIN, `SELECT * FROM ${table}`);
    expect(JSON.stringify(all)).toContain(SECRET);
  });

  it.each([
    `SELECT count() FROM events WHERE intDiv(1, account_id != '${SECRET}') = 1`,
    `SELECT count() FROM events AS a JOIN keys AS b ON intDiv(1, b.account_id != '${SECRET}') = 1`,
    `SELECT DISTINCT intDiv(1, account_id != '${SECRET}') FROM events`,
    `SELECT sum(toUInt8(replaceOne(account_id, 'acme', '1'))) FROM events`,
    `SELECT max(toDate(replaceOne(account_id, 'acme', '2026-01-01'))) FROM usage_hour`,
    `SELECT count() FROM (SELECT * FROM events ORDER BY account_id LIMIT 1000) WHERE intDiv(1, account_id != '${SECRET}')`,
  ])('do not show in an error: %s', async (query) => {
    expect(await sql(reader.secret, query)).toMatchObject({ status: 200 });
  });

  it('do not come out of an answer that broke off before', async () => {
    await sql(other.secret, 'SELECT intDiv(1, number < 3000000), * FROM numbers(4000000) CROSS JOIN events');
    expect((await sql(reader.secret, 'SELECT 1 AS one')).body).toMatchObject({
      rows: [[1]],
      columns: [{ name: 'one', type: 'UInt8' }],
    });
  });
});

describe('bounds', () => {
  it.each([
    ['rows read', 'SELECT sum(number) FROM numbers(1000000000000)', 158],
    ['memory', 'SELECT length(groupArray(number)) FROM numbers(900000000)', 241],
    ['the answer', 'SELECT repeat(toString(number + 1000000), 90) FROM numbers(100000)', 396],
  ])('ends a statement that passes the bound of %s', async (_, query, code) => {
    const { status, body } = await sql(reader.secret, query, { maxRows: 100_000 });
    expect([status, body.error]).toEqual([400, 'QUERY_FAILED']);
    expect(body.message).toContain(`Code ${code} `);
  });

  it('refuses a statement that is too long, or nested too deep', async () => {
    expect(await sql(reader.secret, `SELECT '${'x'.repeat(66_000)}'`)).toMatchObject({ status: 413 });
    expect((await sql(reader.secret, `SELECT ${'('.repeat(2_000)}1${')'.repeat(2_000)}`)).body.error).toBe(
      'QUERY_FAILED',
    );
  });

  it('leaves nothing behind for the next statement', async () => {
    await sql(reader.secret, 'SELECT {x:String} SETTINGS join_use_nulls = 1', { parameters: { x: 'left behind' } });
    const { body } = await sql(reader.secret, 'SELECT {x:String}');
    expect(body.message).toMatch(/Code 456 /);
    const settings = "SELECT value FROM system.settings WHERE name = 'join_use_nulls'";
    expect((await sql(reader.secret, settings)).body.rows).toEqual([['0']]);
  });
});

it('counts in the hour what the account sent in it', async () => {
  const query = 'SELECT sum(requests) FROM usage_hour WHERE bucket = toDateTime({at:UInt32})';
  const at = (NOW - HOUR) / 1_000;
  expect((await sql(reader.secret, query, { parameters: { at } })).body.rows).toEqual([['60']]);
});
