/** The keys that the events of one body name. */
import type { Key } from '../../../auth/key';
import { ByteCache } from './byte-cache';
import { type JsonCursor, NOT_PLAIN } from './json-cursor';

/** A key, as far as rows tell. */
export interface RowKey {
  accountId: string;
  /** How its rows begin: `["account","key","`. */
  prefix: Buffer;
  /** The earliest of its events in this body, in epoch milliseconds. */
  oldest: number;
}

/** The key that an event names, null for none; undefined where that takes the long way. */
export type FindKey = (keyId: string | null) => Key | undefined;

/** Those past as many are found again. */
const MAX_CACHED = 1_000;

export class PlainKeys {
  private readonly all: RowKey[] = [];
  private readonly cache = new ByteCache<RowKey>(MAX_CACHED);
  private own: RowKey | undefined;

  constructor(private readonly find: FindKey) {}

  /** The key of an event that names none. */
  get unnamed(): RowKey {
    return (this.own ??= this.found(null));
  }

  /** The key whose id is the cursor's string. */
  named({ bytes, start, end, hash }: JsonCursor): RowKey {
    const known = this.cache.get(bytes, start, end, hash);
    if (known !== undefined) return known;
    const key = this.found(bytes.toString('latin1', start, end));
    this.cache.set(bytes, start, end, hash, key);
    return key;
  }

  /** The earliest event of each account. */
  oldest(): Map<string, number> {
    const oldest = new Map<string, number>();
    for (const key of this.all) {
      oldest.set(key.accountId, Math.min(oldest.get(key.accountId) ?? Infinity, key.oldest));
    }
    return oldest;
  }

  private found(keyId: string | null): RowKey {
    const key = this.find(keyId);
    if (key === undefined) throw NOT_PLAIN;
    const prefix = Buffer.from(`[${JSON.stringify(key.accountId)},${JSON.stringify(key.id)},"`);
    const made = { accountId: key.accountId, prefix, oldest: Infinity };
    this.all.push(made);
    return made;
  }
}
