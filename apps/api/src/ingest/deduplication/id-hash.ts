/** What an id is called in storage: a hash of fixed length, which ClickHouse computes as well (0010_event_ids_view.sql). */
import { hash } from 'node:crypto';

/** The first 16 bytes of a SHA-256, a character (0–255) for each byte. */
export type IdHash = string;

/** An event as the raw table can be searched for it. */
export interface DatedId {
  id: IdHash;
  accountId: string;
  /** Epoch milliseconds. */
  timestamp: number;
}

/** Bytes of a hash. */
export const HASH_BYTES = 16;

/**
 * The hash of account and id. Neither holds a NUL, so the pair has one reading. That nobody can find an id whose hash
 * another account's id has keeps accounts apart; SHA-256 is also the fastest digest where the processor knows it.
 */
export function hashOf(accountId: string, id: string): IdHash {
  return hash('sha256', `${accountId}\0${id}`, 'binary').slice(0, HASH_BYTES);
}

/** The 32 bits of a hash from a byte on, highest byte first: the first word rises in the order in which hashes sort. */
export function wordAt(hash: IdHash, byte: number): number {
  return (
    ((hash.charCodeAt(byte) << 24) |
      (hash.charCodeAt(byte + 1) << 16) |
      (hash.charCodeAt(byte + 2) << 8) |
      hash.charCodeAt(byte + 3)) >>>
    0
  );
}
