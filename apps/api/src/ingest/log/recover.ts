/** Opens a log's folder after a stop, a crash or a power cut. */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { reasonOf } from '@meterhouse/common';
import { TEMPORARY } from '../../storage/disk';
import { FILE_HEADER, type WholeRecords, scanRecords } from './record';
import { type LogFolder, LogSegment, fileName } from './segment';

/** The contents of the folder. */
export interface Recovered {
  /** With at least one record each, oldest first. */
  segments: LogSegment[];
  /** The highest number of any file, 0 when there was none. */
  highest: number;
}

/**
 * Reads every segment up to the first record that is not whole.
 *
 * - In the **last** segment what follows is the torn end of a write that was never acknowledged: it is cut.
 * - In an **earlier** one, or one whose seal says it was longer, it is damage to acknowledged events: it goes to
 *   `NUMBER.OFFSET.corrupt` beside the segment with an error in the log, what was before it is delivered.
 * - A sealed segment ends where its seal says: what is past that is of a failed write that could not be cut.
 *
 * Segments without a record, seals without a segment and unfinished files are removed.
 * @throws Error when the folder or a file cannot be read or written, or a segment is of another version
 */
export async function recover(folder: LogFolder): Promise<Recovered> {
  await makeFolder(folder);
  const files = await readdir(folder.path);
  await Promise.all(files.filter((file) => file.endsWith(TEMPORARY)).map((file) => remove(folder, file)));
  const numbers = numbersOf(files, /^(\d{10,})\.log$/);
  const segments: LogSegment[] = [];
  for (const number of numbers) {
    const segment = await recoverSegment(folder, number, number === numbers.at(-1));
    if (segment) segments.push(segment);
  }
  const kept = new Set(segments.map((segment) => segment.number));
  const seals = numbersOf(files, /^(\d{10,})\.seal$/).filter((number) => !kept.has(number));
  await Promise.all(seals.map((number) => remove(folder, `${fileName(number)}.seal`)));
  await folder.disk.syncFolder(folder.path);
  return { segments, highest: numbersOf(files, /^(\d{10,})\./).at(-1) ?? 0 };
}

async function makeFolder(folder: LogFolder): Promise<void> {
  const made = await mkdir(folder.path, { recursive: true, mode: 0o700 });
  if (made !== undefined) await folder.disk.syncFolder(dirname(folder.path));
}

/** The segment cut to its whole records; undefined when there are none, and the file has gone. */
async function recoverSegment(folder: LogFolder, number: number, isLast: boolean): Promise<LogSegment | undefined> {
  const name = `${fileName(number)}.log`;
  const file = await readFile(join(folder.path, name));
  const seal = await new LogSegment(folder, number).storedSeal();
  const whole = scan(name, seal ? file.subarray(0, seal.bytes) : file);
  if (whole.length < file.length) {
    const mayBeTorn = seal ? whole.length === seal.bytes : isLast && isTorn(file, whole);
    if (!mayBeTorn) await setAside(folder, number, file.subarray(whole.length), whole);
    else new Logger('EventLog').warn(`Cut ${file.length - whole.length} bytes of an unfinished write from ${name}.`);
    await folder.disk.truncate(join(folder.path, name), whole.length);
  }
  if (whole.count > 0) return LogSegment.found(folder, number, whole);
  await remove(folder, name);
  return undefined;
}

function scan(name: string, file: Buffer): WholeRecords {
  try {
    return scanRecords(file);
  } catch (error) {
    throw new Error(`The log's ${name} ${reasonOf(error)}`, { cause: error });
  }
}

/** Writing starts with the header, so a file that goes on after half a header was not torn. */
function isTorn(file: Buffer, whole: WholeRecords): boolean {
  return whole.length > 0 || file.length <= FILE_HEADER.length;
}

async function setAside(folder: LogFolder, number: number, rest: Buffer, whole: WholeRecords): Promise<void> {
  const name = `${fileName(number)}.${whole.length}.corrupt`;
  await folder.disk.replace(join(folder.path, name), rest);
  new Logger('EventLog').error(
    `Segment ${number} of the log is damaged: ${whole.rows} events before the damage are delivered, the ` +
      `${rest.length} bytes after it are in ${join(folder.path, name)} and are NOT counted.`,
  );
}

async function remove(folder: LogFolder, file: string): Promise<void> {
  await folder.disk.remove(join(folder.path, file));
}

/** The numbers that the pattern's group finds, each once, ascending. */
function numbersOf(files: readonly string[], pattern: RegExp): number[] {
  const numbers = new Set(files.flatMap((file) => pattern.exec(file)?.[1] ?? []).map(Number));
  return [...numbers].sort((a, b) => a - b);
}
