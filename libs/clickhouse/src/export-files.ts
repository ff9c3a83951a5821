/** Bounds the disk that files of answers take, from the first byte that the engine writes until their reader is through. */
import { randomUUID } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StorageFailure } from '@meterhouse/common';
import type { Stop } from './connection';
import { QueryTooHeavyError } from './limits';

/** Most bytes of one file, and of all that are written or still read. */
const MAX_BYTES = { file: 1024 ** 3, all: 4 * 1024 ** 3 };

/** How often a file that grows is looked at. */
const LOOK_MS = 200;

export class ExportFiles {
  /** By path. */
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly most = MAX_BYTES,
  ) {}

  /** Bytes of all files, as far as they were looked at. */
  get bytes(): number {
    return [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /**
   * A file that `write` makes, as a stream. It has no name any more, and is gone when the stream is closed.
   * @param stop ends what writes
   * @throws QueryTooHeavyError when it would be larger than one may be; StorageFailure when all together would be; what
   *   `write` throws
   */
  async written(extension: string, write: (path: string) => Promise<void>, stop: Stop): Promise<Readable> {
    const path = join(this.folder, `${randomUUID()}.${extension}`);
    this.sizes.set(path, 0);
    try {
      await this.watched(path, write(path), stop);
      const stream = (await open(path)).createReadStream();
      stream.once('close', () => this.sizes.delete(path));
      return stream;
    } catch (error) {
      this.sizes.delete(path);
      throw error;
    } finally {
      // What is open can still be read.
      await rm(path, { force: true });
    }
  }

  /** Settles as `writing` does, or ends it. */
  private async watched(path: string, writing: Promise<void>, stop: Stop): Promise<void> {
    let excess: Error | undefined;
    const timer = setInterval(() => {
      void this.look(path).then((found) => {
        if (!found || excess) return;
        excess = found;
        void stop(writing);
      });
    }, LOOK_MS);
    try {
      await writing;
    } catch (error) {
      throw excess ?? error;
    } finally {
      clearInterval(timer);
    }
    excess ??= await this.look(path);
    if (excess) throw excess;
  }

  private async look(path: string): Promise<Error | undefined> {
    // It is not there before its first byte.
    const size = await stat(path).then(
      (file) => file.size,
      () => 0,
    );
    // It may be gone by now.
    if (!this.sizes.has(path)) return undefined;
    this.sizes.set(path, size);
    if (size > this.most.file) return new QueryTooHeavyError('result', undefined);
    if (this.bytes <= this.most.all) return undefined;
    return new StorageFailure('The files that wait for their readers take as much of the disk as they may.');
  }
}
