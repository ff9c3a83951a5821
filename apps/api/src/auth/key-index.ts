/** The keys in memory, by id, by account and by the hashes of their secrets. */
import type { AccountScope, Key } from './key';

export class KeyIndex {
  private readonly keys = new Map<string, Key>();
  private readonly accounts = new Map<string, Map<string, Key>>();
  private readonly hashes = new Map<string, string>();
  private readonly revisions = new Map<string, number>();
  private newest = 0;

  /** The highest version of all keys. */
  get newestVersion(): number {
    return this.newest;
  }

  get(keyId: string): Key | undefined {
    return this.keys.get(keyId);
  }

  /** The key whose current or previous secret has this hash. */
  byHash(hash: string): Key | undefined {
    const keyId = this.hashes.get(hash);
    return keyId === undefined ? undefined : this.keys.get(keyId);
  }

  /** The keys of an account, in no order. */
  ofAccount(accountId: string): Iterable<Key> {
    return this.accounts.get(accountId)?.values() ?? [];
  }

  /** Grows with every change of a key of the account. */
  revisionOf(accountId: string): number {
    return this.revisions.get(accountId) ?? 0;
  }

  /** The keys of the scope in order of creation; a list of its own, which the caller may change. */
  list(scope: AccountScope): Key[] {
    const keys = scope === null ? this.keys : this.accounts.get(scope);
    return [...(keys?.values() ?? [])].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Takes a key in, unless a newer version of it is here. */
  put(key: Key): void {
    const present = this.keys.get(key.id);
    if (present && present.version >= key.version) return;
    if (present) this.forgetHashes(present);
    this.keys.set(key.id, key);
    const account = this.accounts.get(key.accountId) ?? new Map<string, Key>();
    this.accounts.set(key.accountId, account.set(key.id, key));
    for (const hash of hashesOf(key)) this.hashes.set(hash, key.id);
    this.revisions.set(key.accountId, this.revisionOf(key.accountId) + 1);
    this.newest = Math.max(this.newest, key.version);
  }

  /** Ends a key that is here, in the version that is here. */
  revoke(keyId: string, revokedAt: number): void {
    const key = this.keys.get(keyId);
    if (!key || key.revokedAt !== null) return;
    const revoked = { ...key, revokedAt };
    this.keys.set(keyId, revoked);
    this.accounts.get(key.accountId)?.set(keyId, revoked);
  }

  private forgetHashes(key: Key): void {
    for (const hash of hashesOf(key)) if (this.hashes.get(hash) === key.id) this.hashes.delete(hash);
  }
}

function hashesOf(key: Key): string[] {
  return [key.secretHash, key.previousSecretHash].filter((hash) => hash !== '');
}
