/** Makes a data folder of a backup, and looks whether it is what was backed up. */
import { mkdir, readdir, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ClickHouse } from '@meterhouse/clickhouse';
import { errorCode, reasonOf } from '@meterhouse/common';
import { figuresOf, tablesOf } from './figures';
import { copyFile, syncFolder } from './files';
import {
  BackupError,
  DATA,
  type Figures,
  MANIFEST,
  type Manifest,
  RESTORE_MARK,
  UNFINISHED,
  backupsIn,
  readManifest,
} from './manifest';

/** Enough for the sums over the tables. */
const ENGINE_MEMORY_BYTES = 2_147_483_648;

export interface RestoreOptions {
  /** The version of this program, and the number of its last migration. */
  version: string;
  schema: number;
  /** `bytes` are restored of `total`. */
  onProgress?: (bytes: number, total: number) => void;
  /** The files are there; the engine is asked for the figures of the tables. */
  onChecking?: () => void;
}

export interface Restored {
  backup: string;
  manifest: Manifest;
}

/**
 * Copies a backup into a data folder that is new or empty, checks every file against its checksum, and compares the
 * figures of every table with those of the moment of the backup. Where anything is wrong the folder is left empty.
 * @param path a backup, or a directory of backups, of which the last is taken
 * @throws BackupError in one sentence
 */
export async function restore(path: string, dataDir: string, options: RestoreOptions): Promise<Restored> {
  const backup = await findBackup(path);
  const manifest = await readManifest(backup);
  if (manifest.schema > options.schema) {
    throw new BackupError(
      `${backup} was made by Meterhouse ${manifest.version}, whose tables are newer than those of this version ` +
        `(${options.version}); restore it with that version or a later one.`,
    );
  }
  await checkSizes(backup, manifest);
  await checkTarget(dataDir, manifest);
  try {
    await copyAll(backup, manifest, dataDir, options);
    options.onChecking?.();
    await checkFigures(dataDir, manifest);
    await rm(join(dataDir, RESTORE_MARK));
    await syncFolder(dataDir);
  } catch (error) {
    await empty(dataDir);
    throw error;
  }
  return { backup, manifest };
}

async function findBackup(path: string): Promise<string> {
  const names = await readdir(path).catch((error: unknown) => {
    throw new BackupError(`There is no backup at ${path}: ${reasonOf(error)}`);
  });
  const isOne = names.includes(MANIFEST) || names.includes(DATA);
  if (isOne && !resolve(path).endsWith(UNFINISHED)) return path;
  const latest = (await backupsIn(path)).at(-1);
  if (latest === undefined || isOne) throw new BackupError(`There is no finished backup at ${path}.`);
  return join(path, latest);
}

/** Before anything is copied: what is missing or cut is seen in a moment. */
async function checkSizes(backup: string, { files }: Manifest): Promise<void> {
  for (const { path, bytes } of files) {
    const size = await sizeOf(join(backup, DATA, path));
    if (size === null) throw notWhole(backup, path, 'is missing');
    if (size !== bytes) throw notWhole(backup, path, `has ${size} bytes, not ${bytes}`);
  }
}

async function checkTarget(dataDir: string, { files }: Manifest): Promise<void> {
  const names = await readdir(dataDir).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw new BackupError(`The folder ${dataDir} cannot be used: ${reasonOf(error)}`);
  });
  if (names.length > 0) {
    throw new BackupError(`The folder ${dataDir} is not empty: name a new one with --to, or move what is in it away.`);
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(dataDir);
  const needed = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (bavail * bsize < needed) {
    throw new BackupError(`The disk of ${dataDir} has ${bavail * bsize} bytes free; the backup takes ${needed}.`);
  }
}

async function copyAll(
  backup: string,
  { files, links }: Manifest,
  dataDir: string,
  { onProgress }: RestoreOptions,
): Promise<void> {
  // No service starts on a folder with this file in it.
  await writeFile(join(dataDir, RESTORE_MARK), '', { mode: 0o600, flush: true });
  const folders = new Set([...files, ...links].map(({ path }) => dirname(path)));
  for (const folder of folders) await mkdir(join(dataDir, folder), { recursive: true, mode: 0o700 });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { path, bytes, sha256 } of files) {
    const copied = await copyFile(join(backup, DATA, path), join(dataDir, path));
    if (copied.bytes !== bytes || copied.sha256 !== sha256) throw notWhole(backup, path, 'was changed');
    done += bytes;
    onProgress?.(done, total);
  }
  for (const { path, target } of links) await symlink(target, join(dataDir, path));
  for (const folder of folders) await syncFolder(join(dataDir, folder));
}

async function checkFigures(dataDir: string, manifest: Manifest): Promise<void> {
  const options = { dataDir, clickhouseUrl: undefined, memoryLimit: ENGINE_MEMORY_BYTES, connections: 1 };
  const clickhouse = await ClickHouse.open(options, { resting: true });
  try {
    const tables = new Map((await tablesOf(clickhouse, ' ')).map((table) => [table.name, table]));
    for (const [name, expected] of Object.entries(manifest.tables)) {
      const table = tables.get(name);
      if (table === undefined) throw new BackupError(`The table ${name} is not there after the restore.`);
      const difference = differenceOf(expected, await figuresOf(clickhouse, table));
      if (difference !== null) {
        throw new BackupError(`The table ${name} does not hold what was backed up: ${difference}.`);
      }
    }
  } finally {
    await clickhouse.close();
  }
}

/** The first figure that differs, in words; null when all are equal. */
function differenceOf(expected: Figures, found: Figures): string | null {
  const name = Object.keys(expected).find((figure) => expected[figure] !== found[figure]);
  return name === undefined ? null : `${name} is ${found[name] ?? 'missing'}, and was ${expected[name] ?? 'missing'}`;
}

/** The folder itself may be a mount and stays. */
async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

function notWhole(backup: string, path: string, what: string): BackupError {
  return new BackupError(`${backup} is not whole: ${DATA}/${path} ${what}. Restore another backup.`);
}

/** Null when there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
