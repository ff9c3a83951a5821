/** Room on a disk that is full for what must be written all the same. */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Disk, codeOf, isMissing } from './disk';

export class Reserve {
  private readonly path: string;

  constructor(
    private readonly disk: Disk,
    folder: string,
    private readonly bytes: number,
  ) {
    this.path = join(folder, 'reserve');
  }

  /** Takes the room if it is not taken. Never rejects: on a full disk there is none, and that is no worse than before. */
  async take(): Promise<void> {
    try {
      // Not zeros, which some file systems do not store.
      if (!(await this.isTaken())) await this.disk.replace(this.path, randomBytes(this.bytes));
    } catch {
      // What is removed later makes room.
    }
  }

  /** Runs `write`, and when the disk is full gives the room away and runs it again. */
  async writing(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isFull(error) || !(await this.isTaken())) throw error;
      await this.disk.remove(this.path);
      await write();
    }
  }

  private async isTaken(): Promise<boolean> {
    try {
      return (await stat(this.path)).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }
}

function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}
