/**
 * The bytes of a log file: a header, then records.
 *
 * | bytes | of a record (little endian) |
 * |---|---|
 * | 4 | length of the rows' text, in bytes |
 * | 4 | CRC-32 (zlib's) of all that follows |
 * | 1 | flags: 1 when a row has an id of the sender's |
 * | 4 | number of rows |
 * | … | the rows, UTF-8, with a line feed between two |
 */
import { crc32 } from 'node:zlib';

/** The rows of one call, as text: most are passed on unparsed. */
export class LogRecord {
  constructor(
    /** Lines of JSONCompactEachRow in UTF-8, with a line feed between two. */
    readonly text: Buffer,
    /** Number of lines, at least one. */
    readonly count: number,
    /** Whether at least one row has an id of the sender's. */
    readonly hasIds: boolean,
  ) {}

  static of(rows: readonly string[], hasIds: boolean): LogRecord {
    return new LogRecord(Buffer.from(rows.join('\n')), rows.length, hasIds);
  }

  get rows(): string[] {
    return this.text.toString('utf8').split('\n');
  }
}

/** The whole records at the start of a file. */
export interface WholeRecords {
  count: number;
  rows: number;
  /** Where they end, in bytes from the start of the file; 0 when the file's header is not whole. */
  length: number;
}

/** Header of every log file: a name and the format's version. */
export const FILE_HEADER = Buffer.from('MHEVLOG\x01', 'latin1');
export const RECORD_HEADER_BYTES = 13;
const HAS_IDS = 1;

/** Header of a record. */
export function headerOf({ text, count, hasIds }: LogRecord): Buffer {
  const header = Buffer.allocUnsafe(RECORD_HEADER_BYTES);
  header.writeUInt32LE(text.length, 0);
  header.writeUInt8(hasIds ? HAS_IDS : 0, 8);
  header.writeUInt32LE(count, 9);
  header.writeUInt32LE(crc32(text, crc32(header.subarray(8))), 4);
  return header;
}

/**
 * Checks a file's bytes from the start to the first record that is short, too long or has another checksum.
 * @throws Error when the file has a header of another version
 */
export function scanRecords(file: Buffer): WholeRecords {
  const whole = { count: 0, rows: 0, length: 0 };
  if (!startsWithHeader(file)) return whole;
  whole.length = FILE_HEADER.length;
  for (let end = recordEnd(file, whole.length); end !== undefined; end = recordEnd(file, whole.length)) {
    whole.count += 1;
    whole.rows += file.readUInt32LE(whole.length + 9);
    whole.length = end;
  }
  return whole;
}

/** The records of a file that `scanRecords` found whole; they share the file's bytes. */
export function decodeRecords(file: Buffer): LogRecord[] {
  const records: LogRecord[] = [];
  for (let start = FILE_HEADER.length; start < file.length;) {
    const end = start + RECORD_HEADER_BYTES + file.readUInt32LE(start);
    const text = file.subarray(start + RECORD_HEADER_BYTES, end);
    records.push(new LogRecord(text, file.readUInt32LE(start + 9), file.readUInt8(start + 8) === HAS_IDS));
    start = end;
  }
  return records;
}

/** End of the record that starts at `at`; undefined when it is not whole. */
function recordEnd(file: Buffer, start: number): number | undefined {
  if (start + RECORD_HEADER_BYTES > file.length) return undefined;
  const end = start + RECORD_HEADER_BYTES + file.readUInt32LE(start);
  if (end > file.length) return undefined;
  return crc32(file.subarray(start + 8, end)) === file.readUInt32LE(start + 4) ? end : undefined;
}

function startsWithHeader(file: Buffer): boolean {
  const version = FILE_HEADER.length - 1;
  if (file.length <= version || !file.subarray(0, version).equals(FILE_HEADER.subarray(0, version))) return false;
  if (file[version] === FILE_HEADER[version]) return true;
  // Only another version of this code writes such a header and records after it.
  throw new Error(
    `has format ${file[version]}, which this version cannot read; deliver it with the version that wrote it.`,
  );
}
