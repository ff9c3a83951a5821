/** Who is asked the question beside the service: the embedded engine, by its rollups or by its raw events, DuckDB, PostgreSQL. */
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { root } from '../lib.mjs';
import { floorPlans, rawPlans } from './clickhouse.sql.mjs';
import { duckdbPlans } from './duckdb.sql.mjs';
import { codeToMs, figuresOfRows } from './figures.mjs';
import { postgresPlans } from './postgres.sql.mjs';

/** A statement a handle at a time; no plan has more statements. */
const HANDLES = 6;

/**
 * Each contestant has plans (lists of statements by name) and runs those of one plan side by side.
 * `toMs` is from its percentiles to milliseconds, `approximate` names plans whose percentiles are not the nearest rank.
 */
export async function contestants(dataDir, duckdb, postgres) {
  const handles = Array.from({ length: HANDLES }, () =>
    createClient({ connection: createChdbConnection({ path: dataDir }) }),
  );
  // As the service plans its own.
  const { PLANNING } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  const settings = Object.entries(PLANNING).map(([name, value]) => `${name} = ${value}`);
  for (const handle of handles) await handle.command({ query: `SET ${settings.join(', ')}` });
  const engine = {
    ask: async (sql, index) => {
      const query = `${sql}\nFORMAT JSONColumns SETTINGS output_format_json_quote_64bit_integers = 0`;
      const { stream } = await handles[index].exec({ query });
      return JSON.parse(await text(stream));
    },
    toMs: codeToMs,
    approximate: [],
  };
  const close = () => Promise.all(handles.map((handle) => handle.close()));
  return {
    list: [
      { name: 'floor', plans: floorPlans, ...engine },
      { name: 'raw events', plans: rawPlans, ...engine },
      {
        name: 'DuckDB',
        plans: duckdbPlans,
        ask: async (sql, index) => (await duckdb.connections[index].runAndReadAll(sql)).getColumnsObject(),
        toMs: microsecondsToMs,
        approximate: ['approx_quantile'],
      },
      ...(postgres === null
        ? []
        : [{ name: 'PostgreSQL', plans: postgresPlans, ask: postgres.ask, toMs: microsecondsToMs, approximate: [] }]),
    ],
    close,
  };
}

const microsecondsToMs = (microseconds) => microseconds / 1_000;

/** The columns of each statement's answer. */
export function run(contestant, statements) {
  return Promise.all(statements.map((sql, index) => contestant.ask(sql, index)));
}

export function figuresOf(contestant, answers) {
  return figuresOfRows(answers.flatMap(rowsOf), contestant.toMs);
}

function rowsOf(columns) {
  const names = Object.keys(columns);
  const count = columns[names[0]]?.length ?? 0;
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(names.map((name) => [name, plain(columns[name][index])])),
  );
}

/** DuckDB's lists keep their items in a field. */
function plain(value) {
  return value?.items ?? value;
}
