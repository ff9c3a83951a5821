/**
 * Events that are sent again when their ids are forgotten: an old log that is imported a second time. Real: the service,
 * the writer, its log, the deduplicators of both forms of storage, ClickHouse and its views, for the second form behind
 * HTTP. Not real: the routes, and the keys, which are in memory. Ids are forgotten by emptying the table that keeps them
 * for a week.
 */
import { Logger } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import { DAY, HOUR, SystemClock } from '@meterhouse/common';
import fc from 'fast-check';
import { ListedKeys } from '../support/keys';
import type { Identity } from '../../apps/api/src/auth/identity';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { type DatedId, hashOf } from '../../apps/api/src/ingest/ids/id-hash';
import { ServerDeduplicator } from '../../apps/api/src/ingest/deduplication/server-deduplicator';
import { toBatch } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aUsageEvent } from '../factories/events';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { type Engine, OpenIngest, allSums, inEveryTable, makeKey, openEngine, sumsOf } from './ingest-fixture';

jest.setTimeout(180_000);

const NOW = Date.now();
const OLD = NOW - 8 * DAY;
/** Still within the days for which ids are remembered, with an hour to spare. */
const RECENT = NOW - 7 * DAY + 2 * HOUR;

interface Sent {
  id: string;
  timestamp: number;
}

const event = ({ id, timestamp }: Sent) => ({
  id,
  timestamp,
  method: 'GET',
  endpoint: '/',
  statusCode: 200,
  latencyMs: 10,
  responseBytes: 3,
});

const inAll = (requests: number) => inEveryTable({ requests, latencyUs: requests * 10_000, bytes: requests * 3 });

const registry = new ListedKeys();
let accounts = 0;
const newCaller = (): { caller: Identity; account: string } => {
  const account = `old-${++accounts}`;
  return { account, caller: registry.add(makeKey(`k-${account}`, account)) };
};

/** What counts, by the rules of the documents and in plain code. */
class Oracle {
  requests = 0;
  private readonly remembered = new Set<string>();
  private readonly stored = new Set<string>();

  forget(): void {
    this.remembered.clear();
  }

  /** @returns how many events count after this call */
  send(events: readonly Sent[]): number {
    const inCall = new Set<string>();
    for (const { id, timestamp } of events) {
      const isOld = timestamp < NOW - 7 * DAY;
      const isRepeat = this.remembered.has(id) || inCall.has(id) || (isOld && this.stored.has(`${id} ${timestamp}`));
      inCall.add(id);
      if (isRepeat) continue;
      this.remembered.add(id);
      this.stored.add(`${id} ${timestamp}`);
      this.requests += 1;
    }
    return this.requests;
  }
}

type Step = { send: Sent[]; by: number } | 'forget' | 'restart';

const sent: fc.Arbitrary<Sent> = fc.record({
  id: fc.constantFrom("a'\\", 'bé'),
  timestamp: fc.constantFrom(OLD, OLD - 1, RECENT),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ send: fc.array(sent, { minLength: 1, maxLength: 4 }), by: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.constant('forget' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

describe.each(['embedded', 'server'])('old events, %s', (form) => {
  let front: ClickHouseFront | undefined;
  let engine: Engine;
  let clickhouse: ClickHouse;
  /** On a server two instances share it; the engine in a process is one instance's. */
  let instances: OpenIngest[];

  const open = (): Promise<OpenIngest[]> =>
    Promise.all(Array.from({ length: form === 'server' ? 2 : 1 }, () => OpenIngest.open(engine, registry)));
  const close = (): Promise<void[]> => Promise.all(instances.map((instance) => instance.close()));
  const ingest = (caller: Identity, events: readonly Sent[], by = 0) =>
    (instances[by % instances.length] as OpenIngest).ingest(caller, events.map(event), undefined);

  async function restart(): Promise<void> {
    await close();
    instances = await open();
  }

  /** As seven days do; what a process remembers of them goes with it. */
  async function forget(): Promise<void> {
    await close();
    await clickhouse.command('TRUNCATE TABLE event_ids');
    instances = await open();
  }

  beforeAll(async () => {
    Logger.overrideLogger(false);
    if (form === 'server') front = await openClickHouseFront();
    engine = await openEngine(front?.url);
    clickhouse = engine.clickhouse;
    instances = await open();
  });
  afterAll(async () => {
    await close();
    await engine.close();
    await front?.close();
  });

  it('count as the plain rules say, over restarts and instances', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 9 }), async (steps) => {
        const { caller, account } = newCaller();
        const oracle = new Oracle();
        for (const one of steps) {
          if (one === 'restart') await restart();
          else if (one === 'forget') {
            await forget();
            oracle.forget();
          } else {
            await ingest(caller, one.send, one.by);
            expect((await sumsOf(clickhouse, 'events', account)).requests).toBe(oracle.send(one.send));
          }
        }
        expect(await allSums(clickhouse, account)).toEqual(inAll(oracle.requests));
      }),
      { numRuns: 6 },
    );
  });

  it('that only repeat one leave nothing behind: their id counts with another time at once', async () => {
    const { caller, account } = newCaller();
    const requests = async (): Promise<number> => (await sumsOf(clickhouse, 'events', account)).requests;
    await ingest(caller, [{ id: 'again', timestamp: OLD }]);
    await forget();
    await ingest(caller, [{ id: 'again', timestamp: OLD }]);
    expect(await requests()).toBe(1);
    await ingest(caller, [{ id: 'again', timestamp: OLD - 1 }]);
    expect(await requests()).toBe(2);
  });

  it('count once when a log of many is imported again, whole or in part', async () => {
    const { caller, account } = newCaller();
    const log = Array.from({ length: 9_000 }, (_, line) => ({ id: `line ${line}`, timestamp: OLD + line * 40 }));
    expect(await ingest(caller, log)).toMatchObject({ accepted: 9_000 });
    await forget();
    const more = Array.from({ length: 500 }, (_, line) => ({ id: `more ${line}`, timestamp: OLD + line * 40 }));
    const mixed = [...log.slice(4_000), ...more];
    expect(await ingest(caller, mixed, 1)).toMatchObject({ accepted: 500, duplicates: 5_000 });
    await forget();
    expect(await ingest(caller, log)).toMatchObject({ accepted: 0, duplicates: 9_000 });
    expect((await sumsOf(clickhouse, 'usage_day', account)).requests).toBe(9_500);
  });

  it('count again once their raw events are gone too, and not before', async () => {
    const { caller, account } = newCaller();
    const one = { id: 'deleted', timestamp: OLD };
    await ingest(caller, [one]);
    await clickhouse.command('DELETE FROM events WHERE account_id = {account:String}', { account });
    await ingest(caller, [one]);
    expect((await sumsOf(clickhouse, 'events', account)).requests).toBe(0);
    await forget();
    await ingest(caller, [one]);
    expect((await sumsOf(clickhouse, 'events', account)).requests).toBe(1);
  });

  it('count in each account by themselves', async () => {
    const [first, second] = [newCaller(), newCaller()];
    await ingest(first.caller, [{ id: 'same', timestamp: OLD }]);
    await forget();
    expect(await ingest(second.caller, [{ id: 'same', timestamp: OLD }])).toMatchObject({ accepted: 1 });
    expect(await ingest(first.caller, [{ id: 'same', timestamp: OLD }])).toMatchObject({ duplicates: 1 });
  });

  it('are left out when they are delivered if the storage did not answer before', async () => {
    const { caller, account } = newCaller();
    const old = [1, 2, 3].map((line) => ({ id: `line ${line}`, timestamp: OLD }));
    await ingest(caller, old.slice(0, 2));
    await forget();
    let asked = 0;
    const query: ClickHouse['query'] = (...call) => {
      if (!call[0].includes('PREWHERE')) return clickhouse.query(...call);
      asked += 1;
      // The first is asked while the caller waits, the second before the insert.
      return asked > 2
        ? clickhouse.query(...call)
        : Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    };
    const away = new Proxy(clickhouse, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name) as unknown)),
    });
    const instance = await OpenIngest.open(engine, registry, away);
    expect(await instance.ingest(caller, old.map(event), undefined)).toMatchObject({ accepted: 3 });
    await instance.close();
    expect(asked).toBe(3);
    expect(await allSums(clickhouse, account)).toEqual(inAll(3));
  });

  it('cost live traffic no statement', async () => {
    const { caller } = newCaller();
    const statements: string[] = [];
    const watched = new Proxy(clickhouse, {
      get: (target, name) =>
        name !== 'query'
          ? (Reflect.get(target, name) as unknown)
          : (...call: Parameters<ClickHouse['query']>) => {
              statements.push(call[0]);
              return clickhouse.query(...call);
            },
    });
    const instance = await OpenIngest.open(engine, registry, watched);
    const live = [RECENT, NOW].map((timestamp) => ({ id: `live ${timestamp}`, timestamp }));
    await instance.ingest(caller, live.map(event), undefined);
    await instance.close();
    expect(statements.filter((sql) => sql.includes('FROM events\n'))).toEqual([]);
  });
});

describe('the look-up in the raw table', () => {
  let engine: Engine;
  let asked: Parameters<ClickHouse['query']>[];
  let ids: ServerDeduplicator;

  beforeAll(async () => {
    engine = await openEngine();
    const query: ClickHouse['query'] = (...call) => {
      asked.push(call);
      return engine.clickhouse.query(...call);
    };
    const watched = new Proxy(engine.clickhouse, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name) as unknown)),
    });
    ids = new ServerDeduplicator(new EventIdsRepository(watched), new SystemClock());
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => engine.close());

  async function insert(events: readonly { accountId: string; id: string; timestamp: number }[]): Promise<void> {
    const batch = await toBatch([toRows(events.map((one) => aUsageEvent(one))).text], 'test/1');
    await engine.clickhouse.insertBlock(batch.statement, batch.rows);
  }

  const dated = ({ accountId, id, timestamp }: { accountId: string; id: string; timestamp: number }): DatedId => ({
    id: hashOf(accountId, id),
    accountId,
    timestamp,
  });

  it('finds an event by account, id and time together, whatever their characters', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 }).filter((value) => !value.includes('\0'));
    const times = fc.integer({ min: OLD - 60 * DAY, max: OLD });
    const events = fc.sample(fc.record({ accountId: text, id: text, timestamp: times }), { numRuns: 600, seed: 7 });
    await insert(events.slice(0, 400));
    const found = await ids.counted(events.map(dated));
    expect(found).toEqual(new Set(events.slice(0, 400).map((one) => dated(one).id)));
    // The time of each is that of another one that is asked for.
    const turned = events
      .slice(0, 400)
      .map((one, at) => ({ ...one, timestamp: events[(at + 1) % 400]?.timestamp ?? 0 }));
    expect(await ids.counted(turned.map(dated))).toEqual(new Set());
    expect(await ids.counted([])).toEqual(new Set());
  });

  it('reads by primary key, and nothing twice', async () => {
    const day = OLD - 20 * DAY;
    const events = Array.from({ length: 100_000 }, (_, index) => ({
      accountId: 'large',
      id: `e${index}`,
      timestamp: day + index * 100,
    }));
    await insert(events);
    await engine.clickhouse.command('OPTIMIZE TABLE events FINAL');
    asked = [];
    // In the middle, in no order.
    const some = events
      .slice(40_000, 49_000)
      .filter((_, index) => index % 2 === 0)
      .reverse();
    expect((await ids.counted(some.map(dated))).size).toBe(4_500);
    expect(asked).toHaveLength(2);
    let granules = 0;
    for (const [sql, parameters] of asked) {
      const rows = await engine.clickhouse.query(`EXPLAIN indexes = 1 ${sql}`, parameters);
      const plan = rows.map((row) => row.string('explain')).join('\n');
      const read = [...plan.matchAll(/Granules: (\d+)\/(\d+)/g)].at(-1);
      expect(Number(read?.[2])).toBeGreaterThanOrEqual(12);
      granules += Number(read?.[1]);
    }
    expect(granules).toBeLessThanOrEqual(4);
  });
});
