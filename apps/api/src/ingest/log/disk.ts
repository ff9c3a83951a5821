/** The few things the log does to a disk, apart so that a test can make each of them fail. */
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What `replace` writes to before it renames. */
export const TEMPORARY = '.tmp';

/** Events are nobody else's business. */
const PRIVATE = 0o600;

export class Disk {
  /** Opens a new file for writing; `syncFolder` makes it last. @throws when there is one of that name */
  async create(path: string): Promise<FileHandle> {
    return open(path, 'wx', PRIVATE);
  }

  /** Writes all the bytes, in one call unless the system takes fewer. */
  async write(handle: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
    let rest = [...buffers];
    while (rest.length > 0) {
      const { bytesWritten } = await handle.writev(rest, position);
      if (bytesWritten === 0) throw new Error('The disk took none of the bytes.');
      position += bytesWritten;
      rest = after(rest, bytesWritten);
    }
  }

  async sync(handle: FileHandle): Promise<void> {
    await handle.datasync();
  }

  /**
   * The first bytes of a file, fewer where it ends. In one call unless the system gives fewer: `readFile` takes a turn of
   * the event loop for every half MiB, and under load those are long.
   */
  async read(path: string, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const handle = await open(path, 'r');
    try {
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, filled);
        if (bytesRead === 0) return bytes.subarray(0, filled);
        filled += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  }

  /** Cuts a file; the cut is on disk when this returns. Opens the file anew: a handle that failed to sync is not trusted. */
  async truncate(path: string, length: number): Promise<void> {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(length);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Puts a whole file in place: after a crash there is the one before or this one, on disk when this returns. */
  async replace(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = path + TEMPORARY;
    try {
      const handle = await open(temporary, 'w', PRIVATE);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
    await this.syncFolder(dirname(path));
  }

  /** Removes a file if it is there; `syncFolder` makes that last. */
  async remove(path: string): Promise<void> {
    await unlink(path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  /** Makes it last which files there are. */
  async syncFolder(folder: string): Promise<void> {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** The system's name for what went wrong, such as `ENOSPC`. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** What is left of the buffers after their first bytes. */
function after(buffers: Buffer[], bytes: number): Buffer[] {
  const index = buffers.findIndex((buffer) => {
    if (buffer.length > bytes) return true;
    bytes -= buffer.length;
    return false;
  });
  const first = buffers[index];
  return first ? [first.subarray(bytes), ...buffers.slice(index + 1)] : [];
}
