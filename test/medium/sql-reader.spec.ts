/**
 * The reader that `meterhouse bi grant` makes on a ClickHouse server. Real: the engine's parser, and its access control
 * with the grants of the role and views that run as their reader. Not real: users, row policies, quotas and profiles that
 * are made by SQL, which the embedded engine does not have.
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouse, READ_BY_VIEWS, migrate } from '@meterhouse/clickhouse';
import { Session } from 'chdb';
import { READ_COLUMNS, otherPolicyCount, otherUserCount, readerStatements } from '../../apps/cli/src/bi/reader.sql';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';

const CLICKHOUSE = join(__dirname, '../../clickhouse');
const READER = { user: 'a`\\\'"\n', account: "it's \\ `", passwordHash: 'a'.repeat(64), database: 'default' };

/** The grants of the role, as the engine's configuration takes them. */
const GRANTS = readerStatements(READER)
  .filter((statement) => statement.startsWith('GRANT SELECT'))
  .map((statement) => `<query>${statement.replace(/ TO .*$/, '')}</query>`);

const USERS = `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <roles>
    <service><grants><query>GRANT ALL ON *.* WITH GRANT OPTION</query></grants></service>
    <reader><grants>${GRANTS.join('')}</grants></reader>
  </roles>
  <users><default>
    <password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
    <grants><query>GRANT service</query><query>GRANT reader</query></grants>
  </default></users>
</clickhouse>`;

let folder: string;
let clickhouse: ClickHouse;
let reader: Session;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-'));
  await writeFile(join(folder, 'users.xml'), USERS);
  const config = join(folder, 'config.xml');
  await writeFile(config, `<clickhouse><users_config>${join(folder, 'users.xml')}</users_config></clickhouse>`);
  // The arguments of the first handle hold for all of the folder.
  reader = new Session(join(folder, 'data'), { connectionArgs: [`--config-file=${config}`] });
  const storage = { dataDir: join(folder, 'data'), clickhouseUrl: undefined, memoryLimit: 1e9, connections: 1 };
  clickhouse = await ClickHouse.open(storage);
  await migrate(clickhouse, join(CLICKHOUSE, 'migrations'));
  await clickhouse.command('CREATE DATABASE meterhouse_bi');
  for (const file of await readdir(join(CLICKHOUSE, 'views'))) {
    const sql = await readFile(join(CLICKHOUSE, 'views', file), 'utf8');
    await clickhouse.define(sql.replace('DEFINER = CURRENT_USER SQL SECURITY DEFINER', 'SQL SECURITY INVOKER'));
  }
  await insertEvents(clickhouse, 'acme', [aRequest('k', Date.now())]);
  await reader.queryAsync('SET ROLE reader');
});

afterAll(async () => {
  reader.close();
  await clickhouse.close();
  await rm(folder, { recursive: true, force: true });
});

const read = async (sql: string): Promise<string> =>
  Buffer.from((await reader.queryAsync(sql, { format: 'TSV' })).bytes()).toString('utf8');

it('is made by statements that the engine parses, whatever the names', async () => {
  const statements = [
    ...readerStatements(READER),
    ...readerStatements({ ...READER, account: null }),
    otherUserCount(READER.user),
    otherPolicyCount(READER.database),
  ];
  for (const statement of statements) {
    const [row] = await clickhouse.query('SELECT formatQuerySingleLine({statement:String}) AS text', { statement });
    // As the engine understands it, the names are whole: what is quoted stays one thing.
    if (statement.includes('RESTRICTIVE')) {
      expect(row?.string('text')).toContain(String.raw`USING account_id = 'it\'s \\ ` + "`' TO " + '`a\\`\\\\\'"\\n`');
    }
  }
});

it('has the columns of each table behind the views', () => {
  expect(Object.keys(READ_COLUMNS).sort()).toEqual([...READ_BY_VIEWS].sort());
});

it.each([
  ...['events', 'keys', 'latency_day', 'latency_hour', 'usage_day_endpoint', 'usage_hour', 'usage_hour_endpoint'],
  ...['usage_minute', "latency(account = '', from = '2026-01-01', to = '2126-01-01')"],
  "latency_series(account = '', from = '2026-01-01', to = '2126-01-01', step = 60)",
])('reads %s', async (view) => {
  expect((await read(`SELECT * FROM meterhouse_bi.${view}`)).split('\n').length).toBe(view === 'keys' ? 1 : 2);
});

it.each([
  ...['secret_hash', 'previous_secret_hash', 'configured_secret_hash', 'token_key', 'metadata', 'permissions', '*'].map(
    (column) => `SELECT ${column} FROM default.keys`,
  ),
  'SELECT has_client_id FROM default.events',
  'SELECT count() FROM default.event_ids',
  "SELECT * FROM file('/etc/hostname', LineAsString)",
  "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
  "SELECT * FROM remote('127.0.0.1', default.keys)",
  'INSERT INTO default.events (id) VALUES (1)',
  'SELECT * FROM system.users',
])('has no right to %s', async (sql) => {
  await expect(read(sql)).rejects.toThrow(/ACCESS_DENIED|Not enough privileges/);
});

it.each(['tables', 'columns', 'databases'])('lists the views in system.%s and information_schema', async (table) => {
  expect(await read(`SELECT * FROM system.${table}`)).toContain('meterhouse_bi');
  expect(await read('SELECT table_name FROM information_schema.tables')).toContain('usage_hour');
});
