/**
 * Rows that ClickHouse refuses, on the real engine, log and de-duplicator: the rest of their batch lands, they are parked
 * with the reason, and can be taken back.
 */
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { SystemClock } from '@meterhouse/common';
import { DeadLetters } from '../../apps/api/src/ingest/dead-letters';
import { EmbeddedDeduplicator } from '../../apps/api/src/ingest/deduplication/embedded-deduplicator';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { Delivery } from '../../apps/api/src/ingest/delivery';
import { toRow } from '../../apps/api/src/ingest/event-batch';
import { EventLog } from '../../apps/api/src/ingest/log/event-log';
import { type Engine, allSums, inEveryTable, openEngine } from './ingest-fixture';

let engine: Engine;

beforeAll(async () => {
  Logger.overrideLogger(false);
  engine = await openEngine();
});

afterAll(() => engine.close());

const goodRow = (accountId: string, id: string): string =>
  toRow({
    accountId,
    keyId: 'key',
    id,
    idGiven: true,
    timestamp: Date.now(),
    method: 'GET',
    endpoint: '/',
    statusCode: 200,
    latencyMs: 10,
    requestBytes: 1,
    responseBytes: 2,
    errorType: '',
  });

/** No engine takes these: a status that is no number, too few columns, no JSON. */
const poisons = ['["a","k","i",false,"1795369401.735","GET","/","ok",1,1,1,""]', '["a","k"]', 'nonsense'];

async function deliver(rows: string[]): Promise<{ folder: string; dead: number; letters: DeadLetters }> {
  const folder = await mkdtemp(join(engine.settings.storage.dataDir, 'delivery-'));
  const log = await EventLog.open(join(folder, 'log'), { byteLimit: 1 << 24 });
  await log.append({ rows, hasIds: true });
  const letters = new DeadLetters(join(folder, 'dead-letter'));
  let dead = 0;
  const delivery = new Delivery({
    clickhouse: engine.clickhouse,
    deduplicator: new EmbeddedDeduplicator(new EventIdsRepository(engine.clickhouse), new SystemClock()),
    deadLetters: letters,
    instance: () => 'test',
    onDeadLetters: (count) => (dead += count),
    onTrouble: () => undefined,
  });
  const segment = await log.take();
  if (!segment) throw new Error('The log should hold a segment.');
  await delivery.deliver(segment);
  expect(await log.take()).toBeNull();
  await log.close();
  return { folder, dead, letters };
}

it('lands every good row and parks every bad one, wherever they stand', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.constantFrom(...poisons)), { minLength: 1, maxLength: 40 }), async (mix) => {
      const account = `poison-${++run}`;
      const rows = mix.map((poison, index) => poison ?? goodRow(account, `id-${index}`));
      const good = mix.filter((poison) => poison === null).length;
      const { folder, dead } = await deliver(rows);
      expect(dead).toBe(mix.length - good);
      const sums = await allSums(engine.clickhouse, account);
      expect(sums).toEqual(inEveryTable({ requests: good, latencyUs: good * 10_000, bytes: good * 3 }));
      const files = await readdir(join(folder, 'dead-letter')).catch(() => []);
      const parked = (
        await Promise.all(files.map((file) => readFile(join(folder, 'dead-letter', file), 'utf8')))
      ).flatMap((text) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { row: string; reason: string }),
      );
      expect(parked.map(({ row }) => row)).toEqual(mix.filter((poison) => poison !== null));
      for (const { reason } of parked) expect(reason).not.toBe('');
    }),
    { numRuns: 12 },
  );
});

it('hands dead letters back for another try, and forgets them', async () => {
  const { letters } = await deliver([goodRow('replayed', 'good'), 'nonsense']);
  const taken: string[] = [];
  const accept = (rows: string[]): Promise<void> => {
    taken.push(...rows);
    return Promise.resolve();
  };
  expect(await letters.replay(accept)).toBe(1);
  expect(taken).toEqual(['nonsense']);
  expect(await letters.replay(accept)).toBe(0);
});
