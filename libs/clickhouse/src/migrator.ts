/** Applies `clickhouse/migrations` in order, once each, and refuses a history that does not match the files. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClickHouse } from './clickhouse';
import { type LockOptions, withServerLock } from './server-lock';
import { StorageError } from './storage-error';

/** One file: `NNNN_name.sql`, one statement. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
  /** SHA-256 of the file, in hex. */
  checksum: string;
}

export interface MigrateOptions extends LockOptions {
  /**
   * Called before anything is changed.
   * @param pending what is about to be applied, at least one
   * @param applied how many were before; 0 in a new database
   */
  beforeApplying?: (pending: readonly Migration[], applied: number) => Promise<void>;
}

const MIGRATIONS = { table: 'schema_migrations_lock', name: 'the migrations' };

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** What a migration does: the first sentence of the comment at its head. */
export function purposeOf({ sql }: Migration): string {
  const comment = /^(?:--.*\n)+/.exec(sql)?.[0].replace(/^-- ?/gm, '').replace(/\s+/g, ' ').trim() ?? '';
  return /^.*?\.(?= |$)/.exec(comment)?.[0] ?? comment;
}

/** Reads the migration files of a folder in order. @throws StorageError for a name out of form or a gap */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const match = FILE_NAME.exec(file);
      if (!match?.[1] || !match[2]) throw new StorageError(`Migration ${file}: the name should be NNNN_name.sql.`);
      if (Number(match[1]) !== index + 1) {
        throw new StorageError(
          `Migration ${file}: number ${index + 1} was expected; the files must count up from 0001.`,
        );
      }
      const sql = await readFile(join(folder, file), 'utf8');
      return { version: index + 1, name: match[2], sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the schema up to date and returns what was applied now. Safe to run again, also after a crash between a
 * statement and its record: every statement is written with IF NOT EXISTS. Of several processes on a server one migrates,
 * and the others wait for it.
 *
 *     const applied = await migrate(clickhouse, 'clickhouse/migrations', { instance: 'api-1' });
 *
 * @throws StorageError when an applied migration's file has changed or is gone, or when another process took over
 */
export async function migrate(
  clickhouse: ClickHouse,
  folder: string,
  options: MigrateOptions = { instance: randomUUID() },
): Promise<Migration[]> {
  const migrations = await readMigrations(folder);
  await clickhouse.command(`
    CREATE TABLE IF NOT EXISTS schema_migrations
    (
        version UInt32,
        name String,
        checksum String,
        applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
    )
    ENGINE = MergeTree
    ORDER BY version
  `);
  const pending = pendingOf(migrations, await appliedChecksums(clickhouse));
  if (pending.length === 0) return [];
  await options.beforeApplying?.(pending, migrations.length - pending.length);
  // The embedded engine's folder has one process.
  if (clickhouse.embedded) return applyPending(clickhouse, migrations);
  return withServerLock(clickhouse, MIGRATIONS, options, (checkHeld) =>
    applyPending(clickhouse, migrations, checkHeld),
  );
}

async function applyPending(
  clickhouse: ClickHouse,
  migrations: Migration[],
  checkHeld: () => Promise<void> = async () => undefined,
): Promise<Migration[]> {
  const pending = pendingOf(migrations, await appliedChecksums(clickhouse));
  for (const { version, name, checksum, sql } of pending) {
    await checkHeld();
    await clickhouse.command(sql);
    await clickhouse.command(
      `INSERT INTO schema_migrations (version, name, checksum)
       SELECT {version:UInt32}, {name:String}, {checksum:String}`,
      { version, name, checksum },
    );
  }
  return pending;
}

interface Applied {
  version: number;
  name: string;
  checksum: string;
}

async function appliedChecksums(clickhouse: ClickHouse): Promise<Applied[]> {
  const rows = await clickhouse.query(
    'SELECT version, any(name) AS name, any(checksum) AS checksum FROM schema_migrations GROUP BY version ORDER BY version',
  );
  return rows.map((row) => ({
    version: row.number('version'),
    name: row.string('name'),
    checksum: row.string('checksum'),
  }));
}

/** What is still to be applied, once the applied ones are seen to be an unchanged prefix of the files. */
function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  applied.forEach((done, index) => {
    const label = `Migration ${String(done.version).padStart(4, '0')}_${done.name}`;
    const file = migrations[index];
    if (done.version !== index + 1) throw new StorageError(`${label} was applied, but number ${index + 1} was not.`);
    if (!file)
      throw new StorageError(`${label} was applied, but its file is missing; this version is older than the data.`);
    if (file.checksum !== done.checksum) {
      throw new StorageError(`${label} has changed since it was applied; restore the file and add a new migration.`);
    }
  });
  return migrations.slice(applied.length);
}
