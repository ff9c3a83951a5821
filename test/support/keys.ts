/** A key registry without storage, for specs whose subject is not keys. */
import type { Key } from '../../apps/api/src/auth/key';
import { type AccountScope, KeyRegistry } from '../../apps/api/src/auth/key-registry';

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

export class ListedKeys extends KeyRegistry {
  readonly keys = new Map<string, Key>();

  constructor(...keys: Key[]) {
    super();
    for (const key of keys) this.keys.set(key.id, key);
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

  findBySecret(_secret: string): Key | undefined {
    return undefined;
  }

  registerExternal(accountId: string, keyId: string): Promise<Key> {
    const key = aKey({ id: keyId, accountId, external: true, tier: 'enterprise' });
    this.keys.set(keyId, key);
    return Promise.resolve(key);
  }
}
