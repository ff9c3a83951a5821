/** What is said of storage that cannot be opened. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Storage that cannot be opened; the message says why in one sentence. */
export class StorageError extends Error {}

/** The engine prints why it did not open but does not say; its `status` file holds the process id of the folder's owner. */
export async function storageError(path: string, error: unknown): Promise<StorageError> {
  const status = await readFile(join(path, 'status'), 'utf8').catch(() => '');
  const owner = Number(/^PID: (\d+)/m.exec(status)?.[1]);
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    return new StorageError(
      `DATA_DIR ${path} is in use by another Meterhouse process (${owner}); stop it or choose another folder.`,
    );
  }
  return new StorageError(`The embedded engine cannot open DATA_DIR ${path}: ${reasonOf(error)}`, { cause: error });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
