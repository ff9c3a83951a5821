/** Numbers of segments: they only grow, also over restarts with an empty log. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disk, isMissing } from '../../storage/disk';

/** Numbers reserved per write. A restart skips unused ones. */
const BLOCK = 1_000;

export class SegmentNumbers {
  private constructor(
    private readonly disk: Disk,
    private readonly path: string,
    private last: number,
    /** A later process starts above this number. */
    private reserved: number,
  ) {}

  /** @param highest the highest number of a file in the folder */
  static async open(disk: Disk, folder: string, highest: number): Promise<SegmentNumbers> {
    const path = join(folder, 'last-number');
    const last = Math.max(highest, await readNumber(path));
    return new SegmentNumbers(disk, path, last, last);
  }

  async next(): Promise<number> {
    if (this.last >= this.reserved) {
      const reserved = this.last + BLOCK;
      await this.disk.replace(this.path, Buffer.from(`${reserved}\n`));
      this.reserved = reserved;
    }
    this.last += 1;
    return this.last;
  }
}

async function readNumber(path: string): Promise<number> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    if (/^\d{1,10}$/.test(text)) return Number(text);
    throw new Error(`${path} should hold a number; write the number of the highest segment there ever was into it.`);
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
