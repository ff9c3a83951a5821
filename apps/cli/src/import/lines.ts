/** Reads a log as lines in constant memory, from a file, a gzip'd file or standard input. */
import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { reasonOf } from '@meterhouse/common';
import { CliError, errorCode } from '../errors';

/** The longest line that is kept, in bytes. */
export const MAX_LINE_LENGTH = 1_048_576;

const NEWLINE = 0x0a;

export interface Line {
  /** From 1. */
  number: number;
  /** Null when the line is longer than may be kept. */
  text: string | null;
}

/** A log that can be read, each time from its start (standard input only once). */
export interface LogSource {
  /** Bytes on disk; null for standard input. */
  size: number | null;
  /** @param onBytes called with the bytes of the file that were read since the last call */
  chunks(onBytes?: (bytes: number) => void): AsyncIterable<Buffer>;
}

/** Opens a file, or standard input for `-`; either may be gzip'd. @throws CliError when the file cannot be read */
export async function openLog(file: string): Promise<LogSource> {
  if (file === '-') return { size: null, chunks: (onBytes) => inflated(counted(process.stdin, onBytes)) };
  const size = await sizeOf(file);
  return {
    size,
    chunks: (onBytes) => inflated(counted(createReadStream(file, { highWaterMark: 262_144 }), onBytes)),
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    await access(file, constants.R_OK);
    const found = await stat(file);
    if (found.isDirectory()) throw new CliError(`${file} is a folder; name a log file.`);
    return found.size;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const code = errorCode(error) ?? reasonOf(error);
    throw new CliError(`${file} cannot be read (${code}); check its name and your rights to it.`);
  }
}

async function* counted(stream: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

/** Inflates what begins as a gzip file does, and passes on everything else. */
async function* inflated(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done) return;
  const all = startingWith(first.value, chunks);
  const gzip = first.value.length >= 2 && first.value.readUInt16BE() === 0x1f8b;
  // What goes wrong while inflating ends the iteration with an error, so the callback has nothing to add.
  yield* gzip ? pipeline(Readable.from(all), createGunzip(), () => undefined) : all;
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Cuts chunks into lines, as many at a time as a chunk holds. Blank lines are left out but counted in the numbers. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  const splitter = new LineSplitter();
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}

class LineSplitter {
  private number = 0;
  private kept: Buffer[] = [];
  private keptBytes = 0;

  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      this.finish(lines);
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  end(): Line[] {
    const lines: Line[] = [];
    if (this.keptBytes > 0) this.finish(lines);
    return lines;
  }

  private keep(bytes: Buffer): void {
    const part = this.keptBytes === 0 ? withoutNuls(bytes) : bytes;
    this.keptBytes += part.length;
    if (this.keptBytes > MAX_LINE_LENGTH) this.kept = [];
    else if (part.length > 0) this.kept.push(part);
  }

  private finish(lines: Line[]): void {
    this.number++;
    const whole = this.kept.length === 1 ? this.kept[0] : Buffer.concat(this.kept);
    const text = this.keptBytes > MAX_LINE_LENGTH ? null : (whole ?? Buffer.alloc(0)).toString('utf8').trim();
    if (text !== '') lines.push({ number: this.number, text: this.number === 1 ? withoutMark(text) : text });
    this.kept = [];
    this.keptBytes = 0;
  }
}

/** A log that is cut while its server goes on writing begins with a hole, which reads as NULs. */
function withoutNuls(bytes: Buffer): Buffer {
  if (bytes[0] !== 0) return bytes;
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

/** Some editors put a byte order mark before the first line. */
function withoutMark(text: string | null): string | null {
  return text?.replace(/^\ufeff/, '') ?? null;
}
