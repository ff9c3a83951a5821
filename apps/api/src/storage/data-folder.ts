/** The data folder: one process owns it at a time, and the instance that lives in it keeps its name. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StorageError, isRunning } from '@meterhouse/clickhouse';
import { reasonOf } from '@meterhouse/common';

/**
 * Takes the folder for this process, and makes it if need be. The embedded engine has a lock of its own; the write-ahead
 * log of a process that uses a server has only this one. A process that has ended owns nothing.
 * @throws StorageError when another process has it, or it cannot be used
 */
export async function takeFolder(dataDir: string): Promise<void> {
  const path = resolve(dataDir);
  const ownerFile = join(path, 'owner.pid');
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const owner = Number(await readOptional(ownerFile));
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      throw new StorageError(
        `DATA_DIR ${path} is in use by another Meterhouse process (${owner}); stop it or choose another folder.`,
      );
    }
    await writeFile(ownerFile, String(process.pid), { mode: 0o600 });
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
