/** What a caller may give to a key and do with one. All throw an `ApiException` that says what is not allowed and why. */
import { iso, isoOrNull } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import type { Identity } from '../auth/identity';
import {
  type Key,
  PERMISSIONS,
  type Permission,
  type RateLimit,
  type Tier,
  activeOwn,
  highestLimit,
  highestTier,
  holds,
  isAbove,
  limitsOf,
  statusOf,
} from '../auth/key';

const DEFAULT_PERMISSIONS: readonly Permission[] = ['usage:read', 'events:write'];

const RATE_LIMIT_FIELDS = ['requestsPerMinute', 'requestsPerHour', 'requestsPerDay'] as const;

/** A refusal that names the body's field. */
export function invalid(field: string, message: string): ApiException {
  return new ApiException('INVALID_PARAMETERS', message, [{ field, message }]);
}

/** The permissions to give: those asked for, or of the default ones those the caller holds. */
export function grantedPermissions(caller: Identity, asked: readonly Permission[] | null | undefined): Permission[] {
  const missing = (asked ?? []).filter((permission) => !holds(caller.key, permission));
  if (missing.length > 0) {
    throw new ApiException(
      'FORBIDDEN',
      `A key can grant only permissions that it has; this one does not have ${missing.join(', ')}.`,
    );
  }
  const wanted = asked ?? DEFAULT_PERMISSIONS.filter((permission) => holds(caller.key, permission));
  if (wanted.length === 0) {
    throw invalid('permissions', 'permissions should be given: this key holds none of those a key gets by default.');
  }
  return PERMISSIONS.filter((permission) => wanted.includes(permission));
}

/**
 * Checks the limits a member gives to a new key. An account's own are the highest among its active keys, tier and
 * windows each for itself; keys known only from events do not count. Anybody may give the tier `free`; only a key of
 * the tier `enterprise` may give that, which has no limits unless it is given some.
 */
export function checkLimits(
  caller: Identity,
  tier: Tier,
  rateLimit: RateLimit,
  accountKeys: readonly Key[],
  now: number,
): void {
  if (tier === 'free') return;
  checkEnterprise(caller, tier);
  const own = activeOwn(accountKeys, now);
  const highest = highestTier(own) ?? 'free';
  if (isAbove(tier, highest)) {
    throw new ApiException(
      'FORBIDDEN',
      `The tier ${tier} is above this account's own, which is ${highest}; an admin can give it.`,
    );
  }
  const wanted = limitsOf({ tier, rateLimit });
  for (const field of RATE_LIMIT_FIELDS) {
    const most = highestLimit(own, field);
    if (ceiling(wanted, field) > most) {
      throw new ApiException(
        'FORBIDDEN',
        `A ${field} of ${wanted[field] ?? 'no limit'} is above this account's own, which is ${most}; an admin can give it.`,
      );
    }
  }
}

/** Checks that who gets the secret of an enterprise key, or gives it more, has such a key, or is an admin. */
function checkEnterprise(caller: Identity, tier: Tier): void {
  if (caller.isAdmin || tier !== 'enterprise' || caller.key.tier === 'enterprise') return;
  throw new ApiException(
    'FORBIDDEN',
    'An enterprise key can be made, raised or rotated only with one of that tier, or by an admin.',
  );
}

/** Checks that a key is not lifted to a tier above the caller's own. */
export function checkLift(caller: Identity, from: Tier, to: Tier): void {
  if (!isAbove(to, from) || !isAbove(to, caller.key.tier)) return;
  throw new ApiException(
    'FORBIDDEN',
    `The tier ${to} is above that of the calling key, which is ${caller.key.tier}; an admin can give it.`,
  );
}

/**
 * Checks that the account may have one more active key.
 * @param limit null: no limit
 */
export function checkActiveKeys(limit: number | null, accountKeys: readonly Key[], now: number): void {
  const active = activeOwn(accountKeys, now).length;
  if (limit === null || active < limit) return;
  throw new ApiException(
    'LIMIT_REACHED',
    `This account has ${active} active keys, and may have ${limit}; revoke one, or ask an admin for a higher limit.`,
  );
}

/** What a key can make of a window: no limit an hour is at most sixty minutes' worth. */
function ceiling(limits: RateLimit, field: keyof RateLimit): number {
  const implied =
    field === 'requestsPerHour' && limits.requestsPerMinute !== null ? 60 * limits.requestsPerMinute : null;
  return limits[field] ?? implied ?? Infinity;
}

/** Checks that the caller holds what the key holds: a weaker key does not get a hold of a stronger one. */
function checkStrength(caller: Identity, key: Key, verb: 'change' | 'rotate' | 'revoke'): void {
  const missing = key.permissions.filter((permission) => !holds(caller.key, permission));
  if (missing.length === 0) return;
  throw new ApiException(
    'FORBIDDEN',
    `This key has permissions that yours does not have (${missing.join(', ')}); ${verb} it with one that has them.`,
  );
}

/**
 * The latest end that the caller may give to a key with these permissions, in epoch milliseconds; null: none need be. A
 * key that ends leaves none behind that goes on in its place: a member none at all, an admin none of an admin.
 */
export function latestEnd(caller: Identity, permissions: readonly Permission[]): number | null {
  return caller.isAdmin && !permissions.includes('admin') ? null : caller.key.expiresAt;
}

/** Checks that a key that the caller makes, prolongs or takes over does not outlive the caller's. */
export function checkEnd(caller: Identity, { permissions, expiresAt }: Pick<Key, 'permissions' | 'expiresAt'>): void {
  const latest = latestEnd(caller, permissions);
  if (latest === null || (expiresAt !== null && expiresAt <= latest)) return;
  throw new ApiException(
    'FORBIDDEN',
    `The calling key ends at ${iso(latest)}: it can make, prolong or rotate no key that goes on after.`,
  );
}

/** Checks that the caller may change the key, and that somebody can still administer after. */
export function checkChange(caller: Identity, key: Key, changed: Key, allKeys: readonly Key[], now: number): void {
  checkStrength(caller, key, 'change');
  const isProlonged = (changed.expiresAt ?? Infinity) > (key.expiresAt ?? Infinity);
  const gains = changed.permissions.some((permission) => !key.permissions.includes(permission));
  if (isProlonged || gains) checkEnd(caller, changed);
  if (key.external && changed.permissions.length > 0) {
    throw invalid('permissions', 'This key is known only from events and cannot sign in: it takes no permissions.');
  }
  const weaker = !changed.permissions.includes('admin');
  const endsEarlier = (changed.expiresAt ?? Infinity) < (key.expiresAt ?? Infinity);
  if ((weaker || endsEarlier) && isLastAdmin(key, allKeys, now)) {
    throw invalid(
      weaker ? 'permissions' : 'expiresAt',
      'This is the last active admin key; create another one before this one ends as one.',
    );
  }
}

/** Checks that the caller may have the key's next secret, and that it can have one. */
export function checkRotation(caller: Identity, key: Key, now: number): void {
  checkStrength(caller, key, 'rotate');
  checkEnterprise(caller, key.tier);
  checkEnd(caller, key);
  if (key.external) throw invalid('keyId', 'This key is known only from events and has no secret here to rotate.');
  const status = statusOf(key, now);
  if (status === 'active') return;
  const since = isoOrNull(status === 'revoked' ? key.revokedAt : key.expiresAt);
  throw invalid('keyId', `This key is ${status} since ${since} and cannot be rotated; create a new one.`);
}

/** Checks that the caller may end the key, and that somebody can still administer after. */
export function checkRevocation(caller: Identity, key: Key, allKeys: readonly Key[], now: number): void {
  checkStrength(caller, key, 'revoke');
  if (!key.permissions.includes('admin')) return;
  if (isLastAdmin(key, allKeys, now)) {
    throw invalid('keyId', 'This is the last active admin key; create another one before you revoke it.');
  }
}

function isLastAdmin(key: Key, allKeys: readonly Key[], now: number): boolean {
  const isActiveAdmin = (other: Key): boolean =>
    other.permissions.includes('admin') && statusOf(other, now) === 'active';
  return isActiveAdmin(key) && !allKeys.some((other) => other.id !== key.id && isActiveAdmin(other));
}
