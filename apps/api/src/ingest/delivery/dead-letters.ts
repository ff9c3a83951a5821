/** Rows that ClickHouse refuses for good, parked in files of their own until an admin replays or deletes them. */
import { mkdir, open, readFile, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { asNamed } from '../rows/event-batch';
import { isMissing } from '../../storage/disk';

/** A row that was refused, and why. */
export interface DeadLetter {
  /** The row as it was to be inserted, a JSONCompactEachRow line. */
  row: string;
  /** The engine's words. */
  reason: string;
}

export class DeadLetters {
  constructor(private readonly folder: string) {}

  /** Parks the refused rows of one segment on disk; doing it again, as after a crash, replaces the file. */
  async park(segment: number, letters: DeadLetter[]): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${String(segment).padStart(10, '0')}.ndjson`);
    await writeLines(
      path,
      letters.map((letter) => JSON.stringify(letter)),
    );
  }

  /**
   * Hands the rows of each file to `accept` and removes the file once that is done; after a crash between the two they are
   * handed over again, and de-duplicated by their ids.
   * @returns how many rows
   */
  async replay(accept: (rows: string[]) => Promise<void>): Promise<number> {
    let replayed = 0;
    for (const file of await this.files()) {
      const path = join(this.folder, file);
      const lines = await linesOf(path);
      await accept(lines.map((line) => asNamed(toRow(line))));
      await unlink(path);
      replayed += lines.length;
    }
    return replayed;
  }

  /** Removes the rows for which `isDeleted`, and files that have no other. @returns how many rows */
  async delete(isDeleted: (row: string) => boolean): Promise<number> {
    let deleted = 0;
    for (const file of await this.files()) {
      const path = join(this.folder, file);
      const lines = await linesOf(path);
      const left = lines.filter((line) => {
        const row = rowIn(line);
        return row === undefined || !isDeleted(row);
      });
      if (left.length === 0) await unlink(path);
      else if (left.length < lines.length) await writeLines(path, left);
      deleted += lines.length - left.length;
    }
    return deleted;
  }

  private async files(): Promise<string[]> {
    try {
      return (await readdir(this.folder)).filter((file) => file.endsWith('.ndjson')).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
}

/** Replaces the file, after a crash by all of it or nothing. */
async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

function toRow(line: string): string {
  const row = rowIn(line);
  if (row === undefined) throw new Error('A line of a dead-letter file has no row; mend or delete the line.');
  return row;
}

/** The row of a line; undefined where it has none. */
function rowIn(line: string): string | undefined {
  try {
    const letter: unknown = JSON.parse(line);
    if (typeof letter !== 'object' || letter === null || !('row' in letter)) return undefined;
    return typeof letter.row === 'string' ? letter.row : undefined;
  } catch {
    return undefined;
  }
}
