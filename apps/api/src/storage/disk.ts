/** Durable disk operations, apart so that a test can make each of them fail. */
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Suffix of the file that `replace` writes before it renames it. */
export const TEMPORARY = '.tmp';

/** Only the owner reads it. */
const PRIVATE = 0o600;

export class Disk {
  /** Opens a new file for writing; `syncFolder` makes it durable. @throws when the name is taken */
  async create(path: string): Promise<FileHandle> {
    return open(path, 'wx', PRIVATE);
  }

  /** Writes all bytes, in one system call unless the system takes fewer. */
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
   * The first bytes of a file, fewer where it ends; in one system call unless it returns fewer. `readFile` would take a
   * turn of the event loop for every half MiB, and under load those are long.
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

  /** Truncates a file durably. Opens it anew: a handle that failed to sync is not trusted. */
  async truncate(path: string, length: number): Promise<void> {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(length);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Replaces a file atomically and durably: after a crash there is the old one or the new one. */
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

  /** Removes a file if it exists; `syncFolder` makes that durable. */
  async remove(path: string): Promise<void> {
    await unlink(path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  /** fsyncs the folder, so that created, renamed and removed files survive a crash. */
  async syncFolder(folder: string): Promise<void> {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** The system's error code, such as `ENOSPC`. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** The buffers without their first `bytes` bytes. */
function after(buffers: Buffer[], bytes: number): Buffer[] {
  const index = buffers.findIndex((buffer) => {
    if (buffer.length > bytes) return true;
    bytes -= buffer.length;
    return false;
  });
  const first = buffers[index];
  return first ? [first.subarray(bytes), ...buffers.slice(index + 1)] : [];
}
