/** Values by the bytes that they were made from, so that no string need be made of bytes that were seen before. */

interface Entry<T> {
  bytes: Uint8Array;
  value: T;
}

/** Of two keys with the same hash one is kept; all go when there are too many. */
export class ByteCache<T> {
  private readonly entries = new Map<number, Entry<T>>();

  constructor(private readonly most: number) {}

  /** @param hash of the bytes from `start` to `end` by `fnv1a` */
  get(source: Uint8Array, start: number, end: number, hash: number): T | undefined {
    const entry = this.entries.get(hash);
    return entry !== undefined && equals(entry.bytes, source, start, end) ? entry.value : undefined;
  }

  set(source: Uint8Array, start: number, end: number, hash: number, value: T): void {
    if (this.entries.size >= this.most) this.entries.clear();
    // A copy: `slice` of a Buffer would keep the whole body.
    this.entries.set(hash, { bytes: new Uint8Array(source.subarray(start, end)), value });
  }
}

function equals(bytes: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== source[start + at]) return false;
  return true;
}
