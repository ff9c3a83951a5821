/**
 * A lock of a folder that ends with its process, however that ends. The owner listens on a Unix socket in the folder, and
 * the system refuses a connection to a socket that nobody listens on any more. So neither a process number that is used
 * again, nor a reboot, nor a container, where every service is process 1, can be taken for an owner. It holds for all
 * processes of one machine, in containers too, but not between machines that share a network file system.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './errors';

/** Two that try at once see each other, and both try again; an owner that is ending has this long to be gone. */
const TRIES = 10;
const LONGEST_WAIT_MS = 200;

export class FolderLock {
  private constructor(
    private readonly folder: FileHandle,
    private readonly server: Server,
    private readonly socket: string,
  ) {}

  /**
   * Takes the lock, whose sockets are in `folder`, which is made if need be.
   * @returns undefined when another process holds it, or this one
   * @throws the system's error, such as where the file system has no sockets
   */
  static async take(folder: string): Promise<FolderLock | undefined> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(folder);
    try {
      for (let tries = 1; tries <= TRIES; tries++) {
        const lock = await FolderLock.try(handle, folder);
        if (lock) return lock;
        await sleep(Math.random() * LONGEST_WAIT_MS);
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }

  /** Listens first and looks for others then: of two processes at least one sees the other. */
  private static async try(handle: FileHandle, folder: string): Promise<FolderLock | undefined> {
    // The path of a socket may have some 100 bytes; Linux has a short name for an open folder.
    const short = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : folder;
    const name = randomUUID();
    const server = await listen(join(short, name));
    const lock = new FolderLock(handle, server, join(short, name));
    const names = await readdir(folder);
    const others = names.filter((other) => other !== name).map((other) => join(short, other));
    const alive = await Promise.all(others.map(isListening));
    // An owner may have removed a socket that was not listening yet.
    if (!names.includes(name) || alive.includes(true)) {
      await lock.close();
      return undefined;
    }
    // Left by processes that were killed; only an owner removes them.
    for (const dead of others) await rm(dead, { force: true });
    return lock;
  }

  /** Gives the folder back. */
  async release(): Promise<void> {
    await this.close();
    await this.folder.close();
  }

  private async close(): Promise<void> {
    await rm(this.socket, { force: true });
    await new Promise((closed) => this.server.close(closed));
  }
}

function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  // What holds the lock holds no process up.
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

/** Whether a process listens on a socket; one that is stopped or busy does. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(true));
    socket.on('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(errorCode(error) ?? '')));
    socket.once('connect', () => socket.destroy());
  });
}
