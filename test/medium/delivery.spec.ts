/**
 * Rows that ClickHouse refuses, on the real engine, log and de-duplicator: the rest of their batch lands, they are parked
 * with the reason, and can be taken back.
 */
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { ClickHouse } from '@meterhouse/clickhouse';
import { SystemClock } from '@meterhouse/common';
import { DeadLetters } from '../../apps/api/src/ingest/delivery/dead-letters';
import type { Deduplicator } from '../../apps/api/src/ingest/deduplication/deduplicator';
import { EmbeddedDeduplicator } from '../../apps/api/src/ingest/deduplication/embedded-deduplicator';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { hashOf } from '../../apps/api/src/ingest/ids/id-hash';
import { IdList } from '../../apps/api/src/ingest/ids/id-list';
import { RedisDeduplicator } from '../../apps/api/src/ingest/deduplication/redis-deduplicator';
import { Delivery } from '../../apps/api/src/ingest/delivery/delivery';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { toRecord } from '../../apps/api/src/ingest/rows/event-batch';
import { EventLog, type Segment } from '../../apps/api/src/ingest/log/event-log';
import { aUsageEvent } from '../factories/events';
import { REDIS_MISSING, type RedisServer, startRedis } from '../support/redis-server';
import { type Engine, allSums, inEveryTable, openEngine } from './ingest-fixture';

let engine: Engine;

beforeAll(async () => {
  Logger.overrideLogger(false);
  engine = await openEngine();
});

afterAll(() => engine.close());

const goodRow = (accountId: string, id: string): string =>
  toRows([aUsageEvent({ accountId, id })]).text.toString('utf8');

/** What each good row adds. */
const sumsOf = (rows: number) => inEveryTable({ requests: rows, latencyUs: rows * 10_000, bytes: rows * 3 });

/** No engine takes these: a status that is no number, too few columns, no JSON. */
const poisons = ['["a","k","i",false,"1795369401.735","GET","/","ok",1,1,1,"",0]', '["a","k"]', 'nonsense'];

/** One instance's way from the log to ClickHouse. */
class Instance {
  dead = 0;
  /** Error numbers of failed tries. */
  readonly troubles: string[] = [];
  /** Takes the rows in place of the engine, where a test makes it fail. */
  insertBlock: ClickHouse['insertBlock'] = (insert, rows) => engine.clickhouse.insertBlock(insert, rows);
  private constructor(
    readonly folder: string,
    readonly log: EventLog,
    readonly letters: DeadLetters,
    private readonly deduplicator: Deduplicator,
  ) {}

  static async open(
    deduplicator: Deduplicator = new EmbeddedDeduplicator(new EventIdsRepository(engine.clickhouse), new SystemClock()),
  ): Promise<Instance> {
    const folder = await mkdtemp(join(engine.settings.storage.dataDir, 'delivery-'));
    const log = await EventLog.open(join(folder, 'log'), { byteLimit: 1 << 24 });
    return new Instance(folder, log, new DeadLetters(join(folder, 'dead-letter')), deduplicator);
  }

  async append(rows: readonly string[]): Promise<void> {
    await this.log.append(toRecord(rows));
  }

  /** Delivers the oldest segment; `change` puts something between it and the delivery. */
  async deliver(change: (segment: Segment) => Segment = (segment) => segment): Promise<void> {
    const segment = await this.log.take();
    if (!segment) throw new Error('The log should hold a segment.');
    await new Delivery({
      clickhouse: { insertBlock: (insert, rows) => this.insertBlock(insert, rows) },
      deduplicator: this.deduplicator,
      deadLetters: this.letters,
      instance: () => this.folder,
      onDeadLetters: (count) => (this.dead += count),
      onTrouble: (trouble) => {
        if (trouble !== null) this.troubles.push(trouble.code);
      },
    }).deliver(change(segment));
  }

  async parked(): Promise<{ row: string; reason: string }[]> {
    const folder = join(this.folder, 'dead-letter');
    const files = await readdir(folder).catch(() => []);
    const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
    return texts.flatMap((text) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { row: string; reason: string }),
    );
  }

  async close(): Promise<void> {
    expect(await this.log.take()).toBeNull();
    await this.log.close();
  }
}

it('lands every good row and parks every bad one, wherever they stand', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.option(fc.constantFrom(...poisons)), { minLength: 1, maxLength: 15 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (drawn) => {
        // Where each of more than 16 rows is refused, it is not for the rows.
        const calls = drawn.flat().length > 16 ? [[null], ...drawn] : drawn;
        const account = `poison-${++run}`;
        const rows = calls.map((mix, call) => mix.map((poison, at) => poison ?? goodRow(account, `id-${call}-${at}`)));
        const bad = calls.flat().filter((poison) => poison !== null);
        const instance = await Instance.open();
        for (const call of rows) await instance.append(call);
        await instance.deliver();
        await instance.close();
        expect(instance.dead).toBe(bad.length);
        expect(await allSums(engine.clickhouse, account)).toEqual(sumsOf(calls.flat().length - bad.length));
        const parked = await instance.parked();
        expect(parked.map(({ row }) => row)).toEqual(bad);
        for (const { reason } of parked) expect(reason).not.toBe('');
      },
    ),
    { numRuns: 12 },
  );
});

it('takes rows that were written before paths had a hash', async () => {
  const account = 'older';
  const old = goodRow(account, 'a').replace(/,\d+]$/, ']');
  const instance = await Instance.open();
  await instance.append([old, goodRow(account, 'b')]);
  await instance.deliver();
  await instance.close();
  expect(instance.dead).toBe(0);
  expect(await allSums(engine.clickhouse, account)).toEqual(sumsOf(2));
  const rows = await engine.clickhouse.query(
    'SELECT id, path_hash FROM events WHERE account_id = {account:String} ORDER BY id',
    { account },
  );
  expect(rows.map((row) => [row.string('id'), row.number('path_hash')])).toEqual([
    ['a', 0],
    ['b', 7],
  ]);
});

it.each([
  ['the password was changed', '516'],
  ['a right was taken away', '497'],
  ['a quota is used up', '201'],
  ['the table is read-only', '164'],
  ['a table is missing', '60'],
  ['the memory of all users is used up', '173'],
  ['a number that is not known here', '8191'],
  ['too many files are open', 'EMFILE'],
])('parks nothing and tries again when %s (%s)', async (what, code) => {
  const instance = await Instance.open();
  const account = `waits ${code}`;
  await instance.append([goodRow(account, 'a'), goodRow(account, 'b')]);
  let calls = 0;
  instance.insertBlock = (insert, rows) => {
    calls += 1;
    if (calls <= 2) return Promise.reject(Object.assign(new Error(what), { code }));
    return engine.clickhouse.insertBlock(insert, rows);
  };
  await instance.deliver();
  await instance.close();
  expect([calls, instance.dead]).toEqual([3, 0]);
  expect(instance.troubles).toEqual(Array(2).fill(code === 'EMFILE' ? 'other' : code));
  expect(await allSums(engine.clickhouse, account)).toEqual(sumsOf(2));
});

it('parks nothing while the table does not take a good row either', async () => {
  const instance = await Instance.open();
  await instance.append([goodRow('changed table', 'a')]);
  let calls = 0;
  instance.insertBlock = (insert, rows) => {
    calls += 1;
    if (calls <= 4) return Promise.reject(Object.assign(new Error('Cannot parse input'), { code: '27' }));
    return engine.clickhouse.insertBlock(insert, rows);
  };
  await instance.deliver();
  await instance.close();
  expect(instance.dead).toBe(0);
  expect(await allSums(engine.clickhouse, 'changed table')).toEqual(sumsOf(1));
});

it('counts an id once that came in several calls of a segment, and what else came in them', async () => {
  const instance = await Instance.open();
  const rows = ['a', 'b', 'a', 'c', 'b', 'd'].map((id) => goodRow('repeats', id));
  await instance.append(rows.slice(0, 2));
  await instance.append(rows.slice(2, 3));
  await instance.append(rows.slice(3));
  await instance.deliver();
  await instance.close();
  expect(await allSums(engine.clickhouse, 'repeats')).toEqual(sumsOf(4));
});

it('hands dead letters back for another try, and forgets them', async () => {
  const instance = await Instance.open();
  await instance.append([goodRow('replayed', 'good'), 'nonsense']);
  await instance.deliver();
  await instance.close();
  const taken: string[] = [];
  const accept = (rows: string[]): Promise<void> => {
    taken.push(...rows);
    return Promise.resolve();
  };
  expect(await instance.letters.replay(accept)).toBe(1);
  expect(taken).toEqual(['nonsense']);
  expect(await instance.letters.replay(accept)).toBe(0);
});

it('counts dead letters once when a crash comes between their append and the end of the replay', async () => {
  const instance = await Instance.open();
  const unnamed = [goodRow('replay crash', 'x'), goodRow('replay crash', 'y')].map((row) =>
    row.replace(',true,', ',false,'),
  );
  await instance.letters.park(
    1,
    unnamed.map((row) => ({ row, reason: 'refused then, taken now' })),
  );
  const crash = async (rows: string[]): Promise<void> => {
    await instance.append(rows);
    throw new Error('crash');
  };
  await expect(instance.letters.replay(crash)).rejects.toThrow('crash');
  expect(await instance.letters.replay((rows) => instance.append(rows))).toBe(2);
  await instance.deliver();
  await instance.close();
  expect(await allSums(engine.clickhouse, 'replay crash')).toEqual(sumsOf(2));
});

const withRedis = REDIS_MISSING === undefined ? describe : describe.skip;

withRedis(`dead letters of instances that share Redis${REDIS_MISSING ? ` (skipped: ${REDIS_MISSING})` : ''}`, () => {
  let server: RedisServer;
  let deduplicator: RedisDeduplicator;

  beforeAll(async () => {
    server = await startRedis();
    deduplicator = new RedisDeduplicator(server.url, new EventIdsRepository(engine.clickhouse), new SystemClock());
    await deduplicator.onModuleInit();
  });
  afterAll(async () => {
    deduplicator.onApplicationShutdown();
    await server.stop();
  });

  /** Has the engine refuse events with the status 299, for as long as `work` runs. */
  async function refusing(work: () => Promise<void>): Promise<void> {
    await alter('ADD CONSTRAINT mended CHECK status_code != 299');
    await work();
    await alter('DROP CONSTRAINT mended');
  }

  async function alter(change: string): Promise<void> {
    await engine.clickhouse.command(`ALTER TABLE events ${change}`);
    await engine.clickhouse.command('DROP TABLE events_trial SYNC');
    await engine.clickhouse.command('CREATE TABLE events_trial AS events ENGINE = Null');
  }

  const badRow = (account: string): string => goodRow(account, 'bad').replace(',200,', ',299,');

  it('count once when they are replayed, and their ids are free until then', async () => {
    const [one, two] = await Promise.all([Instance.open(deduplicator), Instance.open(deduplicator)]);
    await refusing(async () => {
      await one.append([goodRow('released', 'good'), badRow('released')]);
      await one.deliver();
    });
    expect(one.dead).toBe(1);
    const ids = ['good', 'bad'].map((id) => hashOf('released', id));
    expect(await deduplicator.seen(IdList.of(ids))).toEqual([true, false]);
    expect(await one.letters.replay((rows) => one.append(rows))).toBe(1);
    await one.deliver();
    await two.append([goodRow('released', 'bad')]);
    await two.deliver();
    await Promise.all([one.close(), two.close()]);
    expect(await allSums(engine.clickhouse, 'released')).toEqual(sumsOf(2));
  });

  it.each(['after the letters are parked and their ids given up', 'after that is sealed'])(
    'count once after a crash %s',
    async (moment) => {
      const account = `crash ${moment}`;
      const bad = badRow(account);
      const instance = await Instance.open(deduplicator);
      await refusing(async () => {
        await instance.append([goodRow(account, 'good'), bad]);
        let seals = 0;
        const crash = (segment: Segment): Segment => ({
          number: segment.number,
          records: () => segment.records(),
          seal: () => segment.seal(),
          remove: () => segment.remove(),
          writeSeal: async (seal) => {
            seals += 1;
            if (seals === 2 && moment.includes('given up')) throw new Error('crash');
            await segment.writeSeal(seal);
            if (seals === 2) throw new Error('crash');
          },
        });
        await expect(instance.deliver(crash)).rejects.toThrow('crash');
        await instance.deliver();
      });
      expect((await instance.parked()).map(({ row }) => row)).toEqual([bad]);
      await instance.letters.replay((rows) => instance.append(rows));
      await instance.deliver();
      await instance.close();
      expect(await allSums(engine.clickhouse, account)).toEqual(sumsOf(2));
    },
  );
});
