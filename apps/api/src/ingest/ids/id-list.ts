/** Ids as hashes in one buffer: at full load an object for each costs the garbage collector more than all else about it. */
import { HASH_BYTES, type IdHash } from './id-hash';

/** The ids of some rows by the rows' positions; empty where no row has one, and blank (see `has`) where one has none. */
export class IdList implements Iterable<IdHash> {
  static readonly EMPTY = new IdList(Buffer.alloc(0));

  /** @param bytes `HASH_BYTES` for each row, zeros where it has no id */
  constructor(readonly bytes: Buffer) {}

  static of(ids: readonly IdHash[]): IdList {
    return new IdList(Buffer.from(ids.join(''), 'latin1'));
  }

  /** Of as many rows without an id. */
  static blank(length: number): IdList {
    return new IdList(Buffer.alloc(HASH_BYTES * length));
  }

  static concat(lists: readonly IdList[]): IdList {
    return new IdList(Buffer.concat(lists.map(({ bytes }) => bytes)));
  }

  /** Number of rows. */
  get length(): number {
    return this.bytes.length / HASH_BYTES;
  }

  /** Whether the row has an id. */
  has(position: number): boolean {
    return this.word(position, 0) !== 0 || this.word(position, 4) !== 0;
  }

  at(position: number): IdHash {
    const start = HASH_BYTES * position;
    return this.bytes.toString('latin1', start, start + HASH_BYTES);
  }

  /** The 32 bits of a hash from a byte on, highest byte first: the first word rises in the order in which hashes sort. */
  word(position: number, byte: number): number {
    const { bytes } = this;
    const at = HASH_BYTES * position + byte;
    return (
      (((bytes[at] as number) << 24) |
        ((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number)) >>>
      0
    );
  }

  /** The rows at these positions, ascending. */
  pick(positions: readonly number[]): IdList {
    if (this.length === 0 || positions.length === this.length) return this;
    const picked = Buffer.allocUnsafe(HASH_BYTES * positions.length);
    // Most rows follow one another, and a copy for each would take a millisecond for two thousand.
    for (let index = 0; index < positions.length;) {
      const first = positions[index] as number;
      let count = 1;
      while (positions[index + count] === first + count) count += 1;
      this.bytes.copy(picked, HASH_BYTES * index, HASH_BYTES * first, HASH_BYTES * (first + count));
      index += count;
    }
    return new IdList(picked);
  }

  /** Of all rows. */
  positions(): Iterable<number> {
    return Array(this.length).keys();
  }

  *[Symbol.iterator](): Iterator<IdHash> {
    for (let position = 0; position < this.length; position++) yield this.at(position);
  }
}
