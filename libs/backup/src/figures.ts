/**
 * Exact figures of the tables, by which a restored copy is compared with what was backed up. No merge changes them.
 */
import type { ClickHouse } from '@meterhouse/clickhouse';
import { DESCRIPTION, MERGED_BY, ROLLUPS, type Rollup, fromEvents } from '@meterhouse/clickhouse/rollups';
import type { Figures } from './manifest';

/** The tables that only the delivery of events writes. */
export const EVENT_TABLES = ['events', 'event_ids', ...ROLLUPS];

/** A table that holds data. */
export interface DataTable {
  name: string;
  engine: string;
  /** Its folder. */
  path: string;
}

/**
 * Of events and rollups: sums over everything, and a digest of the sums of each account; of other tables how many rows
 * there are, and a digest of them.
 * @param parts of events and rollups: the parts that are read; left out, all
 */
export async function figuresOf(clickhouse: ClickHouse, table: DataTable, parts?: string[]): Promise<Figures> {
  const { names, sql } = statementOf(table, parts === undefined ? '' : 'WHERE _part IN {parts:Array(String)}');
  const [row] = await clickhouse.query(sql, parts === undefined ? {} : { parts });
  const values = row?.strings('figures') ?? [];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

function statementOf({ name, engine }: DataTable, condition: string): { names: string[]; sql: string } {
  if (name === 'events') {
    return sumsByAccount(name, condition, {
      requests: { each: fromEvents('requests'), all: 'sum' },
      latency_sum_us: { each: fromEvents('latency_sum_us'), all: 'sum' },
      bytes: { each: fromEvents('bytes'), all: 'sum' },
      last_at: { each: fromEvents('last_at'), all: 'max' },
    });
  }
  const rollup = ROLLUPS.find((each) => each === name);
  if (rollup !== undefined) return sumsByAccount(rollup, condition, ofRollup(rollup));
  const isReplaced = engine !== 'MergeTree';
  const digest = name === 'event_ids' ? 'cityHash64(id_hash)' : 'cityHash64(toJSONString(tuple(*)))';
  return {
    names: ['rows', 'digest'],
    sql: `
      SELECT [toString(count()), toString(sum(${digest}))] AS figures
      FROM ${name}${isReplaced ? ' FINAL' : ''} ${condition}`,
  };
}

interface Sum {
  /** Of the rows of one account. */
  each: string;
  /** Of all accounts. */
  all: string;
}

function ofRollup(rollup: Rollup): Record<string, Sum> {
  const sums = DESCRIPTION[rollup].columns.map((column) => {
    const merge = MERGED_BY[column];
    return [column, { each: `${merge}(source.${column})`, all: merge }] as const;
  });
  return Object.fromEntries(sums);
}

function sumsByAccount(table: string, condition: string, sums: Record<string, Sum>): { names: string[]; sql: string } {
  const names = Object.keys(sums);
  const ofAll = Object.entries(sums).map(([name, { all }]) => `toString(${all}(of_account.${name}))`);
  const ofEach = Object.entries(sums).map(([name, { each }]) => `${each} AS ${name}`);
  return {
    names: [...names, 'accounts', 'digest'],
    sql: `
      SELECT [
          ${ofAll.join(',\n          ')},
          toString(count()),
          toString(sum(cityHash64(account_id, ${names.map((name) => `of_account.${name}`).join(', ')})))
      ] AS figures
      FROM
      (
          SELECT account_id, ${ofEach.join(', ')}
          FROM ${table} AS source ${condition}
          GROUP BY account_id
      ) AS of_account`,
  };
}

/** The tables that hold data, but for those that are put together to be swapped in. */
export async function tablesOf(clickhouse: ClickHouse, exceptPrefix: string): Promise<DataTable[]> {
  const rows = await clickhouse.query(
    `SELECT name, engine, data_paths[1] AS path
     FROM system.tables
     WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND NOT startsWith(name, {prefix:String})
     ORDER BY name`,
    { prefix: exceptPrefix },
  );
  return rows.map((row) => ({ name: row.string('name'), engine: row.string('engine'), path: row.string('path') }));
}

/** The number of the last migration that was applied. */
export async function schemaOf(clickhouse: ClickHouse): Promise<number> {
  const [row] = await clickhouse.query('SELECT max(version) AS latest FROM schema_migrations');
  return row?.number('latest') ?? 0;
}

/** The parts of some tables, as `table/part`, in order. */
export async function activeParts(clickhouse: ClickHouse, tables: readonly string[]): Promise<string[]> {
  const rows = await clickhouse.query(
    `SELECT concat(table, '/', name) AS part
     FROM system.parts
     WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND active`,
    { tables: [...tables] },
  );
  return rows.map((row) => row.string('part')).sort();
}
