/**
 * The bytes of a log file: a header, then records.
 *
 * | bytes | of a record (little endian) |
 * |---|---|
 * | 4 | length of all that follows the checksum, in bytes |
 * | 4 | CRC-32 (zlib's) of all that follows |
 * | 4 | number of rows |
 * | 4 | number of ids: that of rows, or 0 where none has an id of its sender's |
 * | 8 | the earliest time of a row with an id, in epoch milliseconds, as a floating-point number |
 * | 16 each | ids as hashes, zeros for a row without one |
 * | … | the rows, UTF-8, with a line feed between two |
 */
import { crc32 } from 'node:zlib';
import { HASH_BYTES } from '../ids/id-hash';
import { IdList } from '../ids/id-list';

/** The rows of one call, as text: most are passed on unparsed. */
export class LogRecord {
  constructor(
    /** Lines of JSONCompactEachRow in UTF-8, with a line feed between two. */
    readonly text: Buffer,
    /** Number of lines, at least one. */
    readonly count: number,
    /** The ids that senders gave, by the rows' positions. */
    readonly ids: IdList,
    /** The earliest time of a row with an id, in epoch milliseconds. */
    readonly oldest: number,
  ) {}

  get rows(): string[] {
    return this.text.toString('utf8').split('\n');
  }

  /** Size in the file. */
  get bytes(): number {
    return HEADER_BYTES + this.ids.bytes.length + this.text.length;
  }
}

/** The whole records at the start of a file. */
export interface WholeRecords {
  count: number;
  rows: number;
  /** Where they end, in bytes from the start of the file; 0 when the file's header is not whole. */
  length: number;
}

/** The last byte of every row, `]`. */
const CLOSE = 0x5d;

/** Header of every log file: a name and the format's version. */
export const FILE_HEADER = Buffer.from('MHEVLOG\x02', 'latin1');
/** Length and checksum; all before the ids. */
const FRAME_BYTES = 8;
const HEADER_BYTES = FRAME_BYTES + 16;

/** The bytes of a record, in pieces that follow one another. */
export function encodeRecord({ text, count, ids, oldest }: LogRecord): Buffer[] {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(HEADER_BYTES - FRAME_BYTES + ids.bytes.length + text.length, 0);
  header.writeUInt32LE(count, 8);
  header.writeUInt32LE(ids.length, 12);
  header.writeDoubleLE(oldest, 16);
  // No empty piece: once an empty buffer was written, Node's crc32 of it is 0, whatever came before it.
  const rest = ids.length === 0 ? [text] : [ids.bytes, text];
  const checksum = rest.reduce((sum, piece) => crc32(piece, sum), crc32(header.subarray(FRAME_BYTES)));
  header.writeUInt32LE(checksum, 4);
  return [header, ...rest];
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
    whole.rows += file.readUInt32LE(whole.length + FRAME_BYTES);
    whole.length = end;
  }
  return whole;
}

/** Bytes of a file from `start` to before `end`. */
export interface Stretch {
  start: number;
  end: number;
}

/** What of a file can be read. */
export interface FoundRecords {
  /** Each whole record, in order. */
  records: Stretch[];
  /** What is between them, or in place of the header, in order; none is empty. */
  damaged: Stretch[];
  /** Over all whole records. */
  rows: number;
}

/**
 * Finds every whole record, also behind what is damaged, by its length and checksum. Text of a row cannot pass for one:
 * no character in it is as low as a byte of a record's length.
 * @throws Error when the file has a header of another version
 */
export function findRecords(file: Buffer): FoundRecords {
  const found: FoundRecords = { records: [], damaged: [], rows: 0 };
  let read = startsWithHeader(file) ? FILE_HEADER.length : 0;
  for (let start = read; start < file.length; start++) {
    const end = recordEnd(file, start);
    if (end === undefined) continue;
    if (start > read) found.damaged.push({ start: read, end: start });
    found.records.push({ start, end });
    found.rows += file.readUInt32LE(start + FRAME_BYTES);
    read = end;
    start = end - 1;
  }
  if (read < file.length) found.damaged.push({ start: read, end: file.length });
  return found;
}

/**
 * Whether these last bytes of a file are plainly the beginning of a record whose writing was cut short: fewer bytes than
 * its length says, and fewer rows than its count; or nothing but zeros, which a power cut leaves. The end of a record
 * that was whole and is damaged has all its rows, whatever its length says.
 */
export function isUnfinished(bytes: Buffer): boolean {
  if (bytes.length < HEADER_BYTES || bytes.every((byte) => byte === 0)) return true;
  if (FRAME_BYTES + bytes.readUInt32LE(0) <= bytes.length) return false;
  const count = bytes.readUInt32LE(8);
  const ids = bytes.readUInt32LE(12);
  if (ids !== 0 && ids !== count) return false;
  const text = bytes.subarray(HEADER_BYTES + HASH_BYTES * ids);
  const rows = text.toString('latin1').split('\n').length;
  return rows < count || (rows === count && text.at(-1) !== CLOSE);
}

/** The records of a file that `scanRecords` found whole; they share the file's bytes. */
export function decodeRecords(file: Buffer): LogRecord[] {
  const records: LogRecord[] = [];
  for (let start = FILE_HEADER.length; start < file.length;) {
    const end = start + FRAME_BYTES + file.readUInt32LE(start);
    const count = file.readUInt32LE(start + 8);
    const firstId = start + HEADER_BYTES;
    const firstRow = firstId + HASH_BYTES * file.readUInt32LE(start + 12);
    const ids = new IdList(file.subarray(firstId, firstRow));
    records.push(new LogRecord(file.subarray(firstRow, end), count, ids, file.readDoubleLE(start + 16)));
    start = end;
  }
  return records;
}

/** End of the record that starts at `at`; undefined when it is not whole. */
function recordEnd(file: Buffer, start: number): number | undefined {
  if (start + HEADER_BYTES > file.length) return undefined;
  const end = start + FRAME_BYTES + file.readUInt32LE(start);
  if (end > file.length) return undefined;
  const count = file.readUInt32LE(start + 8);
  const ids = file.readUInt32LE(start + 12);
  // Before the checksum, which would take seconds where bytes of ids are looked through for a record.
  const isRecord = count > 0 && (ids === 0 || ids === count);
  if (!isRecord || end < start + HEADER_BYTES + HASH_BYTES * ids + count - 1) return undefined;
  return crc32(file.subarray(start + FRAME_BYTES, end)) === file.readUInt32LE(start + 4) ? end : undefined;
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
