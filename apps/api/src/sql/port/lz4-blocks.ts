/**
 * ClickHouse's compressed blocks, as `compress=1` asks for and `decompress=1` sends: a checksum of 16 bytes over the rest, a
 * byte that names the method, the size of head and data, the size of the plain data, the data in LZ4's block format.
 * See https://clickhouse.com/docs/interfaces/http#compression and https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md.
 */
import { blockChecksum } from './city-hash';

const CHECKSUM_BYTES = 16;
const HEAD_BYTES = 9;
const LZ4 = 0x82;
const NOT_COMPRESSED = 0x02;

/** Plain bytes of a block that is written. */
const BLOCK_BYTES = 65_536;

/** Blocks that hold the bytes. They are not made smaller: a block of literals is LZ4, too, and whoever wants less asks for gzip. */
export function* toBlocks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) yield toBlock(bytes.subarray(at, at + BLOCK_BYTES));
}

function toBlock(plain: Buffer): Buffer {
  const literals = Buffer.concat([literalToken(plain.length), plain]);
  const block = Buffer.alloc(HEAD_BYTES + literals.length);
  block.writeUInt8(LZ4, 0);
  block.writeUInt32LE(block.length, 1);
  block.writeUInt32LE(plain.length, 5);
  literals.copy(block, HEAD_BYTES);
  return Buffer.concat([blockChecksum(block), block]);
}

/** The upper half of a byte says how many literals follow; 15 says that bytes to add come first, the last one below 255. */
function literalToken(length: number): Buffer {
  if (length < 15) return Buffer.from([length << 4]);
  const rest = length - 15;
  return Buffer.from([0xf0, ...Array<number>(Math.floor(rest / 255)).fill(255), rest % 255]);
}

/** A block that cannot be read. */
export class BadBlockError extends Error {}

/** The plain bytes of blocks that follow one another. @param most more plain bytes are refused @throws BadBlockError */
export function fromBlocks(bytes: Buffer, most: number): Buffer {
  const plain: Buffer[] = [];
  let [at, total] = [0, 0];
  while (at < bytes.length) {
    if (bytes.length - at < CHECKSUM_BYTES + HEAD_BYTES) throw new BadBlockError('The last block is cut.');
    const head = at + CHECKSUM_BYTES;
    const size = bytes.readUInt32LE(head + 1);
    const plainSize = bytes.readUInt32LE(head + 5);
    total += plainSize;
    if (total > most) throw new BadBlockError(`The blocks hold more than ${most} bytes.`);
    if (size < HEAD_BYTES || bytes.length - head < size) throw new BadBlockError('A block is cut.');
    const block = bytes.subarray(head, head + size);
    if (!blockChecksum(block).equals(bytes.subarray(at, head))) throw new BadBlockError('A checksum does not match.');
    plain.push(plainOf(block.readUInt8(0), block.subarray(HEAD_BYTES), plainSize));
    at = head + size;
  }
  return Buffer.concat(plain);
}

function plainOf(method: number, data: Buffer, size: number): Buffer {
  if (method === LZ4) return inflateBlock(data, size);
  if (method === NOT_COMPRESSED && data.length === size) return data;
  throw new BadBlockError(`The method 0x${method.toString(16)} is not read here; send LZ4.`);
}

/** A sequence is literals, then a match: bytes that stand so far before, some of which the match itself may write. */
function inflateBlock(data: Buffer, size: number): Buffer {
  const plain = Buffer.alloc(size);
  let [from, to] = [0, 0];
  const next = (): number => {
    const byte = data[from++];
    if (byte === undefined) throw new BadBlockError('A block ends too early.');
    return byte;
  };
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; length += more) more = next();
    return length;
  };
  while (from < data.length) {
    const token = next();
    const literals = lengthOf(token >> 4);
    if (from + literals > data.length || to + literals > size) throw new BadBlockError('A block holds too much.');
    data.copy(plain, to, from, from + literals);
    from += literals;
    to += literals;
    if (from === data.length) break;
    const distance = next() + next() * 256;
    const match = lengthOf(token & 15) + 4;
    if (distance === 0 || distance > to || to + match > size) throw new BadBlockError('A block points outside of it.');
    for (let copied = 0; copied < match; copied++, to++) plain[to] = plain[to - distance] ?? 0;
  }
  if (to !== size) throw new BadBlockError('A block holds too little.');
  return plain;
}
