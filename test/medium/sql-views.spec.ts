/**
 * What BI tools build on: the columns of the views, their comments, and the functions that a statement may call. An entry
 * of a snapshot here never changes and never goes; new ones may come. Real: the engine, the views.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VIEWS_DATABASE } from '@meterhouse/clickhouse';
import { SqlRepository } from '../../apps/api/src/sql/sql.repository';
import { AllowedFunctions } from '../../apps/api/src/sql/statement/functions';
import { millisecondsOf } from '../../apps/api/src/usage/read/sql/latency.sql';
import { readViews } from '../support/caller';
import { type TestStorage, openTestStorage } from '../support/storage';

/** With arguments, where a view has parameters. */
const VIEWS: Record<string, string> = {
  ...Object.fromEntries(['events', 'keys', 'latency_day', 'latency_hour', 'usage_day_endpoint'].map(plain)),
  ...Object.fromEntries(['usage_hour', 'usage_hour_endpoint', 'usage_minute'].map(plain)),
  latency: "latency(account = '', from = '2026-01-01', to = '2026-01-02')",
  latency_series: "latency_series(account = '', from = '2026-01-01', to = '2026-01-02', step = 60)",
};

function plain(view: string): [string, string] {
  return [view, view];
}

let storage: TestStorage;
beforeAll(async () => void (storage = await openTestStorage()));
afterAll(() => storage.close());

const read = (sql: string) => readViews(storage.clickhouse, null, sql);

it('are these views, each with a comment', async () => {
  const tables = await read(`SELECT name, comment FROM system.tables WHERE database = '${VIEWS_DATABASE}'`);
  expect(tables.map((row) => row.string('name')).sort()).toEqual(Object.keys(VIEWS).sort());
  for (const row of tables) expect(row.string('comment')).toMatch(/^.{10,}\.$/);
});

it('have these columns', async () => {
  const columns: Record<string, Record<string, string>> = {};
  for (const [view, table] of Object.entries(VIEWS)) {
    const rows = await read(`DESCRIBE (SELECT * FROM ${table})`);
    columns[view] = Object.fromEntries(rows.map((row) => [row.string('name'), row.string('type')]));
  }
  expect(columns).toMatchSnapshot();
});

it.each(Object.keys(VIEWS))('say in the engine what each column of %s is', async (view) => {
  const [definition] = await read(`SHOW CREATE TABLE ${view}`);
  const described = [...(definition?.string('statement') ?? '').matchAll(/^ {4}`(\w+)` .* COMMENT '.{8,}\.',?$/gm)];
  const columns = await read(`DESCRIBE (SELECT * FROM ${VIEWS[view]})`);
  expect(described.map(([, name]) => name)).toEqual(columns.map((row) => row.string('name')));
});

it('are listed with their columns by the engine, but for those with parameters', async () => {
  const rows = await read(`
    SELECT table, count() AS columns, countIf(comment = '') AS silent FROM system.columns
    WHERE database = '${VIEWS_DATABASE}' GROUP BY table`);
  expect(rows.map((row) => [row.string('table'), row.number('silent')]).sort()).toEqual(
    Object.entries(VIEWS)
      .filter(([view, table]) => view === table)
      .map(([view]) => [view, 0])
      .sort(),
  );
});

it.each(['latency', 'latency_series', 'latency_hour', 'latency_day'])(
  'decode every latency code in %s as GET /usage does',
  async (view) => {
    const text = await readFile(join(__dirname, `../../clickhouse/views/${view}.sql`), 'utf8');
    const decoding = /round\(if\(code < 153.*\* 1000\) \/ 1e6/.exec(text)?.[0];
    const [row] = await storage.clickhouse.query(
      `SELECT arrayMap(code -> ${decoding}, arrayMap(code -> toFloat32(code), range(30001))) AS milliseconds`,
    );
    const expected = Array.from({ length: 30_001 }, (_, code) => millisecondsOf(code, Infinity));
    expect(row?.numbersOrNull('milliseconds')).toEqual(expected);
  },
);

it('may be read with these functions', async () => {
  const functions = await new SqlRepository(storage.clickhouse).functions();
  const allowed = new AllowedFunctions(functions);
  const ofTables = await storage.clickhouse.query('SELECT name FROM system.table_functions');
  const names = (all: string[]) => all.filter((name) => allowed.has(name)).sort();
  expect({
    functions: names(functions.map(({ name }) => name)),
    tableFunctions: names(ofTables.map((row) => row.string('name'))),
  }).toMatchSnapshot();
});
