/**
 * Every key in memory: what authentication, ingest and reports look keys up in. Changes go to ClickHouse first and
 * to memory after; with a shared server, changes of other instances are read every half second.
 */
import type { Key } from './key';

/** The account a caller may read: one account's id, or null for all of them (admins only). */
export type AccountScope = string | null;

export abstract class KeyRegistry {
  /** A key of the scope, whatever its status. */
  abstract find(scope: AccountScope, keyId: string): Key | undefined;
  /** All keys of the scope, in order of creation. */
  abstract list(scope: AccountScope): Key[];
  /** Writes a new key or a changed one, and resolves when every later `find` returns it. */
  abstract save(key: Key): Promise<void>;
  /** The key whose current or still accepted previous secret this is, in constant time. */
  abstract findBySecret(secret: string): Key | undefined;
  /** Lists a key that the service has not seen as an external one. @returns the key */
  abstract registerExternal(accountId: string, keyId: string): Promise<Key>;
}
