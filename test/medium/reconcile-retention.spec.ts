/**
 * Reconcile where raw events are gone: what is rolled up of them stays.
 * Real: the engine, the schema and its views, the service and repository. Not real: the clock and the writer (still).
 */
import { Logger } from '@nestjs/common';
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';
import { insertEvents } from '../support/insert-events';
import { DAY, HOUR, allContent, event, openMaintenance } from './reconcile-fixture';

type Fixture = Awaited<ReturnType<typeof openMaintenance>>;

beforeAll(() => Logger.overrideLogger(false));

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
      ages.map((age) => event(now - age * DAY, { keyId: `k-${age}` })),
    );
    const before = await allContent(at.clickhouse);
    // As the TTL does, in its own time.
    await at.clickhouse.command(
      'ALTER TABLE events DELETE WHERE timestamp < fromUnixTimestamp64Milli({first:Int64}) SETTINGS mutations_sync = 2',
      { first: now - 10 * DAY - 12 * HOUR },
    );
    for (const rollup of ROLLUPS) {
      await at.clickhouse.command(
        `INSERT INTO ${rollup} SELECT * FROM ${rollup} WHERE key_id IN ('k-3', 'k-9') SETTINGS insert_deduplicate = 0`,
      );
    }
    const { rollups, from } = await at.service.reconcile({ repair: true, acceptLoss: true });
    expect(from).toBe(new Date(now - 10 * DAY - 12 * HOUR).toISOString());
    expect(rollups.map(({ bucketsDrifted, bucketsRepaired }) => [bucketsDrifted, bucketsRepaired])).toEqual(
      ROLLUPS.map(() => [2, 2]),
    );
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
    const { rollups, repaired } = await at.service.reconcile({ repair: true, acceptLoss: true });
    for (const drift of rollups) expect(drift).toMatchObject({ bucketsDrifted: 1, bucketsRepaired: 0 });
    expect(repaired).toEqual([]);
    expect(await allContent(at.clickhouse)).toEqual(before);
  });
});
