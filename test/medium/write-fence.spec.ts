/**
 * Two instances on one server, of which one makes rollups again, or deletes, while the other is sent events. Real: the
 * service, its writer and log, reconcile, deletion and the fence between the two, HTTP, the engine behind the front. Not
 * real: the server itself, and the keys, which are in memory. Events come at the worst moment, which the spec finds by the
 * statement that is about to run.
 */
import { Logger } from '@nestjs/common';
import { WriteFence } from '@meterhouse/clickhouse';
import { DAY, SystemClock, iso } from '@meterhouse/common';
import { type Check, ExclusiveWrites } from '../../apps/api/src/ingest/delivery/exclusive-writes';
import { ParkedEvents } from '../../apps/api/src/ingest/delivery/parked-events';
import { IngestMetrics } from '../../apps/api/src/ingest/ingest-metrics';
import { MaintenanceRepository } from '../../apps/api/src/maintenance/maintenance.repository';
import { Integrity } from '../../apps/api/src/maintenance/integrity';
import { IntegrityRepository } from '../../apps/api/src/maintenance/integrity.repository';
import { MaintenanceTurn } from '../../apps/api/src/maintenance/maintenance-turn';
import { MaintenanceService } from '../../apps/api/src/maintenance/maintenance.service';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { Readiness } from '../../apps/api/src/monitoring/readiness';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { deferred } from '../support/deferred';
import { insertEvents } from '../support/insert-events';
import { ListedKeys } from '../support/keys';
import { until } from '../support/until';
import { type Engine, OpenIngest, allSums, inEveryTable, makeKey, openEngine } from './ingest-fixture';
import { event } from './reconcile-fixture';

jest.setTimeout(120_000);

/** So long that no test waits for it. */
const NEVER_MS = 3_600_000;
const TIMES = { beatMs: NEVER_MS, deadAfterMs: 600_000 };

const NOW = Date.now();
const YESTERDAY = Math.floor(NOW / DAY - 1) * DAY;

const registry = new ListedKeys();
let front: ClickHouseFront;
/** The server as the instance that repairs uses it, and as the other does. */
let one: Engine;
let two: Engine;
let writer: OpenIngest;
let refusals = 0;
/** Takes back what `before` did. */
let restore = (): void => undefined;

/** The exclusive writes of an instance that inserts nothing itself. */
class OnlyTheFence extends ExclusiveWrites {
  constructor(private readonly fence: WriteFence) {
    super();
  }

  run<T>(work: (check: Check) => Promise<T>): Promise<T> {
    return this.fence.run(work);
  }
}

const fenceOf = (instance: string): WriteFence => new WriteFence(one.clickhouse, () => instance, TIMES);

const serviceOf = (fence: WriteFence): MaintenanceService =>
  new MaintenanceService(
    new MaintenanceRepository(one.clickhouse),
    new OnlyTheFence(fence),
    new ParkedEvents(one.settings, new IngestMetrics(new Metrics()), new Readiness()),
    registry,
    new SystemClock(),
    one.settings,
    new MaintenanceTurn(),
    new Integrity(
      new IntegrityRepository(one.clickhouse),
      new OnlyTheFence(fence),
      new Readiness(),
      new SystemClock(),
      one.settings,
    ),
  );

beforeAll(async () => {
  Logger.overrideLogger(false);
  front = await openClickHouseFront();
  one = await openEngine(front.url);
  two = await openEngine(front.url);
  const insert = two.clickhouse.insertBlock.bind(two.clickhouse);
  jest.spyOn(two.clickhouse, 'insertBlock').mockImplementation((statement, rows) =>
    insert(statement, rows).catch((error: unknown) => {
      refusals += 1;
      throw error;
    }),
  );
  writer = await OpenIngest.open(two, registry);
});
afterAll(async () => {
  await writer.close();
  await Promise.all([one.close(), two.close()]);
  await front.close();
});
afterEach(() => void restore());

let accounts = 0;
function newAccount() {
  const accountId = `account-${++accounts}`;
  const keyId = `key-${accounts}`;
  const caller = registry.add(makeKey(keyId, accountId));
  /** So many events of yesterday to the second instance; resolves when they are stored. */
  const send = (count: number): Promise<unknown> =>
    writer.ingest(
      caller,
      Array.from({ length: count }, (_, index) => ({
        timestamp: YESTERDAY + index,
        method: 'GET',
        endpoint: '/',
        statusCode: 200,
        latencyMs: 10,
        responseBytes: 3,
      })),
      undefined,
    );
  return { accountId, keyId, send };
}

const requests = (count: number) => inEveryTable({ requests: count, latencyUs: count * 10_000, bytes: count * 3 });

/** Runs `work` once, before the first statement of the repairing instance that is like the pattern. */
function before(pattern: RegExp, work: () => Promise<void>): { done: () => boolean } {
  const command = one.clickhouse.command.bind(one.clickhouse);
  let done = false;
  const spy = jest.spyOn(one.clickhouse, 'command').mockImplementation(async (sql, parameters) => {
    if (!done && pattern.test(sql)) {
      done = true;
      await work();
    }
    return command(sql, parameters);
  });
  restore = () => spy.mockRestore();
  return { done: () => done };
}

/** Begins to send, and goes on when the events are stored, or as they should be here refused. */
function sentMeanwhile(send: () => Promise<unknown>) {
  let sending: Promise<unknown> = Promise.resolve();
  return {
    begin: async () => {
      const earlier = refusals;
      let stored = false;
      sending = send().then(() => (stored = true));
      await until(() => Promise.resolve(stored || refusals > earlier));
    },
    stored: () => sending,
  };
}

it.each(['keeps in a month', 'leaves out of a month'])(
  'repairs a rollup and loses nothing that comes in: what it %s',
  async (what) => {
    const { accountId, send } = newAccount();
    await send(5);
    const lost = what === 'keeps in a month' ? 'ghost' : accountId;
    // Drift, of another account or of the very one: a row too many.
    await one.clickhouse.command(
      `INSERT INTO usage_day (account_id, bucket, key_id, requests)
     SELECT {lost:String}, toDateTime(intDiv({day:Int64}, 1000), 'UTC'), 'nobody', 3`,
      { lost, day: YESTERDAY },
    );
    const meanwhile = sentMeanwhile(() => send(7));
    const swap = before(/REPLACE PARTITION/, meanwhile.begin);
    const { repaired } = await serviceOf(fenceOf('one')).reconcile({ repair: true, acceptLoss: true });
    expect(swap.done()).toBe(true);
    expect(repaired.map(({ rollup }) => rollup)).toEqual(['usage_day']);
    await meanwhile.stored();
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(12));
    const { rollups } = await serviceOf(fenceOf('one')).reconcile({});
    expect(rollups.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0, 0]);
  },
);

it.each([
  ['a span', { from: iso(YESTERDAY), to: iso(YESTERDAY + 3) }, /REPLACE PARTITION/, 2],
  ['everything', {}, /ALTER TABLE traffic_minute\s+DELETE/, 0],
])('deletes %s of an account and loses nothing that comes in', async (_, span, moment, left) => {
  const { accountId, send } = newAccount();
  await send(5);
  const meanwhile = sentMeanwhile(() => send(7));
  const deletion = before(moment, meanwhile.begin);
  await serviceOf(fenceOf('one')).deleteEvents('key_admin', { accountId, ...span, confirm: true });
  expect(deletion.done()).toBe(true);
  await meanwhile.stored();
  expect(await allSums(one.clickhouse, accountId)).toEqual(requests(left + 7));
});

it('begins when the inserts that had begun have ended', async () => {
  const { accountId, send } = newAccount();
  await send(1);
  const running = async (): Promise<number> => {
    const [row] = await one.clickhouse.query(
      "SELECT count() AS inserts FROM system.processes WHERE startsWith(query, 'INSERT INTO events (')",
    );
    return row?.number('inserts') ?? 0;
  };
  const slow = one.clickhouse.command(
    `INSERT INTO events (account_id, key_id, id, timestamp, latency_us, response_bytes)
     SELECT {accountId:String}, 'k', toString(number), fromUnixTimestamp64Milli({day:Int64}), 10000, 3
     FROM numbers(20) WHERE sleepEachRow(0.05) = 0
     SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 1000000`,
    { accountId, day: YESTERDAY },
  );
  let ended = false;
  void slow.then(() => (ended = true));
  await until(async () => ended || (await running()) > 0);
  await fenceOf('one').run(async () => {
    expect(await running()).toBe(0);
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(21));
  });
  await slow;
});

describe('a fence whose process has died', () => {
  /** A process that ends in the middle of its work, with a staging table. */
  async function abandoned(instance: string) {
    const [begun, end] = [deferred<Check>(), deferred()];
    const ended = fenceOf(instance).run(async (check) => {
      await one.clickhouse.command('CREATE TABLE reconcile_staging_left AS usage_day');
      begun.resolve(check);
      await end.promise;
      await one.clickhouse.command(`ALTER TABLE usage_day REPLACE PARTITION ID '2001' FROM reconcile_staging_left`);
    });
    return { check: await begun.promise, wakes: () => (end.resolve(), ended) };
  }

  const anHourPasses = (): Promise<void> =>
    one.clickhouse.command(
      'ALTER TABLE write_fence_lock UPDATE at = at - INTERVAL 1 HOUR WHERE true SETTINGS mutations_sync = 1',
    );

  it('is taken away when it has aged, by the next insert that it refuses', async () => {
    const { accountId, send } = newAccount();
    const dead = await abandoned('one');
    const meanwhile = sentMeanwhile(() => send(4));
    await meanwhile.begin();
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(0));
    await dead.check();
    await anHourPasses();
    await meanwhile.stored();
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(4));
    // Should it only have been slow, it can swap nothing in, and says so.
    await expect(dead.check()).rejects.toThrow('took over the repair or deletion of this database');
    await expect(dead.wakes()).rejects.toThrow('took over the repair or deletion of this database');
    await send(2);
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(6));
  });

  it('is taken at once by the same instance after a restart', async () => {
    const { accountId, send } = newAccount();
    const dead = await abandoned('one');
    await fenceOf('one').pass(
      () =>
        insertEvents(one.clickhouse, accountId, [
          event(YESTERDAY, { latencyMs: 10, requestBytes: 0, responseBytes: 3 }),
        ]),
      () => true,
    );
    await send(1);
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(2));
    await expect(dead.wakes()).rejects.toThrow('took over');
  });

  it('does not open that of the process which took it over', async () => {
    const { accountId, send } = newAccount();
    const dead = await abandoned('one');
    await anHourPasses();
    const meanwhile = sentMeanwhile(() => send(3));
    await fenceOf('three').run(async (check) => {
      await expect(dead.wakes()).rejects.toThrow('Instance three took over');
      await meanwhile.begin();
      await check();
      expect(await allSums(one.clickhouse, accountId)).toEqual(requests(0));
    });
    await meanwhile.stored();
    expect(await allSums(one.clickhouse, accountId)).toEqual(requests(3));
  });
});

it('is one at a time over all instances, and fails where somebody else has opened it', async () => {
  let inside = 0;
  const alone = (instance: string) =>
    fenceOf(instance).run(async (check) => {
      inside += 1;
      await check();
      expect(inside).toBe(1);
      inside -= 1;
    });
  await Promise.all(['one', 'three', 'four'].map(alone));
  const opened = fenceOf('one').run(() =>
    one.clickhouse.command('ALTER TABLE events RESET SETTING max_parts_in_total'),
  );
  await expect(opened).rejects.toThrow('start again');
});

it('does not take a table that really has too many parts for a fence', async () => {
  const { accountId, send } = newAccount();
  await send(1);
  await one.clickhouse.command('ALTER TABLE events MODIFY SETTING max_parts_in_total = 1');
  const insert = jest.fn(() => insertEvents(one.clickhouse, accountId, [event(YESTERDAY)]));
  await expect(fenceOf('one').pass(insert, () => true)).rejects.toMatchObject({ code: '252' });
  expect(insert).toHaveBeenCalledTimes(2);
  await one.clickhouse.command('ALTER TABLE events RESET SETTING max_parts_in_total');
  const staging = await one.clickhouse.query("SELECT name FROM system.tables WHERE name LIKE '%staging%'");
  expect(staging).toEqual([]);
});
