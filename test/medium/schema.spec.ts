/**
 * The schema as the engine has it, against the two places that say what it is: libs/clickhouse/src/rollups.ts, from which
 * statements are made, and clickhouse/README.md. Real: the engine, every migration, the retention.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '@meterhouse/clickhouse';
import {
  DESCRIPTION,
  LEVELS,
  MERGED_BY,
  ROLLUPS,
  type Rollup,
  bucketOfEvent,
  fromEvents,
} from '@meterhouse/clickhouse/rollups';
import { type TestStorage, openTestStorage } from '../support/storage';

/** Days that no two tables share. */
const RETENTION = { RETENTION_RAW_DAYS: '11', RETENTION_MINUTE_DAYS: '22', RETENTION_HOUR_DAYS: '333' };

let storage: TestStorage;
beforeAll(async () => void (storage = await openTestStorage(RETENTION)));
afterAll(() => storage.close());

async function oneRow(sql: string, parameters: Record<string, string>): Promise<Row> {
  const [row] = await storage.clickhouse.query(sql, parameters);
  if (!row) throw new Error(`There is no row for ${JSON.stringify(parameters)}.`);
  return row;
}

const tableNamed = (table: string): Promise<Row> =>
  oneRow(
    `SELECT engine, engine_full, sorting_key, partition_key, as_select FROM system.tables
     WHERE database = currentDatabase() AND name = {table:String}`,
    { table },
  );

/** After how many days the engine drops rows; null for never. */
const daysOf = (table: Row): number | null => {
  const days = /TTL \S+ \+ toIntervalDay\((\d+)\)/.exec(table.string('engine_full'))?.[1];
  return days === undefined ? null : Number(days);
};

describe.each(ROLLUPS)('%s is what its description says', (rollup: Rollup) => {
  const { resolution, partition, retention, dimensions, columns } = DESCRIPTION[rollup];

  it('in its sorting key, its partitions and its TTL', async () => {
    const table = await tableNamed(rollup);
    expect({
      engine: table.string('engine'),
      sortingKey: table.string('sorting_key'),
      partitionKey: table.string('partition_key'),
      days: daysOf(table),
    }).toEqual({
      engine: 'AggregatingMergeTree',
      sortingKey: dimensions.join(', '),
      partitionKey: `${partition}(bucket)`,
      days: retention === null ? null : storage.settings.retention[retention] + 1,
    });
  });

  it('in its columns, how they merge, and the levels of its percentiles', async () => {
    const rows = await storage.clickhouse.query(
      `SELECT name, type FROM system.columns
       WHERE database = currentDatabase() AND table = {rollup:String} ORDER BY position`,
      { rollup },
    );
    const merged = (type: string): string => /^SimpleAggregateFunction\((\w+), \w+/.exec(type)?.[1] ?? type;
    expect(rows.map((row) => [row.string('name'), merged(row.string('type'))]).slice(dimensions.length)).toEqual([
      ...columns.map((column) => [column, MERGED_BY[column]]),
      ['latency', `AggregateFunction(quantilesTiming(${LEVELS}), UInt16)`],
    ]);
    expect(rows.map((row) => row.string('name')).slice(0, dimensions.length)).toEqual(dimensions);
  });

  it('in what its view selects', async () => {
    const described = `SELECT
        ${dimensions.map((name) => (name === 'bucket' ? `${bucketOfEvent(resolution)} AS bucket` : name)).join(', ')},
        ${[...columns, 'latency' as const].map((column) => `${fromEvents(column)} AS ${column}`).join(', ')}
      FROM events
      GROUP BY ${dimensions.join(', ')}`;
    const formatted = await oneRow('SELECT formatQuerySingleLine({described:String}) AS text', { described });
    const view = await tableNamed(`${rollup}_view`);
    expect(view.string('as_select').replace('default.events', 'events')).toBe(formatted.string('text'));
  });
});

it('is listed in clickhouse/README.md, table by table', async () => {
  const text = await readFile(join(__dirname, '../../clickhouse/README.md'), 'utf8');
  const listed = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const rows = await storage.clickhouse.query(
    `SELECT name FROM system.tables
     WHERE database = currentDatabase() AND engine != 'MaterializedView' AND NOT startsWith(name, 'schema_')`,
  );
  expect(listed.map(([, name]) => name).sort()).toEqual(rows.map((row) => row.string('name')).sort());
  for (const [, name = '', , sortingKey, partitionKey, dropped = ''] of listed) {
    const table = await tableNamed(name);
    const setting = Object.entries(RETENTION).find(([variable]) => variable === dropped)?.[1];
    const days = setting === undefined ? (/^(\d+) days$/.exec(dropped)?.[1] ?? null) : Number(setting) + 1;
    expect([name, sortingKey, partitionKey, days === null ? null : Number(days)]).toEqual([
      name,
      table.string('sorting_key'),
      table.string('partition_key'),
      daysOf(table),
    ]);
  }
});
