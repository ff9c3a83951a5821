/** Applies `clickhouse/views`: what BI tools read, in a database of its own. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { VIEWS_DATABASE } from './access';
import type { ClickHouse } from './clickhouse';
import { type LockOptions, withServerLock } from './server-lock';

const VIEWS = { table: 'schema_migrations_lock', name: 'the views' };

/** As the files say it, for the embedded engine, whose readers have no right to the tables: see `access.ts`. */
const BY_DEFINER = 'DEFINER = CURRENT_USER SQL SECURITY DEFINER';

/** On a server, where the row policies of a reader are its own, and so it reads the tables itself. */
const BY_READER = 'SQL SECURITY INVOKER';

interface ViewFile {
  name: string;
  sql: string;
  /** SHA-256 of the file, in hex. */
  checksum: string;
}

/**
 * Makes each view that is missing or whose file has changed since it was applied, and returns their names. To be called
 * once the tables are migrated; safe to run again. Of several processes on a server one does it at a time.
 */
export async function applyViews(
  clickhouse: ClickHouse,
  folder: string,
  lock: LockOptions = { instance: randomUUID() },
): Promise<string[]> {
  const files = await readViews(folder);
  await clickhouse.command(`CREATE DATABASE IF NOT EXISTS ${VIEWS_DATABASE}`);
  await clickhouse.command(`
    CREATE TABLE IF NOT EXISTS schema_views
    (
        name String,
        checksum String,
        applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
    )
    ENGINE = ReplacingMergeTree(applied_at)
    ORDER BY name
  `);
  if ((await outdated(clickhouse, files)).length === 0) return [];
  const apply = async (): Promise<string[]> => {
    const due = await outdated(clickhouse, files);
    for (const { name, sql, checksum } of due) {
      await clickhouse.define(clickhouse.embedded ? sql : sql.replace(BY_DEFINER, BY_READER));
      await clickhouse.command('INSERT INTO schema_views (name, checksum) SELECT {name:String}, {checksum:String}', {
        name,
        checksum,
      });
    }
    return due.map(({ name }) => name);
  };
  return clickhouse.embedded ? apply() : withServerLock(clickhouse, VIEWS, lock, apply);
}

async function readViews(folder: string): Promise<ViewFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return { name: file.slice(0, -'.sql'.length), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function outdated(clickhouse: ClickHouse, files: readonly ViewFile[]): Promise<ViewFile[]> {
  const rows = await clickhouse.query(
    `SELECT name, checksum
     FROM schema_views FINAL
     WHERE name IN (SELECT name FROM system.tables WHERE database = {database:String})`,
    { database: VIEWS_DATABASE },
  );
  const applied = new Map(rows.map((row) => [row.string('name'), row.string('checksum')]));
  return files.filter(({ name, checksum }) => applied.get(name) !== checksum);
}
