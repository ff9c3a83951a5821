/** A key registry without storage, for specs whose subject is not keys. */
import { Identity } from '../../apps/api/src/auth/identity';
import type { Key } from '../../apps/api/src/auth/key';
import { type AccountScope, KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { ApiException } from '../../apps/api/src/http/api-exception';

/** A key with harmless values; name what the spec is about. */
export function aKey(given: Partial<Key> & Pick<Key, 'id' | 'accountId'>): Key {
  return {
    version: 1,
    name: given.id,
    description: null,
    tier: 'free',
    permissions: ['usage:read', 'events:write'],
    rateLimit: { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null },
    external: false,
    secretHash: '',
    previousSecretHash: '',
    configuredSecretHash: '',
    previousSecretUntil: null,
    createdAt: 0,
    expiresAt: null,
    revokedAt: null,
    metadata: {},
    ...given,
  };
}

/** Keys in memory alone. */
export class ListedKeys extends KeyRegistry {
  readonly keys = new Map<string, Key>();

  constructor(...keys: Key[]) {
    super();
    for (const key of keys) this.keys.set(key.id, key);
  }

  add(key: Key): Identity {
    this.keys.set(key.id, key);
    return new Identity(key);
  }

  find(scope: AccountScope, keyId: string): Key | undefined {
    const key = this.keys.get(keyId);
    return key && (scope === null || key.accountId === scope) ? key : undefined;
  }

  list(scope: AccountScope): Key[] {
    return [...this.keys.values()].filter((key) => scope === null || key.accountId === scope);
  }

  save(key: Key): Promise<void> {
    this.keys.set(key.id, key);
    return Promise.resolve();
  }

  /** The tests' secrets are the keys' ids. */
  findBySecret(secret: string): Key | undefined {
    return this.keys.get(secret);
  }

  registerExternal(accountId: string, keyId: string): Promise<Key> {
    const known = this.keys.get(keyId);
    if (known && known.accountId !== accountId) {
      return Promise.reject(new ApiException('INVALID_PARAMETERS', 'A key of another account.'));
    }
    const key = known ?? aKey({ id: keyId, accountId, external: true, tier: 'enterprise', permissions: [] });
    this.keys.set(keyId, key);
    return Promise.resolve(key);
  }
}
