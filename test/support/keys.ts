/** A key registry without storage, for specs whose subject is not keys. */
import { SystemClock, loadSettings } from '@meterhouse/common';
import { Identity } from '../../apps/api/src/auth/identity';
import type { Key } from '../../apps/api/src/auth/key';
import { KeyRegistry, type KeysStorage } from '../../apps/api/src/auth/key-registry';
import { KeyUses, type KeyUsesStorage } from '../../apps/api/src/auth/key-uses';
import { hashSecret } from '../../apps/api/src/auth/secret';

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
    tokenKey: '',
    previousTokenKey: '',
    previousSecretUntil: null,
    createdAt: 0,
    expiresAt: null,
    revokedAt: null,
    metadata: {},
    ...given,
  };
}

/** Keeps no keys. */
const NOWHERE: KeysStorage = {
  shared: false,
  findAll: () => Promise.resolve([]),
  findChangedSince: () => Promise.resolve([]),
  insert: () => Promise.resolve(),
};

/** The registry with its keys in memory alone; a key without a secret has its id as one. */
export class ListedKeys extends KeyRegistry {
  constructor(...keys: Key[]) {
    super(NOWHERE, new SystemClock(), loadSettings({}));
    for (const key of keys) this.add(key);
  }

  add(key: Key): Identity {
    this.index.put({ ...key, secretHash: key.secretHash || hashSecret(key.id) });
    return new Identity(key);
  }
}

const NO_USES: KeyUsesStorage = {
  shared: false,
  findSince: () => Promise.resolve(new Map()),
  insert: () => Promise.resolve(),
};

/** Uses of keys in memory alone. */
export const usesInMemory = (): KeyUses => new KeyUses(NO_USES, new SystemClock());
