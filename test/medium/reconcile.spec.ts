/**
 * Drift between rollups and raw events: found in the right bucket, repaired to equality, while everything is read.
 * Real: the engine, the schema and its views, the service and repository. Not real: the clock and the writer (still).
 */
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { LEVELS, ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import {
  BUCKET,
  DAY,
  HOUR,
  MINUTE,
  PLANTED,
  allContent,
  dimensionsOf,
  event,
  lengthOf,
  openMaintenance,
} from './reconcile-fixture';

type Fixture = Awaited<ReturnType<typeof openMaintenance>>;

beforeAll(() => Logger.overrideLogger(false));

describe('reconcile', () => {
  let at: Fixture;
  beforeAll(async () => void (at = await openMaintenance()));
  afterAll(() => at.close());

  const expectNoDrift = async (): Promise<void> => {
    const { rollups } = await at.service.reconcile({});
    expect(rollups.map(({ rollup, bucketsDrifted }) => [rollup, bucketsDrifted])).toEqual(
      ROLLUPS.map((rollup) => [rollup, 0]),
    );
  };

  /** The start of a rollup's bucket so many buckets before the running day. */
  const bucketOf = (rollup: Rollup, back: number): number =>
    Math.floor((at.clock.at - DAY) / lengthOf(rollup) - back) * lengthOf(rollup);

  const changed = (rollup: Rollup, bucket: number, sql: string): Promise<void> =>
    at.clickhouse.command(sql.replaceAll('ROLLUP', rollup).replaceAll('DIMENSIONS', dimensionsOf(rollup)), {
      bucket: bucket / 1_000,
    });

  it('finds no drift in what the views made of random events, in any batches', async () => {
    // Older than every bucket that is made wrong below, which hold only what they are given there.
    const instants = fc.integer({ min: 45 * DAY, max: 85 * DAY }).map((ago) => at.clock.at - ago);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(at.clock.at, ['k1', 'k2'], instants), { minLength: 50, maxLength: 150 }),
        async (events) => {
          await insertEvents(at.clickhouse, 'random', events);
          for (const one of events.slice(0, 4)) await insertEvents(at.clickhouse, 'random', [one]);
          const { rollups, repaired } = await at.service.reconcile({ repair: true });
          expect(rollups.map(({ rollup, bucketsDrifted }) => [rollup, bucketsDrifted])).toEqual(
            ROLLUPS.map((rollup) => [rollup, 0]),
          );
          expect(repaired).toEqual([]);
        },
      ),
      { numRuns: 4 },
    );
  });

  it.each(ROLLUPS)('finds each drifted bucket of %s, and repairs it', async (rollup) => {
    const planted = PLANTED.filter(({ of = rollup }) => rollup.startsWith(of));
    const buckets = planted.map((_, index) => bucketOf(rollup, 3 * index));
    // Rows of one event and of more; of every dimension there are two, of traffic one a key.
    await insertEvents(
      at.clickhouse,
      `planted-${rollup}`,
      buckets.flatMap((bucket) => [
        event(bucket),
        event(bucket + 1_000, { latencyMs: 99 }),
        event(bucket + 1_000, { keyId: 'k2', endpoint: '/v1/users', statusCode: 500, errorType: 'server_error' }),
      ]),
    );
    const before = await allContent(at.clickhouse);
    for (const [index, { sql }] of planted.entries()) await changed(rollup, buckets[index] ?? 0, sql);

    const found = await at.service.reconcile({});
    expect(found.rollups.filter(({ bucketsDrifted }) => bucketsDrifted > 0)).toEqual([
      expect.objectContaining({ rollup, bucketsDrifted: planted.length, bucketsRepaired: 0 }),
    ]);
    const examples = found.rollups.find((drift) => drift.rollup === rollup)?.examples ?? [];
    for (const [index, { differs }] of planted.entries()) {
      const inBucket = examples.filter((row) => Date.parse(row.bucket) === buckets[index]);
      expect(inBucket.length).toBeGreaterThan(0);
      for (const row of inBucket) {
        // Whole rows differ in much; where one figure was changed, nothing else does.
        if (differs[0] === 'requests') expect(row.differs).toEqual(expect.arrayContaining(differs));
        else expect(row.differs).toEqual(differs);
        expect([row.endpoint, row.method, row.statusCode, row.errorType]).toEqual(
          rollup.startsWith('traffic')
            ? [null, null, null, null]
            : [expect.stringContaining('/'), expect.any(String), expect.any(Number), expect.any(String)],
        );
      }
    }
    expect(found.repaired).toEqual([]);

    const mended = await at.service.reconcile({ repair: true, acceptLoss: true });
    expect(mended.rollups.find((drift) => drift.rollup === rollup)).toMatchObject({
      bucketsDrifted: planted.length,
      bucketsRepaired: planted.length,
    });
    expect(new Set(mended.repaired.map((partition) => partition.rollup))).toEqual(new Set([rollup]));
    expect(await allContent(at.clickhouse)).toEqual(before);
    await expectNoDrift();
  });

  it('compares percentile states by what is in them, however they came about', async () => {
    const hour = bucketOf('usage_day', 25) + HOUR;
    // An event in 30 is throttled. Small, middle-sized and large states; codes of each part of the large one.
    for (const [minute, count] of [1, 31, 32, 1_417, 1_418, 2_840, 9_000].entries()) {
      const events = Array.from({ length: count }, (_, index) =>
        event(hour + minute * MINUTE, {
          keyId: `k-${count}`,
          latencyMs: [0, 0.001, 0.152, 0.153, 45, 46, 47, 3_600_000][index % 8] ?? index,
          statusCode: index % 30 === 29 ? 429 : 200,
        }),
      );
      for (const batch of [events.slice(0, 1), events.slice(1, count / 3), events.slice(Math.max(1, count / 3))]) {
        await insertEvents(at.clickhouse, 'states', batch);
      }
    }
    await expectNoDrift();
    for (const rollup of ROLLUPS) await at.clickhouse.command(`OPTIMIZE TABLE ${rollup} FINAL`);
    await expectNoDrift();
    const inTheHour = `account_id = 'states' AND key_id = 'k-9000'`;
    for (const rollup of ROLLUPS) {
      await at.clickhouse.command(
        `INSERT INTO ${rollup} (${dimensionsOf(rollup)}, latency)
         SELECT ${dimensionsOf(rollup)}, quantilesTimingState(${LEVELS})(toUInt16(1040))
         FROM ${rollup} WHERE ${inTheHour} GROUP BY ${dimensionsOf(rollup)} LIMIT 1`,
      );
      await at.clickhouse.command(`OPTIMIZE TABLE ${rollup} FINAL`);
    }
    const { rollups } = await at.service.reconcile({ repair: true });
    for (const drift of rollups) {
      expect(drift).toMatchObject({ bucketsDrifted: 1, bucketsRepaired: 1, examples: [{ differs: ['percentiles'] }] });
    }
  });

  it('counts requests missing and extra, and looks at the days asked for only', async () => {
    const day = bucketOf('usage_day', 40);
    await insertEvents(at.clickhouse, 'counted', [event(day), event(day + 1), event(day + DAY)]);
    await changed('usage_day', day, `ALTER TABLE ROLLUP DELETE WHERE ${BUCKET} SETTINGS mutations_sync = 2`);
    await changed(
      'usage_day',
      day + DAY,
      `INSERT INTO ROLLUP SELECT * FROM ROLLUP WHERE ${BUCKET} SETTINGS insert_deduplicate = 0`,
    );
    const span = (from: number, to: number, repair = false) =>
      at.service.reconcile({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        repair,
        acceptLoss: true,
      });
    const first = await span(day + HOUR, day + 2 * HOUR);
    expect([first.from, first.to]).toEqual([new Date(day).toISOString(), new Date(day + DAY).toISOString()]);
    const dayOf = ({ rollups }: typeof first) => rollups.find(({ rollup }) => rollup === 'usage_day');
    expect(dayOf(first)).toMatchObject({ bucketsDrifted: 1, requestsExtra: 0 });
    expect(dayOf(first)?.requestsMissing).toBeGreaterThanOrEqual(2);
    const extra = dayOf(await span(day + DAY, day + 2 * DAY));
    expect(extra).toMatchObject({ bucketsDrifted: 1, requestsMissing: 0 });
    expect(extra?.requestsExtra).toBeGreaterThanOrEqual(1);
    // Repairing one day leaves the other day of the partition as it is.
    expect(dayOf(await span(day, day + DAY, true))).toMatchObject({ bucketsRepaired: 1 });
    expect(dayOf(await span(day, day + 2 * DAY, true))).toMatchObject({ bucketsDrifted: 1, bucketsRepaired: 1 });
  });

  it('leaves nothing of a partition without events, and no staging table', async () => {
    const month = 'toYYYYMM(COLUMN) = toYYYYMM({day:Date})';
    const day = { day: new Date(bucketOf('usage_day', 45)).toISOString().slice(0, 10) };
    for (const table of ['events', ...ROLLUPS]) {
      const condition = month.replace('COLUMN', table === 'events' ? 'timestamp' : 'bucket');
      await at.clickhouse.command(`ALTER TABLE ${table} DELETE WHERE ${condition} SETTINGS mutations_sync = 2`, day);
    }
    // Days before the first raw event are not repaired.
    await insertEvents(at.clickhouse, 'first', [event(bucketOf('usage_day', 85))]);
    const before = await allContent(at.clickhouse);
    await at.clickhouse.command(
      `INSERT INTO traffic_minute (account_id, bucket, key_id, requests)
       SELECT 'ghost', toDateTime({day:Date}, 'UTC'), 'k1', 3`,
      day,
    );
    await at.clickhouse.command('CREATE TABLE reconcile_staging_left (a UInt8) ENGINE = MergeTree ORDER BY a');
    const { rollups, repaired } = await at.service.reconcile({ repair: true, acceptLoss: true });
    expect(rollups[0]).toMatchObject({
      rollup: 'traffic_minute',
      bucketsDrifted: 1,
      bucketsRepaired: 1,
      requestsExtra: 3,
    });
    expect(repaired).toHaveLength(1);
    expect(await allContent(at.clickhouse)).toEqual(before);
    await at.service.onApplicationBootstrap();
    const staging = await at.clickhouse.query("SELECT name FROM system.tables WHERE name LIKE '%staging%'");
    expect(staging).toEqual([]);
  });

  it('lowers no figure for want of raw events, unless it is told to', async () => {
    const [whole, damaged] = [bucketOf('usage_day', 50), bucketOf('usage_day', 51)];
    await insertEvents(at.clickhouse, 'lost', [
      event(whole),
      event(damaged),
      event(damaged + 1),
      event(damaged + HOUR),
    ]);
    const before = await allContent(at.clickhouse);
    await changed('usage_day', whole, `ALTER TABLE ROLLUP DELETE WHERE ${BUCKET} SETTINGS mutations_sync = 2`);
    await at.clickhouse.command(
      `ALTER TABLE events DELETE WHERE account_id = 'lost' AND timestamp = fromUnixTimestamp64Milli({damaged:Int64})
       SETTINGS mutations_sync = 2`,
      { damaged },
    );
    const careful = await at.service.reconcile({ repair: true });
    expect(
      careful.rollups.map(({ bucketsDrifted, bucketsRepaired, bucketsWithheld }) => ({
        bucketsDrifted,
        bucketsRepaired,
        bucketsWithheld,
      })),
    ).toEqual(
      ROLLUPS.map((rollup) => {
        const repaired = rollup === 'usage_day' ? 1 : 0;
        return { bucketsDrifted: 1 + repaired, bucketsRepaired: repaired, bucketsWithheld: 1 };
      }),
    );
    expect(await allContent(at.clickhouse)).toEqual(before);
    const told = await at.service.reconcile({ repair: true, acceptLoss: true });
    for (const drift of told.rollups) expect(drift).toMatchObject({ bucketsRepaired: 1, bucketsWithheld: 0 });
    await expectNoDrift();
  });

  it('does not take an insert in progress for drift', async () => {
    const minute = bucketOf('traffic_minute', 10);
    await insertEvents(at.clickhouse, 'slow', [event(minute)]);
    const mine = `${BUCKET} AND account_id = 'slow'`;
    await at.clickhouse.command('CREATE TABLE kept_aside AS traffic_minute');
    await changed('traffic_minute', minute, `INSERT INTO kept_aside SELECT * FROM ROLLUP WHERE ${mine}`);
    await changed('traffic_minute', minute, `ALTER TABLE ROLLUP DELETE WHERE ${mine} SETTINGS mutations_sync = 2`);
    at.writes.before = async () => {
      at.writes.before = () => Promise.resolve();
      await changed(
        'traffic_minute',
        minute,
        'INSERT INTO ROLLUP SELECT * FROM kept_aside SETTINGS insert_deduplicate = 0',
      );
    };
    const { rollups, repaired } = await at.service.reconcile({ repair: true });
    expect(rollups.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0, 0]);
    expect(repaired).toEqual([]);
    await at.clickhouse.command('DROP TABLE kept_aside');
  });

  it('refuses a second one while the first runs', async () => {
    const both = await Promise.allSettled([at.service.reconcile({}), at.service.reconcile({})]);
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'OVERLOADED' } }]);
    await expect(at.service.reconcile({})).resolves.toMatchObject({ success: true });
  });

  it('serves the figures from before or from after while it repairs, never others', async () => {
    const hour = bucketOf('usage_hour', 30);
    const events = Array.from({ length: 20_000 }, (_, index) =>
      event(hour + index * 100, { keyId: `k${index % 500}`, endpoint: `/v1/r${index % 50}`, latencyMs: index % 977 }),
    );
    await insertEvents(at.clickhouse, 'busy', events);
    for (const rollup of ROLLUPS) {
      const lost = `DELETE WHERE account_id = 'busy' AND key_id = 'k7' SETTINGS mutations_sync = 2`;
      await at.clickhouse.command(`ALTER TABLE ${rollup} ${lost}`);
    }
    const seen = new Map(ROLLUPS.map((rollup) => [rollup, new Set<number>()]));
    let running = true;
    let reads = 0;
    const reader = async (rollup: Rollup): Promise<void> => {
      while (running) {
        const [row] = await at.clickhouse.query(
          `SELECT sum(requests) AS requests FROM ${rollup} WHERE account_id = 'busy'`,
        );
        seen.get(rollup)?.add(row?.number('requests') ?? -1);
        reads += 1;
      }
    };
    const readers = ROLLUPS.map(reader);
    const { rollups } = await at.service.reconcile({ repair: true });
    running = false;
    await Promise.all(readers);
    for (const { bucketsDrifted, bucketsRepaired } of rollups) {
      expect(bucketsDrifted).toBeGreaterThan(0);
      expect(bucketsRepaired).toBe(bucketsDrifted);
    }
    expect(reads).toBeGreaterThan(20);
    for (const requestsSeen of seen.values()) {
      expect([...requestsSeen].filter((requests) => requests !== 19_960 && requests !== 20_000)).toEqual([]);
    }
  });
});
