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
  if (end > file.length || end < start + HEADER_BYTES) return undefined;
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
