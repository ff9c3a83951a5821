/**
 * Drift between rollups and raw events: found in the right bucket, repaired to equality, while everything is read.
 * Real: the engine, the schema and its views, the service and repository. Not real: the clock and the writer (still).
 */
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { RESOLUTIONS, type Resolution } from '@meterhouse/common';
import { anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { DAY, HOUR, LENGTH, TABLE, allContent, event, openMaintenance } from './reconcile-fixture';

type Fixture = Awaited<ReturnType<typeof openMaintenance>>;

const DIMENSIONS = 'account_id, bucket, key_id, endpoint, method, status_code, error_type';
const BUCKET = "bucket = toDateTime({bucket:UInt32}, 'UTC')";

beforeAll(() => Logger.overrideLogger(false));

describe('reconcile', () => {
  let at: Fixture;
  beforeAll(async () => void (at = await openMaintenance()));
  afterAll(() => at.close());

  /** The start of a level's bucket so many buckets before the running day. */
  const bucketOf = (level: Resolution, back: number): number =>
    Math.floor((at.clock.at - DAY) / LENGTH[level] - back) * LENGTH[level];

  const changed = (level: Resolution, bucket: number, sql: string): Promise<void> =>
    at.clickhouse.command(sql.replaceAll('ROLLUP', TABLE[level]), { bucket: bucket / 1_000 });

  /** Each makes one bucket wrong in its own way. */
  const PLANTED: [string, string[], string][] = [
    ['lost', ['requests', 'percentiles'], `ALTER TABLE ROLLUP DELETE WHERE ${BUCKET} SETTINGS mutations_sync = 2`],
    [
      'doubled',
      ['requests', 'percentiles'],
      `INSERT INTO ROLLUP SELECT * FROM ROLLUP WHERE ${BUCKET} SETTINGS insert_deduplicate = 0`,
    ],
    [
      'of an endpoint that no event has',
      ['requests', 'percentiles'],
      `INSERT INTO ROLLUP SELECT * REPLACE '/ghost' AS endpoint FROM ROLLUP WHERE ${BUCKET} LIMIT 1`,
    ],
    [
      'with one latency too many in its percentiles',
      ['percentiles'],
      `INSERT INTO ROLLUP (${DIMENSIONS}, requests, latency)
       SELECT ${DIMENSIONS}, 0, quantilesBFloat16State(0.5, 0.75, 0.9, 0.95, 0.99)(toUInt32(777))
       FROM ROLLUP WHERE ${BUCKET} GROUP BY ${DIMENSIONS} LIMIT 1`,
    ],
    [
      'with a later last request',
      ['lastRequestAt'],
      `INSERT INTO ROLLUP (${DIMENSIONS}, last_at)
       SELECT ${DIMENSIONS}, toDateTime64(bucket, 3, 'UTC') + INTERVAL 59999 MILLISECOND
       FROM ROLLUP WHERE ${BUCKET} GROUP BY ${DIMENSIONS} LIMIT 1`,
    ],
  ];

  it('finds no drift in what the views made of random events, in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent(at.clock.at, ['k1', 'k2']), { maxLength: 150 }), async (events) => {
        await insertEvents(at.clickhouse, 'random', events);
        for (const one of events.slice(0, 4)) await insertEvents(at.clickhouse, 'random', [one]);
        const { levels, repaired } = await at.service.reconcile({ repair: true });
        expect(levels.map(({ level, bucketsDrifted }) => [level, bucketsDrifted])).toEqual(
          RESOLUTIONS.map((level) => [level, 0]),
        );
        expect(repaired).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it.each(RESOLUTIONS)('finds each drifted %s bucket, and repairs it', async (level) => {
    // Two rows in each of the buckets, one of them of more than one latency.
    const buckets = PLANTED.map((_, index) => bucketOf(level, 3 * index));
    await insertEvents(
      at.clickhouse,
      `planted-${level}`,
      buckets.flatMap((bucket) => [
        event(bucket),
        event(bucket + 1_000, { latencyMs: 99 }),
        event(bucket + 1_000, { endpoint: '/v1/users', statusCode: 500, errorType: 'server_error' }),
      ]),
    );
    const before = await allContent(at.clickhouse);
    for (const [index, [, , sql]] of PLANTED.entries()) await changed(level, buckets[index] ?? 0, sql);

    const found = await at.service.reconcile({});
    expect(found.levels.filter(({ bucketsDrifted }) => bucketsDrifted > 0)).toEqual([
      expect.objectContaining({ level, bucketsDrifted: PLANTED.length, bucketsRepaired: 0 }),
    ]);
    const examples = found.levels.find((drift) => drift.level === level)?.examples ?? [];
    for (const [index, [, differs]] of PLANTED.entries()) {
      const inBucket = examples.filter((row) => Date.parse(row.bucket) === buckets[index]);
      expect(inBucket.length).toBeGreaterThan(0);
      for (const row of inBucket) expect(row.differs).toEqual(expect.arrayContaining(differs));
    }
    expect(found.repaired).toEqual([]);

    const mended = await at.service.reconcile({ repair: true });
    expect(mended.levels.find((drift) => drift.level === level)).toMatchObject({
      bucketsDrifted: PLANTED.length,
      bucketsRepaired: PLANTED.length,
    });
    expect(new Set(mended.repaired.map((partition) => partition.level))).toEqual(new Set([level]));
    expect(await allContent(at.clickhouse)).toEqual(before);
    const after = await at.service.reconcile({});
    expect(after.levels.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0]);
  });

  it('counts requests missing and extra, and looks at the days asked for only', async () => {
    const day = bucketOf('day', 40);
    await insertEvents(at.clickhouse, 'counted', [event(day), event(day + 1), event(day + DAY)]);
    await changed('day', day, `ALTER TABLE ROLLUP DELETE WHERE ${BUCKET} SETTINGS mutations_sync = 2`);
    await changed(
      'day',
      day + DAY,
      `INSERT INTO ROLLUP SELECT * FROM ROLLUP WHERE ${BUCKET} SETTINGS insert_deduplicate = 0`,
    );
    const span = (from: number, to: number, repair = false) =>
      at.service.reconcile({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), repair });
    const first = await span(day + HOUR, day + 2 * HOUR);
    expect([first.from, first.to]).toEqual([new Date(day).toISOString(), new Date(day + DAY).toISOString()]);
    const dayOf = ({ levels }: typeof first) => levels.find(({ level }) => level === 'day');
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
    const week = 'toMonday(COLUMN) = toMonday({day:Date})';
    const day = { day: new Date(bucketOf('day', 17)).toISOString().slice(0, 10) };
    for (const table of ['events', ...Object.values(TABLE)]) {
      const condition = week.replace('COLUMN', table === 'events' ? 'timestamp' : 'bucket');
      await at.clickhouse.command(`ALTER TABLE ${table} DELETE WHERE ${condition} SETTINGS mutations_sync = 2`, day);
    }
    const before = await allContent(at.clickhouse);
    await at.clickhouse.command(
      `INSERT INTO usage_minute (account_id, bucket, key_id, endpoint, method, status_code, requests)
       SELECT 'ghost', toDateTime({day:Date}, 'UTC'), 'k1', '/', 'GET', 200, 3`,
      day,
    );
    await at.clickhouse.command('CREATE TABLE reconcile_staging_left (a UInt8) ENGINE = MergeTree ORDER BY a');
    const { levels, repaired } = await at.service.reconcile({ repair: true });
    expect(levels[0]).toMatchObject({ level: 'minute', bucketsDrifted: 1, bucketsRepaired: 1, requestsExtra: 3 });
    expect(repaired).toHaveLength(1);
    expect(await allContent(at.clickhouse)).toEqual(before);
    await at.service.onApplicationBootstrap();
    const staging = await at.clickhouse.query("SELECT name FROM system.tables WHERE name LIKE '%staging%'");
    expect(staging).toEqual([]);
  });

  it('does not take an insert in progress for drift', async () => {
    const minute = bucketOf('minute', 10);
    await insertEvents(at.clickhouse, 'slow', [event(minute)]);
    const mine = `${BUCKET} AND account_id = 'slow'`;
    await at.clickhouse.command('CREATE TABLE kept_aside AS usage_minute');
    await changed('minute', minute, `INSERT INTO kept_aside SELECT * FROM ROLLUP WHERE ${mine}`);
    await changed('minute', minute, `ALTER TABLE ROLLUP DELETE WHERE ${mine} SETTINGS mutations_sync = 2`);
    at.writes.before = async () => {
      at.writes.before = () => Promise.resolve();
      await changed('minute', minute, 'INSERT INTO ROLLUP SELECT * FROM kept_aside SETTINGS insert_deduplicate = 0');
    };
    const { levels, repaired } = await at.service.reconcile({ repair: true });
    expect(levels.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0]);
    expect(repaired).toEqual([]);
    await at.clickhouse.command('DROP TABLE kept_aside');
  });

  it('refuses a second one while the first runs', async () => {
    const both = await Promise.allSettled([at.service.reconcile({}), at.service.reconcile({})]);
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'OVERLOADED' } }]);
    await expect(at.service.reconcile({})).resolves.toMatchObject({ success: true });
  });

  it('serves the figures from before or from after while it repairs, never others', async () => {
    const hour = bucketOf('hour', 30);
    const events = Array.from({ length: 20_000 }, (_, index) =>
      event(hour + index * 100, { endpoint: `/v1/r${index % 500}`, latencyMs: index % 977 }),
    );
    await insertEvents(at.clickhouse, 'busy', events);
    for (const level of RESOLUTIONS) {
      const lost = `DELETE WHERE account_id = 'busy' AND endpoint = '/v1/r7' SETTINGS mutations_sync = 2`;
      await at.clickhouse.command(`ALTER TABLE ${TABLE[level]} ${lost}`);
    }
    const seen: Record<Resolution, Set<number>> = { minute: new Set(), hour: new Set(), day: new Set() };
    let running = true;
    let reads = 0;
    const reader = async (level: Resolution): Promise<void> => {
      while (running) {
        const [row] = await at.clickhouse.query(
          `SELECT sum(requests) AS requests FROM ${TABLE[level]} WHERE account_id = 'busy'`,
        );
        seen[level].add(row?.number('requests') ?? -1);
        reads += 1;
      }
    };
    const readers = RESOLUTIONS.map(reader);
    const { levels } = await at.service.reconcile({ repair: true });
    running = false;
    await Promise.all(readers);
    for (const { bucketsDrifted, bucketsRepaired } of levels) {
      expect(bucketsDrifted).toBeGreaterThan(0);
      expect(bucketsRepaired).toBe(bucketsDrifted);
    }
    expect(reads).toBeGreaterThan(20);
    for (const level of RESOLUTIONS) {
      expect([...seen[level]].filter((requests) => requests !== 19_960 && requests !== 20_000)).toEqual([]);
    }
  });
});

describe('reconcile beyond the raw retention', () => {
  let at: Fixture;
  beforeAll(async () => void (at = await openMaintenance({ RETENTION_RAW_DAYS: '10' })));
  afterAll(() => at.close());

  it('keeps what is rolled up of days whose raw events are gone', async () => {
    const now = at.clock.at;
    const ages = [1, 3, 9, 11, 12, 15, 25];
    await insertEvents(
      at.clickhouse,
      'old',
      ages.map((age) => event(now - age * DAY, { endpoint: `/v1/${age}` })),
    );
    const before = await allContent(at.clickhouse);
    // As the TTL does, in its own time.
    await at.clickhouse.command(
      'ALTER TABLE events DELETE WHERE timestamp < fromUnixTimestamp64Milli({first:Int64}) SETTINGS mutations_sync = 2',
      { first: now - 10 * DAY - 12 * HOUR },
    );
    for (const level of RESOLUTIONS) {
      await at.clickhouse.command(
        `INSERT INTO ${TABLE[level]} SELECT * FROM ${TABLE[level]} WHERE endpoint IN ('/v1/3', '/v1/9') SETTINGS insert_deduplicate = 0`,
      );
    }
    const { levels, from } = await at.service.reconcile({ repair: true });
    expect(from).toBe(new Date(now - 10 * DAY - 12 * HOUR).toISOString());
    expect(levels.map(({ bucketsDrifted, bucketsRepaired }) => [bucketsDrifted, bucketsRepaired])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(await allContent(at.clickhouse)).toEqual(before);
    await expect(at.service.reconcile({ from: new Date(now - 12 * DAY).toISOString() })).rejects.toMatchObject({
      code: 'INVALID_PARAMETERS',
      message: expect.stringContaining('raw events are kept for 10 days'),
    });
  });

  it('reports and keeps what is rolled up of days before the first raw event', async () => {
    await at.clickhouse.command(
      'ALTER TABLE events DELETE WHERE timestamp < fromUnixTimestamp64Milli({first:Int64}) SETTINGS mutations_sync = 2',
      { first: at.clock.at - 5 * DAY },
    );
    const before = await allContent(at.clickhouse);
    const { levels, repaired } = await at.service.reconcile({ repair: true });
    for (const drift of levels) expect(drift).toMatchObject({ bucketsDrifted: 1, bucketsRepaired: 0 });
    expect(repaired).toEqual([]);
    expect(await allContent(at.clickhouse)).toEqual(before);
  });
});
