/** How long each table keeps its rows. Real: the engine, the schema. */
import { type ClickHouse, applyRetention } from '@meterhouse/clickhouse';
import { insertEvents } from '../support/insert-events';
import { type TestStorage, openTestStorage } from '../support/storage';
import { event } from './reconcile-fixture';

const TABLES = ['events', 'traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day'];

let storage: TestStorage;
beforeAll(async () => void (storage = await openTestStorage()));
afterAll(() => storage.close());

/** Days after which each table drops its rows; null for never. */
async function daysKept(): Promise<Record<string, number | null>> {
  const rows = await storage.clickhouse.query(
    `SELECT name, toUInt32OrNull(extract(create_table_query, 'TTL [^ ]+ \\\\+ toIntervalDay\\\\((\\\\d+)\\\\)')) AS days
     FROM system.tables WHERE database = currentDatabase() AND name IN {tables:Array(String)}`,
    { tables: TABLES },
  );
  return Object.fromEntries(rows.map((row) => [row.string('name'), row.numberOrNull('days')]));
}

it('keeps the raw events and each rollup a day longer than set, and day rollups for ever', async () => {
  expect(await daysKept()).toEqual({
    events: 91,
    traffic_minute: 401,
    traffic_hour: 731,
    usage_hour: 731,
    usage_day: null,
  });
  await applyRetention(storage.clickhouse, { rawDays: 5, minuteDays: 2, hourDays: 91 });
  expect(await daysKept()).toEqual({ events: 6, traffic_minute: 3, traffic_hour: 92, usage_hour: 92, usage_day: null });
});

it('alters no table whose TTL is as it should be', async () => {
  const altered: string[] = [];
  const command = (sql: string): Promise<void> => {
    altered.push(sql);
    return storage.clickhouse.command(sql);
  };
  const watched: ClickHouse = new Proxy(storage.clickhouse, {
    get: (target, name) => (name === 'command' ? command : (Reflect.get(target, name) as unknown)),
  });
  await applyRetention(watched, { rawDays: 6, minuteDays: 3, hourDays: 92 });
  expect(altered).toHaveLength(4);
  await applyRetention(watched, { rawDays: 6, minuteDays: 3, hourDays: 93 });
  expect(altered.slice(4)).toEqual([
    'ALTER TABLE traffic_hour MODIFY TTL bucket + toIntervalDay(94)',
    'ALTER TABLE usage_hour MODIFY TTL bucket + toIntervalDay(94)',
  ]);
});

it('keeps rows of today under the longest retention there is', async () => {
  await applyRetention(storage.clickhouse, { rawDays: 10_000, minuteDays: 10_000, hourDays: 10_000 });
  await insertEvents(storage.clickhouse, 'today', [event(Date.now())]);
  for (const table of TABLES) {
    await storage.clickhouse.command(`OPTIMIZE TABLE ${table} FINAL`);
    const [row] = await storage.clickhouse.query(`SELECT count() AS rows FROM ${table}`);
    expect([table, row?.number('rows')]).toEqual([table, 1]);
  }
});
