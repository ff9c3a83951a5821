/** The data folder: one process owns it at a time, and the instance that lives in it keeps its name. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RESTORE_MARK } from '@meterhouse/backup';
import { StorageError } from '@meterhouse/clickhouse';
import { FolderLock, reasonOf } from '@meterhouse/common';

/** A data folder that this process has taken. */
export interface TakenFolder {
  release(): Promise<void>;
}

/**
 * Takes the folder for this process, and makes it if need be: by a lock in `lock/`, which guards the tables of the embedded
 * engine and the write-ahead log alike. `owner.pid` is for whoever wants to send the owner a signal.
 * @throws StorageError when another process has it, a restore has not finished it, or it cannot be used
 */
export async function takeFolder(dataDir: string): Promise<TakenFolder> {
  const path = resolve(dataDir);
  const ownerFile = join(path, 'owner.pid');
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (existsSync(join(path, RESTORE_MARK))) {
      throw new StorageError(
        `DATA_DIR ${path} holds a restore that was broken off; remove what is in it and restore again.`,
      );
    }
    const lock = await FolderLock.take(join(path, 'lock'));
    if (!lock) {
      throw new StorageError(
        `DATA_DIR ${path} is in use by another Meterhouse process (${await readOptional(ownerFile)}); ` +
          'stop it or choose another folder.',
      );
    }
    await writeFile(ownerFile, String(process.pid), { mode: 0o600 });
    return {
      release: async () => {
        await rm(ownerFile, { force: true });
        await lock.release();
      },
    };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`DATA_DIR ${path} cannot be used: ${reasonOf(error)}`, error);
  }
}

/** The name of the instance that lives in the folder: made once, and the same after every restart. */
export async function instanceName(dataDir: string): Promise<string> {
  const file = join(dataDir, 'instance');
  const known = await readOptional(file);
  if (known !== '') return known;
  const name = randomUUID();
  await writeFile(file, name, { mode: 0o600, flush: true });
  return name;
}

/** A file's text, empty when there is none. */
async function readOptional(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
