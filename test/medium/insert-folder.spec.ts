/** Rows reach the engine whatever its folder is called. Real: the engine, the schema, the batch. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { toBatch } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aUsageEvent } from '../factories/events';
import { allSums, inEveryTable } from './ingest-fixture';

let parent: string;
beforeAll(async () => {
  Logger.overrideLogger(false);
  parent = await mkdtemp(join(tmpdir(), 'meterhouse-folder-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

it.each(['plain', 'with space', 'Zähler', '{a,b}', 'a*', 'q?', '[b]', 'method=7', "quote'", 'a.zip :: b'])(
  'an insert in a folder called %s counts once, also when it is sent twice',
  async (name) => {
    const { storage } = loadSettings({ DATA_DIR: join(parent, name) });
    const clickhouse = await ClickHouse.open(storage);
    try {
      await migrate(clickhouse, join(__dirname, '..', '..', 'clickhouse', 'migrations'));
      const batch = await toBatch([toRows([aUsageEvent()]).text], 'test/1');
      for (let time = 0; time < 2; time++) await clickhouse.insertBlock(batch.statement, batch.rows);
      const expected = inEveryTable({ requests: 1, latencyUs: 10_000, bytes: 3 });
      expect(await allSums(clickhouse, 'account')).toEqual(expected);
    } finally {
      await clickhouse.close();
    }
  },
);

it('removes at its start what a crash left of exports and inserts, and nothing else', async () => {
  const { storage } = loadSettings({ DATA_DIR: join(parent, 'left') });
  const files = join(parent, 'left', 'exports');
  await mkdir(join(files, 'march'), { recursive: true });
  const left = '0b3c8c9e-9a53-4f43-8f9e-5c7a3a1a2b3c';
  for (const name of [`${left}.rows`, `${left}.parquet`, 'march.parquet']) await writeFile(join(files, name), '');
  const clickhouse = await ClickHouse.open(storage);
  expect((await readdir(files)).sort()).toEqual(['march', 'march.parquet']);
  await clickhouse.close();
});
