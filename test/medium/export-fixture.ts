/** What the specs of exports share: the service on a socket, keys, and readers of every format. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { UsageExportModule } from '../../apps/api/src/usage/export/usage-export.module';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { listen } from './socket-fixture';

export type Rows = Record<string, unknown>[];

export async function openExports(now: number) {
  const service = await listen(now, UsageModule, UsageExportModule);

  function get(secret: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${service.url}${path}`, {
      headers: { authorization: `Bearer ${secret}`, 'accept-encoding': 'identity', ...headers },
    });
  }

  return { ...service, get };
}

/** RFC 4180, strictly: anything else is an error. Quoted is text, the rest is a number or nothing. */
export function readCsv(text: string): Rows {
  const lines = [...records(text)];
  const names = lines.shift() ?? [];
  return lines.map((cells) => {
    if (cells.length !== names.length) throw new Error(`A line of ${cells.length} cells, not ${names.length}.`);
    return Object.fromEntries(names.map((name, index) => [String(name), cells[index]]));
  });
}

function* records(text: string): Generator<(string | number | null)[]> {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/gy;
  let cells: (string | number | null)[] = [];
  let end = 0;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, quoted, bare = '', separator] = match;
    if (quoted === undefined && !/^(-?\d+(\.\d+)?(e[+-]?\d+)?)?$/.test(bare)) throw new Error(`Bare text: ${bare}`);
    cells.push(quoted === undefined ? (bare === '' ? null : Number(bare)) : quoted.replaceAll('""', '"'));
    end = cell.lastIndex;
    if (separator === ',') continue;
    yield cells;
    cells = [];
  }
  if (end !== text.length || cells.length > 0) throw new Error(`Not CSV from character ${end} on.`);
}

export function readNdjson(text: string): Rows {
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end.');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Timestamps as ISO 8601, 64-bit integers as numbers. */
export function readArrow(bytes: Uint8Array): Rows {
  const table = tableFromIPC(bytes);
  const instants = table.schema.fields.filter(({ type }) => String(type) === 'Timestamp<MILLISECOND, UTC>');
  return table.toArray().map((row: { toJSON(): Record<string, unknown> }) =>
    plain(
      row.toJSON(),
      instants.map(({ name }) => name),
    ),
  );
}

/** The types of an Arrow stream's columns, by name. */
export function arrowTypes(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(tableFromIPC(bytes).schema.fields.map(({ name, type }) => [name, String(type)]));
}

/** Reads Parquet with DuckDB; the types of columns and the rows. @param folder for the file */
export async function readParquet(
  bytes: Uint8Array,
  folder: string,
): Promise<{ types: Record<string, string>; rows: Rows }> {
  const file = join(folder, 'export.parquet');
  await writeFile(file, bytes);
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  try {
    const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    const types = Object.fromEntries(read.columnNames().map((name, index) => [name, String(read.columnType(index))]));
    const instants = Object.keys(types).filter((name) => types[name]?.startsWith('TIMESTAMP'));
    const micros = instants.map((name) => `epoch_ms("${name}") AS "${name}"`).join(', ');
    const replace = instants.length === 0 ? '' : `REPLACE (${micros})`;
    const rows = await connection.runAndReadAll(`SELECT * ${replace} FROM read_parquet('${file}')`);
    return { types, rows: rows.getRowObjects().map((row) => plain(row, instants)) };
  } finally {
    connection.closeSync();
    duckdb.closeSync();
  }
}

function plain(row: Record<string, unknown>, instants: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const number = typeof value === 'bigint' ? Number(value) : value;
      return [name, instants.includes(name) ? new Date(Number(number)).toISOString() : number];
    }),
  );
}
