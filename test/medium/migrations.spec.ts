/**
 * The migrations on a new folder: at once, with a crash after every statement, and against a history that does not match
 * the files. Real: the engine, every migration.
 */
import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouse, StorageError, migrate } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { insertEvents } from '../support/insert-events';
import { allSums, inEveryTable } from './ingest-fixture';
import { event } from './reconcile-fixture';

const MIGRATIONS = join(__dirname, '../../clickhouse/migrations');

let folder: string;
let clickhouse: ClickHouse;
let count: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-migrations-'));
  clickhouse = await ClickHouse.open(loadSettings({ DATA_DIR: join(folder, 'data') }).storage);
  count = (await readdir(MIGRATIONS)).length;
});
afterEach(async () => {
  await clickhouse.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every table and view, as the engine would create it again. */
async function schemaOf(): Promise<string[]> {
  const rows = await clickhouse.query(
    `SELECT create_table_query AS statement FROM system.tables
     WHERE database = currentDatabase() AND NOT startsWith(name, '.') ORDER BY name`,
  );
  return rows.map((row) => row.string('statement'));
}

/** The engine of a process that ends each time a statement has run and is about to be recorded, once a statement. */
function crashing(): ClickHouse {
  const crashed = new Set<unknown>();
  const command: ClickHouse['command'] = async (sql, parameters = {}) => {
    if (/INSERT INTO schema_migrations\b/.test(sql) && !crashed.has(parameters['version'])) {
      crashed.add(parameters['version']);
      throw new Error('The process ends here.');
    }
    await clickhouse.command(sql, parameters);
  };
  return new Proxy(clickhouse, {
    get: (target, name) => (name === 'command' ? command : (Reflect.get(target, name) as unknown)),
  });
}

it('are applied once each, also where the process ends after every statement, and then count events', async () => {
  const engine = crashing();
  for (let crash = 0; crash < count; crash++) {
    await expect(migrate(engine, MIGRATIONS)).rejects.toThrow('The process ends here.');
  }
  // All but the last are recorded.
  expect(await migrate(engine, MIGRATIONS)).toHaveLength(1);
  const crashed = await schemaOf();
  expect(await migrate(clickhouse, MIGRATIONS)).toEqual([]);
  await insertEvents(clickhouse, 'new', [event(Date.now()), event(Date.now(), { statusCode: 500 })]);
  expect(await allSums(clickhouse, 'new')).toEqual(
    inEveryTable({ requests: 2, failed: 1, latencyUs: 25_000, bytes: 420 }),
  );

  await clickhouse.close();
  clickhouse = await ClickHouse.open(loadSettings({ DATA_DIR: join(folder, 'another') }).storage);
  expect(await migrate(clickhouse, MIGRATIONS)).toHaveLength(count);
  expect(await schemaOf()).toEqual(crashed);
});

it('are refused where one that was applied has changed, or is missing', async () => {
  const copy = join(folder, 'migrations');
  await cp(MIGRATIONS, copy, { recursive: true });
  await migrate(clickhouse, copy);
  const files = (await readdir(copy)).sort();
  const last = join(copy, files.at(-1) ?? '');
  await appendFile(last, '-- Another comment.\n');
  const label = `Migration ${(files.at(-1) ?? '').replace('.sql', '')}`;
  await expect(migrate(clickhouse, copy)).rejects.toEqual(
    new StorageError(`${label} has changed since it was applied; restore the file and add a new migration.`),
  );
  await rm(last);
  await expect(migrate(clickhouse, copy)).rejects.toEqual(
    new StorageError(`${label} was applied, but its file is missing; this version is older than the data.`),
  );
});
