/** A seal fixes what is inserted of a segment: its file is a checksum line and a line of JSON. */
import { crc32 } from 'node:zlib';

/** What was decided about a segment before the first try to insert it. */
export interface Seal {
  /** Positions, over all rows of the segment in order and from 0, that are left out: duplicates and dead letters. */
  dropped: number[];
}

/** A seal and the bytes of the segment that it is about; a segment that is longer has rows that were never acknowledged. */
export interface StoredSeal extends Seal {
  bytes: number;
}

export function encodeSeal(seal: StoredSeal): Buffer {
  const json = JSON.stringify({ bytes: seal.bytes, dropped: seal.dropped });
  return Buffer.from(`${crc32(json)}\n${json}\n`);
}

/** The seal, or undefined when the text is not what `encodeSeal` wrote. */
export function decodeSeal(text: string): StoredSeal | undefined {
  const [checksum, json, ...rest] = text.split('\n');
  if (json === undefined || rest.join() !== '' || String(crc32(json)) !== checksum) return undefined;
  const value: unknown = JSON.parse(json);
  return isStoredSeal(value) ? value : undefined;
}

function isStoredSeal(value: unknown): value is StoredSeal {
  if (typeof value !== 'object' || value === null || !('bytes' in value) || !('dropped' in value)) return false;
  return Number.isInteger(value.bytes) && Array.isArray(value.dropped) && value.dropped.every(Number.isInteger);
}
