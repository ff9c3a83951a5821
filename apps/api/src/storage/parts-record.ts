/**
 * Which parts the tables had when the service stopped, so that the next start notices when some are missing, as in a copy
 * that was not finished. The embedded engine itself loads what it finds.
 */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type ClickHouse, StorageError, isThere } from '@meterhouse/clickhouse';
import { isMissing } from './disk';

const FILE = 'parts.json';

/** Parts that are named in a message. */
const MAX_NAMED = 3;

/** Writes them down; the service writes to no table any more. */
export async function recordParts(clickhouse: ClickHouse, dataDir: string): Promise<void> {
  const root = resolve(dataDir);
  const rows = await clickhouse.query(
    `SELECT path
     FROM system.parts
     WHERE database = currentDatabase() AND active
     ORDER BY path`,
  );
  const parts = rows.map((row) => relative(root, row.string('path')));
  await writeFile(join(root, FILE), `${JSON.stringify(parts, undefined, 1)}\n`, { mode: 0o600, flush: true });
}

/**
 * Compares the folder with what was written down, and forgets that, for the engine goes on merging. After a crash nothing is
 * written down. Call it before the engine opens the folder.
 * @throws StorageError when parts are missing, or what says to which tables the parts belong
 */
export async function checkParts(dataDir: string): Promise<void> {
  const root = resolve(dataDir);
  if ((await namesIn(join(root, 'store'))).length > 0 && (await namesIn(join(root, 'metadata'))).length === 0) {
    throw new StorageError(
      `DATA_DIR ${root} is not whole: it has data of tables in store, but nothing in metadata. Restore a backup, or copy it again with its symbolic links.`,
    );
  }
  const missing = await missingParts(root);
  if (missing.length > 0) {
    throw new StorageError(
      `DATA_DIR ${root} is not whole: ${missing.length} part(s) of tables are missing that were there when the service ` +
        `stopped, such as ${missing.slice(0, MAX_NAMED).join(', ')}. Restore a backup or copy the folder again; ` +
        `to start without them, remove ${FILE}.`,
    );
  }
  await rm(join(root, FILE), { force: true });
}

async function missingParts(root: string): Promise<string[]> {
  const missing: string[] = [];
  for (const path of await recorded(join(root, FILE))) {
    const part = join(root, path);
    if (!(await isThere(basename(part), dirname(part)))) missing.push(path);
  }
  return missing;
}

/** Nothing where there is no record, or none that can be read. */
async function recorded(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '[]';
    throw error;
  });
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts.filter((part) => typeof part === 'string') : [];
  } catch {
    return [];
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}
