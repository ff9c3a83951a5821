/** What an id is called in storage: a hash of fixed length, which ClickHouse computes as well (clickhouse/migrations/0005_event_ids_view.sql). */
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
  return digestOf(accountId, id).slice(0, HASH_BYTES);
}

/** Writes the hash of account and id into a buffer, without a string of its own. */
export function writeHash(accountId: string, id: string, buffer: Buffer, at: number): void {
  buffer.write(digestOf(accountId, id), at, HASH_BYTES, 'latin1');
}

function digestOf(accountId: string, id: string): string {
  return hash('sha256', `${accountId}\0${id}`, 'binary');
}
