/** Damaged stretches of the log, set aside in files until an admin takes back what can be read of them. */
import { readFile, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Disk, isMissing } from '../../storage/disk';
import { FILE_HEADER, decodeRecords, findRecords } from '../log/record';
import { asNamed, isRow } from '../rows/event-batch';

/** Rows of one record that is written to the log. */
const RECORD_ROWS = 10_000;

const NAME = /^\d{10,}\.\d+\.corrupt$/;

/** Also those that were taken back, which stay until somebody has looked at them. */
const ANY_NAME = /^\d{10,}\.\d+\.(?:corrupt|recovered)$/;

/** What became of the files. */
export interface Recovery {
  files: number;
  /** Events that were taken back. */
  recovered: number;
  /** Lines that are no row any more. */
  unreadable: number;
}

export class SetAside {
  /** @param folder of the log */
  constructor(private readonly folder: string) {}

  /** How many files there are, and their bytes. */
  async size(): Promise<{ files: number; bytes: number }> {
    const sizes = await Promise.all((await this.files()).map(async (path) => (await stat(path)).size));
    return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /**
   * Hands what reads as a row to `accept`, and then renames each file to `….recovered`. Rows are named by the ids they
   * have, so that one that is handed over twice counts once. A row of a damaged record comes back as it reads: a changed
   * byte may have left it a row.
   */
  async recover(accept: (rows: string[]) => Promise<void>): Promise<Recovery> {
    const done: Recovery = { files: 0, recovered: 0, unreadable: 0 };
    for (const path of await this.files()) {
      const { rows, unreadable } = readableRows(await readFile(path));
      for (let at = 0; at < rows.length; at += RECORD_ROWS) {
        await accept(rows.slice(at, at + RECORD_ROWS).map(asNamed));
      }
      await rename(path, path.replace(/corrupt$/, 'recovered'));
      done.files += 1;
      done.recovered += rows.length;
      done.unreadable += unreadable;
    }
    return done;
  }

  /**
   * Removes the rows for which `isDeleted`, and files that have no other. A file that had one holds the lines of the
   * others after it, without those that are no row any more: whose they were cannot be said. @returns how many rows
   */
  async delete(isDeleted: (row: string) => boolean): Promise<number> {
    let deleted = 0;
    for (const path of await this.files(ANY_NAME)) {
      const { rows } = readableRows(await readFile(path));
      const left = rows.filter((row) => !isDeleted(row));
      if (left.length === rows.length) continue;
      if (left.length === 0) await unlink(path);
      else await new Disk().replace(path, Buffer.from(left.join('\n')));
      deleted += rows.length - left.length;
    }
    return deleted;
  }

  private async files(name = NAME): Promise<string[]> {
    const files = await readdir(this.folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return files
      .filter((file) => name.test(file))
      .sort()
      .map((file) => join(this.folder, file));
  }
}

/** The rows of bytes that hold whole records, or parts of damaged ones, or both. */
export function readableRows(bytes: Buffer): { rows: string[]; unreadable: number } {
  const { records, damaged } = findRecords(bytes);
  const file = Buffer.concat([FILE_HEADER, ...records.map(({ start, end }) => bytes.subarray(start, end))]);
  const whole = decodeRecords(file).flatMap((record) => record.rows);
  const lines = damaged.flatMap(({ start, end }) => bytes.toString('utf8', start, end).split('\n'));
  // Bytes of ids are no lines.
  const rows = lines.filter((line) => line.includes('","')).map(rowIn);
  const readable = rows.filter((row) => row !== undefined);
  return { rows: [...whole, ...readable], unreadable: rows.length - readable.length };
}

/** The row at the end of a line, which may have a record's header or what is left of another row before it. */
function rowIn(line: string): string | undefined {
  for (let start = line.indexOf('["'); start !== -1; start = line.indexOf('["', start + 1)) {
    if (isRow(line.slice(start))) return line.slice(start);
  }
  return undefined;
}
