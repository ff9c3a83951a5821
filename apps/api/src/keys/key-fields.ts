/** The fields of a key as a caller gives them, at first or as a change. All throw an `ApiException` that names the field. */
import { iso, parseDateOrInstant } from '@meterhouse/common';
import type { Identity } from '../auth/identity';
import { type Key, type RateLimit, statusOf } from '../auth/key';
import type { CreateKeyDto } from './dto/create-key.dto';
import type { UpdateKeyDto } from './dto/update-key.dto';
import { wellFormedObject } from './fields';
import { checkActiveKeys, checkChange, checkLift, checkLimits, grantedPermissions, invalid } from './key-rules';

/** The key's own limits, which only an enterprise key has. */
export function ownLimits({ tier, rateLimit }: Pick<CreateKeyDto, 'tier' | 'rateLimit'>): RateLimit {
  if (rateLimit && tier !== 'enterprise') {
    throw invalid(
      'rateLimit',
      'rateLimit can be set with the tier "enterprise" only; the other tiers bring their own.',
    );
  }
  return {
    requestsPerMinute: rateLimit?.requestsPerMinute ?? null,
    requestsPerHour: rateLimit?.requestsPerHour ?? null,
    requestsPerDay: rateLimit?.requestsPerDay ?? null,
  };
}

/** When a key ends, in epoch milliseconds; null: never. */
export function futureExpiry(text: string | null | undefined, now: number): number | null {
  if (text === undefined || text === null) return null;
  const at = parseDateOrInstant(text);
  if (at <= now) {
    throw invalid('expiresAt', `expiresAt should be in the future; it is ${iso(now)} now.`);
  }
  return at;
}

/**
 * The key with its changes, where the caller may make them.
 * @param allKeys those of every account
 * @param activeKeys how many active keys the key's account may have; null: no limit
 */
export function changedKey(
  caller: Identity,
  key: Key,
  request: UpdateKeyDto,
  allKeys: readonly Key[],
  activeKeys: number | null,
  now: number,
): Key {
  const tier = request.tier ?? key.tier;
  const changed: Key = {
    ...key,
    name: request.name ?? key.name,
    description: request.description === undefined ? key.description : request.description || null,
    tier,
    permissions: request.permissions ? grantedPermissions(caller, request.permissions) : key.permissions,
    rateLimit:
      request.rateLimit === undefined && tier === 'enterprise'
        ? key.rateLimit
        : ownLimits({ tier, rateLimit: request.rateLimit }),
    expiresAt: request.expiresAt === undefined ? key.expiresAt : futureExpiry(request.expiresAt, now),
    metadata: request.metadata === undefined ? key.metadata : wellFormedObject(request.metadata ?? {}),
  };
  checkChange(caller, key, changed, allKeys, now);
  // A key that has expired and is brought back counts as a new one.
  const isRaised = request.tier !== undefined || request.rateLimit !== undefined || request.expiresAt !== undefined;
  if (!caller.isAdmin && !key.external && isRaised) {
    const accountKeys = allKeys.filter(({ accountId }) => accountId === key.accountId);
    checkLift(caller, key.tier, changed.tier);
    checkLimits(caller, changed.tier, changed.rateLimit, accountKeys, now);
    if (statusOf(key, now) === 'expired' && statusOf(changed, now) === 'active') {
      checkActiveKeys(activeKeys, accountKeys, now);
    }
  }
  return changed;
}
