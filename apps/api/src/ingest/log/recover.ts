/** Opens a log's folder after a stop, a crash or a power cut. */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { reasonOf } from '@meterhouse/common';
import { FILE_HEADER, type FoundRecords, type Stretch, findRecords, isUnfinished } from './record';
import { type LogFolder, LogSegment, fileName } from './segment';

const logger = new Logger('EventLog');

/** A file of the log that `Disk.replace` had not finished; other names are somebody else's. */
const UNFINISHED = /^(?:\d{10,}\.(?:log|seal|\d+\.corrupt)|reserve|probe|last-number)\.tmp$/;

/** The contents of the folder. */
export interface Recovered {
  /** With at least one record each, oldest first. */
  segments: LogSegment[];
  /** The highest number of any file, 0 when there was none. */
  highest: number;
}

/**
 * Reads every segment and keeps each record that is whole, also behind one that is not.
 *
 * - What is **damaged** goes to `NUMBER.OFFSET.corrupt` beside the segment with an error in the log, until an admin takes
 *   back what can be read of it.
 * - At the end of the **last** segment, with nothing whole behind it, it is the beginning of a write that was never
 *   acknowledged, if it looks like one (`isUnfinished`): it is cut.
 * - A sealed segment ends where its seal says: what is past that is of a failed write that could not be cut. A damaged
 *   one is sealed again, for its seal is about rows that are missing now.
 *
 * Segments without a record, seals without a segment and unfinished files are removed.
 * @throws Error when the folder or a file cannot be read or written, or a segment is of another version
 */
export async function recover(folder: LogFolder): Promise<Recovered> {
  await makeFolder(folder);
  const files = await readdir(folder.path);
  await Promise.all(files.filter((file) => UNFINISHED.test(file)).map((file) => remove(folder, file)));
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

/** The segment with its whole records; undefined when there are none, and the file has gone. */
async function recoverSegment(folder: LogFolder, number: number, isLast: boolean): Promise<LogSegment | undefined> {
  const name = `${fileName(number)}.log`;
  const file = await readFile(join(folder.path, name));
  const seal = await new LogSegment(folder, number).storedSeal();
  const acknowledged = seal ? file.subarray(0, seal.bytes) : file;
  const found = find(name, acknowledged);
  const torn = seal === null && isLast ? tornEnd(acknowledged, found) : undefined;
  const damaged = found.damaged.filter((stretch) => stretch !== torn);
  for (const stretch of damaged) await setAside(folder, number, acknowledged, stretch);
  if (seal && (damaged.length > 0 || file.length < seal.bytes)) await unseal(folder, number);
  if (torn) {
    logger.warn(`Cut ${torn.end - torn.start} bytes of an unfinished write from ${name}.`);
  }
  return keepWhole(folder, number, file, found);
}

/** Leaves nothing but whole records in the file. */
async function keepWhole(
  folder: LogFolder,
  number: number,
  file: Buffer,
  { records, rows }: FoundRecords,
): Promise<LogSegment | undefined> {
  const name = `${fileName(number)}.log`;
  if (records.length === 0) {
    await remove(folder, name);
    return undefined;
  }
  const length = records.reduce((sum, { start, end }) => sum + end - start, FILE_HEADER.length);
  const isStart = records.at(-1)?.end === length && file.subarray(0, FILE_HEADER.length).equals(FILE_HEADER);
  if (!isStart) {
    const whole = Buffer.concat([FILE_HEADER, ...records.map(({ start, end }) => file.subarray(start, end))]);
    await folder.reserve.writing(() => folder.disk.replace(join(folder.path, name), whole));
  } else if (length < file.length) await folder.disk.truncate(join(folder.path, name), length);
  return LogSegment.found(folder, number, { count: records.length, rows, length });
}

function find(name: string, file: Buffer): FoundRecords {
  try {
    return findRecords(file);
  } catch (error) {
    throw new Error(`The log's ${name} ${reasonOf(error)}`, { cause: error });
  }
}

/** What a write that was cut short left at the end. Writing starts with the header: all of a longer file without one is damage. */
function tornEnd(file: Buffer, { damaged }: FoundRecords): Stretch | undefined {
  const last = damaged.at(-1);
  if (last?.end !== file.length || (last.start === 0 && file.length > FILE_HEADER.length)) return undefined;
  return isUnfinished(file.subarray(last.start)) ? last : undefined;
}

async function setAside(folder: LogFolder, number: number, file: Buffer, { start, end }: Stretch): Promise<void> {
  const name = `${fileName(number)}.${start}.corrupt`;
  await folder.reserve.writing(() => folder.disk.replace(join(folder.path, name), file.subarray(start, end)));
  logger.error(
    `Segment ${number} of the log is damaged: ${end - start} bytes are in ${join(folder.path, name)} and are NOT ` +
      'counted; what is whole before and after them is. `meterhouse log recover` takes back what can be read of them.',
  );
}

async function unseal(folder: LogFolder, number: number): Promise<void> {
  await remove(folder, `${fileName(number)}.seal`);
  logger.error(
    `Segment ${number} of the log is damaged and sealed again; events without ids of their own count twice if it had ` +
      'been inserted.',
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
