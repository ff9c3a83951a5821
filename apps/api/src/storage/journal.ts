/** A file of values that are to be stored elsewhere, and that a crash must not lose until they are. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Disk, isMissing } from './disk';

/**
 * The file has a line for each value, `CRC-32 JSON`; it is added to and synced, and replaced by what is left once the rest
 * is stored. What a crash leaves of a line is skipped. Calls must not overlap.
 */
export class Journal {
  readonly path: string;

  /** @param folder of its own, made if need be */
  constructor(
    private readonly folder: string,
    private readonly disk = new Disk(),
  ) {
    this.path = join(folder, 'waiting');
  }

  /**
   * Reads what an earlier process left.
   * @returns `damaged`: the number of lines that cannot be read
   * @throws Error when the folder cannot be used
   */
  async open(): Promise<{ values: unknown[]; damaged: number }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const lines = (await this.text()).split('\n').filter((line) => line !== '');
    const values = lines.map(decode).filter((value) => value !== undefined);
    return { values, damaged: lines.length - values.length };
  }

  /** Adds values, JSON's and not undefined. After a failure some may be in the file. */
  async append(values: readonly unknown[]): Promise<void> {
    const file = await open(this.path, 'a', 0o600);
    try {
      await this.disk.write(file, [encode(values)], (await file.stat()).size);
      await this.disk.sync(file);
    } finally {
      await file.close();
    }
    await this.disk.syncFolder(dirname(this.path));
  }

  /** Makes these the whole of it. */
  async replace(values: readonly unknown[]): Promise<void> {
    await this.disk.replace(this.path, encode(values));
  }

  private async text(): Promise<string> {
    return readFile(this.path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
  }
}

/** Each line begins with a line feed, which ends what a write that failed may have left. */
function encode(values: readonly unknown[]): Buffer {
  const lines = values.map((value) => {
    const json = JSON.stringify(value);
    return `\n${crc32(json)} ${json}\n`;
  });
  return Buffer.from(lines.join(''));
}

function decode(line: string): unknown {
  const [checksum] = line.split(' ', 1);
  const json = line.slice(line.indexOf(' ') + 1);
  return String(crc32(json)) === checksum ? JSON.parse(json) : undefined;
}
