/** What an API key is: its permissions, its tier and the limits that follow from it. */

export const PERMISSIONS = [
  'usage:read',
  'sql:read',
  'events:write',
  'keys:read',
  'keys:write',
  'alerts:write',
  'admin',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Lowest first. */
export const TIERS = ['free', 'starter', 'professional', 'enterprise'] as const;
export type Tier = (typeof TIERS)[number];

export const KEY_STATUSES = ['active', 'expired', 'revoked'] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** Calls allowed in a clock minute, hour and UTC day; null is no limit. */
export interface RateLimit {
  requestsPerMinute: number | null;
  requestsPerHour: number | null;
  requestsPerDay: number | null;
}

/** The limits of each tier; an enterprise key brings its own. */
const TIER_LIMITS: Record<Exclude<Tier, 'enterprise'>, RateLimit> = {
  free: { requestsPerMinute: 60, requestsPerHour: null, requestsPerDay: 10_000 },
  starter: { requestsPerMinute: 300, requestsPerHour: null, requestsPerDay: 100_000 },
  professional: { requestsPerMinute: 1_000, requestsPerHour: null, requestsPerDay: 1_000_000 },
};

/** An API key as it is stored and held in memory. Instants are epoch milliseconds. */
export interface Key {
  id: string;
  /** Grows with every change; the newest version of an id counts. */
  version: number;
  accountId: string;
  name: string;
  description: string | null;
  tier: Tier;
  permissions: Permission[];
  /** The key's own limits; they count for the enterprise tier only. */
  rateLimit: RateLimit;
  /** Known only from events that an admin sent for it: it has no secret and cannot sign in. */
  external: boolean;
  /** SHA-256 of the secret in hex; empty for an external key. */
  secretHash: string;
  /** The secret before the last rotation, accepted until `previousSecretUntil`. Empty when there is none. */
  previousSecretHash: string;
  previousSecretUntil: number | null;
  /** Hash of the `ADMIN_KEY` that was last put in force as this key's secret; empty for every other key. */
  configuredSecretHash: string;
  /** What share tokens made with the secret are verified with; empty for a key without a secret. */
  tokenKey: string;
  /** The same of the previous secret. */
  previousTokenKey: string;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
  metadata: Record<string, unknown>;
}

/** The account a caller may read: one account's id, or null for all of them (admins only). */
export type AccountScope = string | null;

/** The limits that a key's tier gives it. */
export function limitsOf(key: Pick<Key, 'tier' | 'rateLimit'>): RateLimit {
  return key.tier === 'enterprise' ? key.rateLimit : TIER_LIMITS[key.tier];
}

/** Revoked wins over expired. */
export function statusOf(key: Pick<Key, 'revokedAt' | 'expiresAt'>, now: number): KeyStatus {
  if (key.revokedAt !== null && key.revokedAt <= now) return 'revoked';
  if (key.expiresAt !== null && key.expiresAt <= now) return 'expired';
  return 'active';
}

/** The keys that sign in: active ones; those known only from events cannot, and count for no limit. */
export function activeOwn(keys: readonly Key[], now: number): Key[] {
  return keys.filter((key) => !key.external && statusOf(key, now) === 'active');
}

export function isAbove(tier: Tier, other: Tier): boolean {
  return TIERS.indexOf(tier) > TIERS.indexOf(other);
}

/** The highest tier of these keys; null where there are none. */
export function highestTier(keys: readonly Key[]): Tier | null {
  return keys.reduce<Tier | null>((highest, { tier }) => (highest && !isAbove(tier, highest) ? highest : tier), null);
}

/** The most calls that one of these keys may make in a window; Infinity without a limit, 0 where there are no keys. */
export function highestLimit(keys: readonly Key[], window: keyof RateLimit): number {
  return keys.reduce((highest, key) => Math.max(highest, limitsOf(key)[window] ?? Infinity), 0);
}

/** What keys with these limits may do together; a limit is null where one of them has none. */
export function limitsTogether(limits: readonly RateLimit[]): RateLimit {
  const sum = (window: keyof RateLimit): number | null =>
    limits.reduce<number | null>((total, { [window]: limit }) => {
      return total === null || limit === null ? null : total + limit;
    }, 0);
  return {
    requestsPerMinute: sum('requestsPerMinute'),
    requestsPerHour: sum('requestsPerHour'),
    requestsPerDay: sum('requestsPerDay'),
  };
}

/** An admin holds every permission. */
export function holds(key: Pick<Key, 'permissions'>, permission: Permission): boolean {
  return key.permissions.includes('admin') || key.permissions.includes(permission);
}
