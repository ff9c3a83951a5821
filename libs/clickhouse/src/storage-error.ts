/** What is said of storage that cannot be opened. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageFailure, reasonOf } from '@meterhouse/common';

/** Storage that cannot be opened; the message says why in one sentence. */
export class StorageError extends StorageFailure {}

/** What a call that failed throws. */
export function storageFailure(error: unknown): Error {
  return error instanceof StorageFailure ? error : new StorageFailure(reasonOf(error), error);
}

/** The other process that has a folder open, as the engine's `status` file in it says. */
export async function ownerOf(path: string): Promise<number | undefined> {
  const status = await readFile(join(path, 'status'), 'utf8').catch(() => '');
  const owner = Number(/^PID: (\d+)/m.exec(status)?.[1]);
  return owner > 0 && owner !== process.pid && isRunning(owner) ? owner : undefined;
}

/** The engine prints why it did not open but does not say. */
export async function storageError(path: string, error: unknown): Promise<StorageError> {
  const owner = await ownerOf(path);
  if (owner !== undefined) {
    return new StorageError(
      `DATA_DIR ${path} is in use by another Meterhouse process (${owner}); stop it or choose another folder.`,
    );
  }
  return new StorageError(`The embedded engine cannot open DATA_DIR ${path}: ${reasonOf(error)}`, error);
}

/** Whether there is a process with this number that has not ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !hasEnded(pid);
}

/** Whether the process is a zombie, which has ended and waits for its parent to ask how; only Linux says so. */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
