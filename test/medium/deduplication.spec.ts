/**
 * De-duplication with the ids that ClickHouse keeps. Real: the embedded engine, its views, and the repository; the
 * deduplicator of a server talks to the same engine. Not real: HTTP, the write-ahead log, and the clock where a test moves it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { type Clock, DAY, SECOND, type Settings, SystemClock, loadSettings } from '@meterhouse/common';
import fc from 'fast-check';
import { aUsageEvent } from '../factories/events';
import type { Deduplicator } from '../../apps/api/src/ingest/deduplication/deduplicator';
import { EmbeddedDeduplicator } from '../../apps/api/src/ingest/deduplication/embedded-deduplicator';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { type IdHash, hashOf } from '../../apps/api/src/ingest/ids/id-hash';
import { IdList } from '../../apps/api/src/ingest/ids/id-list';
import { ServerDeduplicator } from '../../apps/api/src/ingest/deduplication/server-deduplicator';
import type { UsageEvent } from '../../apps/api/src/ingest/event/event';
import { toBatch } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { FixedClock } from '../support/fixed-clock';

const HASH = `toFixedString(substring(SHA256(concat('account', '\\0', concat({prefix:String}, toString(number)))), 1, 16), 16)`;

let folder: string;
let settings: Settings;
let clickhouse: ClickHouse;
/** Statements that ask for ids, with their parameters, since the start of the test. */
let asked: { sql: string; parameters: Parameters<ClickHouse['query']>[1] }[];

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-ids-'));
  settings = loadSettings({ DATA_DIR: folder });
  clickhouse = await open();
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await clickhouse.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<ClickHouse> {
  const opened = await ClickHouse.open(settings.storage);
  await migrate(opened, join(__dirname, '..', '..', 'clickhouse', 'migrations'));
  return opened;
}

function repository(): EventIdsRepository {
  const query = (sql: string, parameters?: Parameters<ClickHouse['query']>[1]) => {
    asked.push({ sql, parameters });
    return clickhouse.query(sql, parameters);
  };
  return new EventIdsRepository(
    new Proxy(clickhouse, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name) as unknown)),
    }),
  );
}

async function embedded(clock: Clock = new SystemClock()): Promise<EmbeddedDeduplicator> {
  const deduplicator = new EmbeddedDeduplicator(repository(), clock);
  deduplicator.onModuleInit();
  await deduplicator.ready();
  asked = [];
  return deduplicator;
}

/** An event as its sender names it. */
type EventName = Pick<UsageEvent, 'accountId' | 'id'>;

const names = (prefix: string, count: number): EventName[] =>
  Array.from({ length: count }, (_, index) => ({ accountId: 'account', id: `${prefix}${index}` }));
const idsOf = (events: readonly EventName[]): IdHash[] => events.map(({ accountId, id }) => hashOf(accountId, id));
const all = (count: number, value: boolean): boolean[] => Array<boolean>(count).fill(value);

/** Inserts events as the writer does. */
async function insert(events: readonly EventName[], hasClientId = true): Promise<void> {
  const rows = events.map(({ accountId, id }) => aUsageEvent({ accountId, id, hasClientId }));
  const batch = await toBatch([toRows(rows).text], 'test/1');
  await clickhouse.insertBlock(batch.statement, batch.rows);
}

/** Ids as if they had come in some time ago. */
async function insertIds(prefix: string, count: number, ageMs: number): Promise<void> {
  await clickhouse.command(
    `INSERT INTO event_ids SELECT ${HASH}, now() - toIntervalSecond({age:UInt32}) FROM numbers({count:UInt32})`,
    { prefix, count, age: ageMs / SECOND },
  );
}

const KINDS: [string, (clock?: Clock) => Promise<Deduplicator>][] = [
  ['EmbeddedDeduplicator', embedded],
  ['ServerDeduplicator', (clock = new SystemClock()) => Promise.resolve(new ServerDeduplicator(repository(), clock))],
];

describe.each(KINDS)('%s', (kind, make) => {
  const prefix = (name: string): string => `${kind}-${name}-`;

  it('knows what was delivered, by account and id, in calls of any size', async () => {
    const deduplicator = await make();
    const events = names(prefix('a'), 12_000);
    expect(await deduplicator.seen(IdList.of(idsOf(events)))).toEqual(all(12_000, false));
    expect(await deduplicator.claim(IdList.of(idsOf(events)), 'one/1')).toEqual(all(12_000, false));
    expect(await deduplicator.claim(IdList.of(idsOf(events)), 'one/1')).toEqual(all(12_000, false));
    const half = events.filter((_, index) => index % 2 === 0);
    await insert(half);
    deduplicator.delivered(IdList.of(idsOf(half)));
    const expected = events.map((_, index) => index % 2 === 0);
    expect(await deduplicator.seen(IdList.of(idsOf(events)))).toEqual(expected);
    expect(await deduplicator.claim(IdList.of(idsOf(events)), 'one/2')).toEqual(expected);
    expect(await deduplicator.seen(IdList.of(half.slice(0, 10).map(({ id }) => hashOf('other', id))))).toEqual(
      all(10, false),
    );
    expect(await deduplicator.seen(IdList.EMPTY)).toEqual([]);
    expect(await deduplicator.claim(IdList.EMPTY, 'one/3')).toEqual([]);
  });

  it('knows ids of any characters: the engine computes the same hash', async () => {
    const deduplicator = await make();
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 }).filter((value) => !value.includes('\0'));
    const events = fc.sample(fc.record({ accountId: text, id: text }), { numRuns: 300, seed: 7 });
    await insert(events);
    deduplicator.delivered(IdList.of(idsOf(events)));
    expect(await deduplicator.seen(IdList.of(idsOf(events)))).toEqual(all(events.length, true));
    expect(await deduplicator.seen(IdList.of(events.map(({ accountId, id }) => hashOf(accountId, `${id}.`))))).toEqual(
      all(events.length, false),
    );
  });

  it('remembers after a restart, for seven days, only ids that a client gave', async () => {
    await insert(names(prefix('given'), 10));
    await insert(names(prefix('made'), 10), false);
    await insertIds(prefix('young'), 10, 7 * DAY - 60 * SECOND);
    await insertIds(prefix('old'), 10, 7 * DAY + 60 * SECOND);
    await clickhouse.close();
    clickhouse = await open();
    const deduplicator = await make();
    const seen = async (name: string): Promise<boolean[]> =>
      deduplicator.seen(IdList.of(idsOf(names(prefix(name), 10))));
    expect(await seen('given')).toEqual(all(10, true));
    expect(await seen('made')).toEqual(all(10, false));
    expect(await seen('young')).toEqual(all(10, true));
    expect(await seen('old')).toEqual(all(10, false));
  });

  it('forgets as its clock goes on', async () => {
    await insertIds(prefix('aging'), 10, 0);
    const clock = new FixedClock(Date.now());
    const deduplicator = await make(clock);
    clock.at += 7 * DAY - 60 * SECOND;
    expect(await deduplicator.seen(IdList.of(idsOf(names(prefix('aging'), 10))))).toEqual(all(10, true));
    clock.at += 120 * SECOND;
    expect(await deduplicator.seen(IdList.of(idsOf(names(prefix('aging'), 10))))).toEqual(all(10, false));
  });
});

describe('statements', () => {
  const COUNT = 250_000;

  beforeAll(async () => {
    await insertIds('many-', COUNT, DAY);
    await insertIds('more-', COUNT, 2 * DAY);
    await clickhouse.command('OPTIMIZE TABLE event_ids FINAL');
  });

  /** The last line "Granules: read/all" of the plan. */
  async function granules({ sql, parameters }: (typeof asked)[number]): Promise<{ read: number; all: number }> {
    const rows = await clickhouse.query(`EXPLAIN indexes = 1 ${sql}`, parameters);
    const plan = rows.map((row) => row.string('explain')).join('\n');
    const [, keys = ''] = /PrimaryKey\s+Keys:\s+(\S+)/.exec(plan) ?? [];
    expect(keys).toBe('id_hash');
    const counts = [...plan.matchAll(/Granules: (\d+)\/(\d+)/g)];
    return { read: Number(counts.at(-1)?.[1]), all: Number(counts[0]?.[2]) };
  }

  it('ask nothing about new ids, and about others by primary key', async () => {
    const deduplicator = await embedded();
    expect(await deduplicator.seen(IdList.of(idsOf(names('new-', 5_000))))).toEqual(all(5_000, false));
    expect(asked).toEqual([]);
    expect(await deduplicator.seen(IdList.of(idsOf([...names('many-', 2), ...names('more-', 1)])))).toEqual(
      all(3, true),
    );
    const [lookUp] = asked;
    if (!lookUp) throw new Error('No look-up.');
    expect(asked).toHaveLength(1);
    const { read, all: total } = await granules(lookUp);
    expect(total).toBeGreaterThan(60);
    expect(read).toBeLessThanOrEqual(12);
  });

  it('load a day in pages by primary key, each id once', async () => {
    const ids = repository();
    const today = Math.floor(Date.now() / DAY);
    const days = await ids.countByDay(today - 7);
    const day = Math.floor((Date.now() - DAY) / DAY);
    const count = days.find((counted) => counted.day === day)?.ids ?? 0;
    expect(count).toBeGreaterThanOrEqual(COUNT);
    asked = [];
    const cuts = [0, 1, 4_096, 30_000, 65_536];
    let loaded = 0;
    for (const [index, to] of cuts.slice(1).entries()) {
      loaded += (await ids.startsOf(day, { from: cuts[index] ?? 0, to })).length / 8;
    }
    expect(loaded).toBe(count);
    const [, small] = asked;
    if (!small) throw new Error('No page.');
    const { read, all: total } = await granules(small);
    expect(read).toBeLessThan(total / 8);
  });
});
