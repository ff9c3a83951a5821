/** Damage to the log and what is taken back of it. Real: the log, the writer, the engine. Not real: keys, HTTP. */
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { readableRows } from '../../apps/api/src/ingest/delivery/set-aside';
import { EventLog } from '../../apps/api/src/ingest/log/event-log';
import { encodeRecord } from '../../apps/api/src/ingest/log/record';
import { toRecord } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aUsageEvent } from '../factories/events';
import { OpenIngest, allSums, inEveryTable, useIngest } from './ingest-fixture';

const ingest = useIngest();

const rowsFor = (accountId: string, count: number, named = true): string[] =>
  Array.from({ length: count }, (_, at) =>
    toRows([aUsageEvent({ accountId, id: `id-${at}`, hasClientId: named })]).text.toString('utf8'),
  );

const sumsOf = (rows: number) => inEveryTable({ requests: rows, latencyUs: rows * 10_000, bytes: rows * 3 });

/** A data folder whose log holds a record for each list of rows, in one segment. */
async function logOf(...records: string[][]): Promise<{ folder: string; segment: string }> {
  const folder = await mkdtemp(join(ingest.engine.settings.storage.dataDir, 'damaged-'));
  const log = await EventLog.open(join(folder, 'log'), { byteLimit: 1 << 24 });
  for (const rows of records) await log.append(toRecord(rows));
  await log.close();
  return { folder, segment: join(folder, 'log', '0000000001.log') };
}

it('counts all but the damaged record, and takes back all but the row that is damaged, once', async () => {
  const account = 'flipped';
  const rows = rowsFor(account, 30);
  const { folder, segment } = await logOf(rows.slice(0, 10), rows.slice(10, 20), rows.slice(20));
  const bytes = await readFile(segment);
  // In the middle of the second record: the opening bracket of a row.
  const at = bytes.indexOf(rows[14] ?? '');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await writeFile(segment, bytes);
  const service = await OpenIngest.open(ingest.engine, ingest.registry, undefined, undefined, undefined, folder);
  expect(await allSums(ingest.engine.clickhouse, account)).toEqual(sumsOf(20));
  expect(await service.metric('log_set_aside_bytes')).toBeGreaterThan(0);
  expect(service.readiness.warnings.join()).toContain('1 damaged part(s) of the log');

  expect(await service.recoverLog()).toMatchObject({ files: 1, recovered: 9, unreadable: 1 });
  expect(await service.metric('log_set_aside_bytes')).toBe(0);
  expect(service.readiness.warnings).toEqual([]);
  expect(await service.recoverLog()).toMatchObject({ files: 0, recovered: 0 });
  const files = await readdir(join(folder, 'log'));
  const [recovered = ''] = files.filter((file) => file.endsWith('.recovered'));
  // Handed in twice, as by a crash between the two steps, events count once.
  await writeFile(
    join(folder, 'log', recovered.replace('recovered', 'corrupt')),
    await readFile(join(folder, 'log', recovered)),
  );
  await service.recoverLog();
  await service.close();
  expect(await allSums(ingest.engine.clickhouse, account)).toEqual(sumsOf(29));
});

it('takes events back that their senders did not name, once', async () => {
  const account = 'unnamed damage';
  const { folder } = await logOf();
  const damaged = Buffer.concat(encodeRecord(toRecord(rowsFor(account, 5, false))));
  damaged.writeUInt8(0, 4);
  const service = await OpenIngest.open(ingest.engine, ingest.registry, undefined, undefined, undefined, folder);
  for (const name of ['0000000001.8.corrupt', '0000000002.8.corrupt']) {
    await writeFile(join(folder, 'log', name), damaged);
  }
  expect(await service.recoverLog()).toMatchObject({ files: 2, recovered: 10, unreadable: 0 });
  await service.close();
  expect(await allSums(ingest.engine.clickhouse, account)).toEqual(sumsOf(5));
});

it('reads every row that no changed byte is in or right behind', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (count, at, bits) => {
      const rows = rowsFor('property', count);
      const bytes = Buffer.concat(encodeRecord(toRecord(rows)));
      const position = at % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(position) ^ bits, position);
      const read = readableRows(bytes);
      const first = bytes.length - rows.join('\n').length;
      const intact = rows.filter((row, index) => {
        const start = first + rows.slice(0, index).reduce((sum, other) => sum + other.length + 1, 0);
        return position < start || position > start + row.length;
      });
      for (const row of intact) expect(read.rows).toContain(row);
      expect(read.rows.length).toBeLessThanOrEqual(count);
    }),
  );
});
