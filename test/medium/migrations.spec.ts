/**
 * A data folder of the first rollups, with usage that is older than its raw events, brought to the schema of today.
 * Real: the engine, every migration. Not real: the clock, and the retention, whose work is done by deletions.
 */
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { type Settings, loadSettings } from '@meterhouse/common';
import { MaintenanceRepository } from '../../apps/api/src/maintenance/maintenance.repository';
import { MaintenanceService } from '../../apps/api/src/maintenance/maintenance.service';
import { ROLLUPS, type Rollup } from '../../apps/api/src/maintenance/rollups';
import { FixedClock } from '../support/fixed-clock';
import { insertEvents } from '../support/insert-events';
import { ListedKeys } from '../support/keys';
import type { OracleEvent } from '../support/usage-oracle';
import { DAY, DIMENSIONS, HOUR, LEVELS, MINUTE, NoWriter, event } from './reconcile-fixture';

const MIGRATIONS = join(__dirname, '../../clickhouse/migrations');

/** The last migration of the first rollups. */
const FIRST = 11;

const NOW = Date.UTC(2026, 2, 18, 12);
/** Raw events are kept from here on. */
const RAW_FROM = Math.floor(NOW / DAY) * DAY - 90 * DAY;

/** What the rollups of today were made of: a table of before, and the columns that tell a failed or throttled request. */
const BEFORE: Record<Rollup, string> = {
  traffic_minute: 'usage_minute',
  traffic_hour: 'usage_hour',
  usage_hour: 'usage_hour',
  usage_day: 'usage_day',
};

const ACCOUNTS = ['a', 'b'];

/** Eight events a day in every account, of days all over the year; in days of thousands, a state takes another form. */
function someEvents(): OracleEvent[] {
  const days = [...Array(8).keys(), 30, 45, 60, 75, 89, 90, 91, 100, 200].map((age) => NOW - age * DAY);
  return days.flatMap((day, nth) =>
    Array.from({ length: nth === 3 ? 7_000 : 8 }, (_, index) =>
      event(day - (index % 9) * HOUR - ((nth + index) % 7) * MINUTE - index, {
        keyId: `k${index % 3}`,
        endpoint: `/v1/r${(nth + index) % 4}`,
        statusCode: [200, 201, 404, 429, 503][(nth + index) % 5] ?? 200,
        errorType: (nth + index) % 5 > 1 ? 'failed' : '',
        latencyMs: (index * 7.919 * (nth + 1)) % 4_000,
        requestBytes: nth,
        responseBytes: 3 ** (index % 8),
      }),
    ),
  );
}

/** Every figure of a rollup's rows but the percentiles, a line a row, from a table of today or of before. */
async function figuresOf(clickhouse: ClickHouse, rollup: Rollup, table: string): Promise<string[]> {
  const traffic = rollup.startsWith('traffic');
  const measured = traffic ? 'status_code != 429' : 'true';
  const [failed, throttled] = ['sumIf(t.requests, status_code >= 400)', 'sumIf(t.requests, status_code = 429)'];
  const figures =
    traffic && table === rollup
      ? 'sum(failed), sum(throttled), sum(latency_sum_us), max(latency_max_us)'
      : `${traffic ? `${failed}, ${throttled}` : 'max(last_at)'},
         sumIf(latency_sum_us, ${measured}), maxIf(latency_max_us, ${measured})`;
  const rows = await clickhouse.query(`
    SELECT concatWithSeparator(' ', ${DIMENSIONS[rollup]}, sum(t.requests), sum(bytes), ${figures}) AS line
    FROM ${table} AS t
    GROUP BY ${DIMENSIONS[rollup]}
    ORDER BY line`);
  return rows.map((row) => row.string('line'));
}

const allFigures = (clickhouse: ClickHouse, tables: Record<Rollup, string>): Promise<string[][]> =>
  Promise.all(ROLLUPS.map((rollup) => figuresOf(clickhouse, rollup, tables[rollup])));

const TODAY: Record<Rollup, string> = {
  traffic_minute: 'traffic_minute',
  traffic_hour: 'traffic_hour',
  usage_hour: 'usage_hour',
  usage_day: 'usage_day',
};

/** The engine of which the process ends each time a statement has run and is about to be recorded, once a statement. */
function crashing(clickhouse: ClickHouse): ClickHouse {
  const crashed = new Set<unknown>();
  const command: ClickHouse['command'] = async (sql, parameters = {}) => {
    if (/INSERT INTO schema_migrations/.test(sql) && !crashed.has(parameters['version'])) {
      crashed.add(parameters['version']);
      throw new Error('The process ends here.');
    }
    await clickhouse.command(sql, parameters);
  };
  return new Proxy(clickhouse, {
    get: (target, name) => (name === 'command' ? command : (Reflect.get(target, name) as unknown)),
  });
}

describe.each(['at once', 'with a crash after every statement'])(
  'a folder of the first rollups, migrated %s',
  (how) => {
    let folder: string;
    let settings: Settings;
    let clickhouse: ClickHouse;
    let before: string[][];

    beforeAll(async () => {
      Logger.overrideLogger(false);
      folder = await mkdtemp(join(tmpdir(), 'meterhouse-'));
      settings = loadSettings({ DATA_DIR: join(folder, 'data'), ENGINE_MEMORY_MB: '1024' });
      clickhouse = await ClickHouse.open(settings.storage);
      const first = join(folder, 'migrations');
      await mkdir(first);
      for (const file of await readdir(MIGRATIONS)) {
        if (Number(file.slice(0, 4)) <= FIRST) await cp(join(MIGRATIONS, file), join(first, file));
      }
      expect(await migrate(clickhouse, first)).toHaveLength(FIRST);
      for (const account of ACCOUNTS) {
        const events = someEvents();
        const half = Math.floor(events.length / 2);
        await insertEvents(clickhouse, account, events.slice(half));
        await insertEvents(clickhouse, account, events.slice(0, half));
      }
      before = await allFigures(clickhouse, BEFORE);
      // Raw events leave by the part: of the first day one part is there, another is gone. Minutes left sooner.
      await remove('events', `timestamp < fromUnixTimestamp64Milli(${RAW_FROM})`);
      await remove('events', `account_id = 'b' AND timestamp < fromUnixTimestamp64Milli(${RAW_FROM + DAY})`);
      await remove('usage_minute', `bucket >= toDateTime('2026-01-01') AND bucket < toDateTime('2026-02-10')`);
      await upgrade();
    });
    afterAll(async () => {
      await clickhouse.close();
      await rm(folder, { recursive: true, force: true });
    });

    const remove = (table: string, condition: string): Promise<void> =>
      clickhouse.command(`ALTER TABLE ${table} DELETE WHERE ${condition} SETTINGS mutations_sync = 2`);

    async function upgrade(): Promise<void> {
      if (how === 'at once') {
        await migrate(clickhouse, MIGRATIONS);
        return;
      }
      const engine = crashing(clickhouse);
      const pending = (await readdir(MIGRATIONS)).length - FIRST;
      for (let crash = 0; crash < pending; crash += 1) {
        await expect(migrate(engine, MIGRATIONS)).rejects.toThrow('The process ends here.');
      }
      // All but the last are recorded.
      expect(await migrate(engine, MIGRATIONS)).toHaveLength(1);
    }

    it('has every figure it had, of each row', async () => {
      expect(before.map((lines) => lines.length > 100)).toEqual(ROLLUPS.map(() => true));
      for (const [index, rollup] of ROLLUPS.entries()) {
        expect({ rollup, rows: await figuresOf(clickhouse, rollup, rollup) }).toEqual({ rollup, rows: before[index] });
      }
    });

    it('has percentiles of all that the raw events tell, and none of what they do not', async () => {
      for (const rollup of ROLLUPS) {
        const rows = await clickhouse.query(
          `SELECT bucket < fromUnixTimestamp64Milli(${RAW_FROM}) AS is_older,
             arrayExists(value -> not isNaN(value), quantilesTimingMerge(${LEVELS})(latency)) AS has_percentiles
         FROM ${rollup} GROUP BY is_older ORDER BY is_older`,
        );
        expect(rows.map((row) => [row.boolean('is_older'), row.boolean('has_percentiles')])).toEqual([
          [false, true],
          [true, false],
        ]);
      }
    });

    it('is what reconcile makes of the raw events, and counts new ones in every rollup', async () => {
      const repository = new MaintenanceRepository(clickhouse);
      const service = new MaintenanceService(
        repository,
        new NoWriter(),
        new ListedKeys(),
        new FixedClock(NOW),
        settings,
      );
      const from = new Date(RAW_FROM + DAY).toISOString();
      const drifted = async (): Promise<[string, number][]> =>
        (await service.reconcile({ from })).rollups.map(({ rollup, bucketsDrifted }) => [rollup, bucketsDrifted]);
      expect(await drifted()).toEqual(ROLLUPS.map((rollup) => [rollup, 0]));
      await insertEvents(clickhouse, 'new', [event(NOW), event(NOW - 50 * DAY, { statusCode: 429 })]);
      expect(await drifted()).toEqual(ROLLUPS.map((rollup) => [rollup, 0]));
      expect(
        (await allFigures(clickhouse, TODAY)).map((lines) => lines.filter((line) => /^new /.test(line)).length),
      ).toEqual(ROLLUPS.map(() => 2));
      expect(await migrate(clickhouse, MIGRATIONS)).toHaveLength(0);
    });
  },
);
