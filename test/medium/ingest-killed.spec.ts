/**
 * An engine that was killed between writing down that a table has a block and naming the block's part: the batch, sent
 * again under its token, is whole in every table. Real: the engine, its files, the batch. Not real: the kill, which is
 * made of a folder that was closed by taking the part away.
 */
import { mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { type Settings, loadSettings } from '@meterhouse/common';
import { type EventBatch, toBatch } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aUsageEvent } from '../factories/events';
import { TABLES, allSums, inEveryTable } from './ingest-fixture';

const EVENTS = 100;

let settings: Settings;
let clickhouse: ClickHouse;

beforeAll(async () => {
  Logger.overrideLogger(false);
  settings = loadSettings({ DATA_DIR: await mkdtemp(join(tmpdir(), 'meterhouse-killed-')) });
  clickhouse = await ClickHouse.open(settings.storage);
  await migrate(clickhouse, join(__dirname, '..', '..', 'clickhouse', 'migrations'));
});

afterAll(async () => {
  await clickhouse.close();
  await rm(settings.storage.dataDir, { recursive: true, force: true });
});

const batchOf = (accountId: string): Promise<EventBatch> =>
  toBatch(
    [toRows(Array.from({ length: EVENTS }, (_, index) => aUsageEvent({ accountId, id: `id-${index}` }))).text],
    'test/1',
  );

/** The folder of a table's data. */
async function dataOf(table: string): Promise<string> {
  const rows = await clickhouse.query(
    `SELECT data_paths[1] AS path FROM system.tables WHERE database = currentDatabase() AND name = {table:String}`,
    { table },
  );
  return rows[0]?.string('path') ?? '';
}

/** Takes the part of the last block away; the log still knows of it. */
async function losePart(data: string): Promise<void> {
  const logs = join(data, 'deduplication_logs');
  const [log = ''] = (await readdir(logs)).sort().reverse();
  const last = (await readFile(join(logs, log), 'utf8')).trimEnd().split('\n').at(-1) ?? '';
  const part = last.split('\t')[1] ?? '';
  // A kill leaves it under this name, and the engine clears it away.
  await rename(join(data, part), join(data, `tmp_insert_${part}`));
}

it.each(TABLES)('a block that was lost in %s comes again, and the others do not', async (table) => {
  const account = `lost in ${table}`;
  const batch = await batchOf(account);
  // Merges of small parts must not take the part before it is lost.
  await clickhouse.command('SYSTEM STOP MERGES');
  const before = await batchOf(`before ${account}`);
  await clickhouse.insertBlock(before.statement, before.rows);
  await clickhouse.insertBlock(batch.statement, batch.rows);
  const data = await dataOf(table);
  await clickhouse.close();
  await losePart(data);
  clickhouse = await ClickHouse.open(settings.storage);
  const sums = { requests: EVENTS, latencyUs: EVENTS * 10_000, bytes: EVENTS * 3 };
  expect(await allSums(clickhouse, account)).not.toEqual(inEveryTable(sums));
  await clickhouse.insertBlock(batch.statement, batch.rows);
  expect(await allSums(clickhouse, account)).toEqual(inEveryTable(sums));
  await clickhouse.insertBlock(batch.statement, batch.rows);
  expect(await allSums(clickhouse, account)).toEqual(inEveryTable(sums));
});
