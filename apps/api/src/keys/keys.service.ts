import { Injectable } from '@nestjs/common';
import { Clock, SECOND, iso, isoOrNull, withTimeout } from '@meterhouse/common';
import { AccountLimits } from '../accounts/account-limits';
import { ApiException } from '../http/api-exception';
import type { Identity } from '../auth/identity';
import { type Key, type KeyStatus, limitsOf, statusOf } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { KeyUses } from '../auth/key-uses';
import { hashSecret, newId, newSecret } from '../auth/secret';
import { tokenKeyOf } from '../auth/share-token';
import { quoted } from '../http/fields';
import { pageOf } from '../http/list.dto';
import type { CreateKeyDto } from './dto/create-key.dto';
import { wellFormedObject } from './fields';
import type { KeyResponse, KeysResponse, NewSecretResponse, OneKeyResponse } from './dto/key-response.dto';
import type { KeyQuery, KeysQuery } from './dto/keys-query.dto';
import type { RotateKeyDto } from './dto/rotate-key.dto';
import type { UpdateKeyDto } from './dto/update-key.dto';
import { changedKey, futureExpiry, ownLimits } from './key-fields';
import {
  checkActiveKeys,
  checkEnd,
  checkLimits,
  checkRevocation,
  checkRotation,
  grantedPermissions,
  latestEnd,
} from './key-rules';
import { type Use, matches, sorted, sortsByUse } from './key-list';
import { type KeyFigures, KeyUsageRepository, NEVER_USED } from './key-usage.repository';

/** The answer to a revocation waits for the key's figures no longer than this. */
const FIGURES_PATIENCE_MS = 1_000;

/** Creates, lists, changes, rotates and revokes API keys within what the caller may do. */
@Injectable()
export class KeysService {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly uses: KeyUses,
    private readonly usage: KeyUsageRepository,
    private readonly accountLimits: AccountLimits,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiException FORBIDDEN beyond the caller's rights, LIMIT_REACHED beyond the account's number of keys,
   *   INVALID_PARAMETERS for fields that do not fit */
  async create(caller: Identity, request: CreateKeyDto): Promise<NewSecretResponse> {
    const now = this.clock.now();
    const accountId = request.accountId ?? caller.accountId;
    // Refuses a member that names another account.
    caller.scope(request.accountId);
    const tier = request.tier ?? 'free';
    const rateLimit = ownLimits(request);
    if (!caller.isAdmin) checkLimits(caller, tier, rateLimit, this.registry.list(accountId), now);
    const permissions = grantedPermissions(caller, request.permissions);
    const expiresAt =
      request.expiresAt === undefined ? latestEnd(caller, permissions) : futureExpiry(request.expiresAt, now);
    checkEnd(caller, { permissions, expiresAt });
    const secret = newSecret();
    const key: Key = {
      id: newId('key_'),
      version: 0,
      accountId,
      name: request.name,
      description: request.description || null,
      tier,
      permissions,
      rateLimit,
      external: false,
      secretHash: hashSecret(secret),
      configuredSecretHash: '',
      tokenKey: tokenKeyOf(secret),
      previousSecretHash: '',
      previousTokenKey: '',
      previousSecretUntil: null,
      createdAt: now,
      expiresAt,
      revokedAt: null,
      metadata: wellFormedObject(request.metadata ?? {}),
    };
    await this.registry.save(key, () => {
      if (!caller.isAdmin) checkActiveKeys(this.activeKeysOf(accountId), this.registry.list(accountId), now);
    });
    return withSecret(secret, this.toResponse(key, NEVER_USED, now), now);
  }

  /** One page of the keys in the caller's scope; the summary counts all of them. */
  async list(caller: Identity, query: KeysQuery): Promise<KeysResponse> {
    const now = this.clock.now();
    const scope = caller.scope(query.accountId);
    const all = this.registry.list(scope).filter(({ id }) => caller.sees(id));
    const found = all.filter((key) => matches(key, query, now));
    const byUse = sortsByUse(query) ? await this.usage.figures(scope, null, now) : undefined;
    const { page, pagination } = pageOf(
      sorted(found, query, (key) => this.useOf(key, byUse?.get(key.id))),
      query,
    );
    const pageIds = page.map(({ id }) => id);
    const figures = byUse ?? (await this.usage.figures(scope, pageIds, now));
    const count = (status: KeyStatus): number => all.filter((key) => statusOf(key, now) === status).length;
    return {
      success: true,
      keys: page.map((key) => this.toResponse(key, figures.get(key.id) ?? NEVER_USED, now)),
      summary: {
        totalKeys: all.length,
        activeKeys: count('active'),
        expiredKeys: count('expired'),
        revokedKeys: count('revoked'),
      },
      pagination,
      timestamp: iso(now),
    };
  }

  /** @throws ApiException KEY_NOT_FOUND, also for another account's key */
  async get(caller: Identity, keyId: string, query: KeyQuery): Promise<OneKeyResponse> {
    return this.describe(this.find(caller, keyId, query.accountId));
  }

  /**
   * Changes what the request names and leaves the rest.
   * @throws ApiException KEY_NOT_FOUND; FORBIDDEN beyond the caller's rights; INVALID_PARAMETERS for fields that do not fit
   */
  async update(caller: Identity, keyId: string, request: UpdateKeyDto): Promise<OneKeyResponse> {
    const changed = await this.registry.change(this.find(caller, keyId).id, (key) =>
      changedKey(caller, key, request, this.registry.list(null), this.activeKeysOf(key.accountId), this.clock.now()),
    );
    return this.describe(changed);
  }

  /**
   * Gives the key a new secret; the old one works for the grace period. A secret from before an earlier rotation ends now.
   * @throws ApiException KEY_NOT_FOUND; FORBIDDEN for a key with rights the caller lacks; INVALID_PARAMETERS for a key that does not work
   */
  async rotate(caller: Identity, keyId: string, request: RotateKeyDto): Promise<NewSecretResponse> {
    const secret = newSecret();
    const grace = (request.gracePeriodSeconds ?? 0) * SECOND;
    const rotated = await this.registry.change(this.find(caller, keyId).id, (key) => {
      const now = this.clock.now();
      checkRotation(caller, key, now);
      return {
        ...key,
        secretHash: hashSecret(secret),
        tokenKey: tokenKeyOf(secret),
        previousSecretHash: grace > 0 ? key.secretHash : '',
        previousTokenKey: grace > 0 ? key.tokenKey : '',
        previousSecretUntil: grace > 0 ? now + grace : null,
      };
    });
    const { key } = await this.describe(rotated);
    return withSecret(secret, key, this.clock.now());
  }

  /**
   * Ends the key for good; a revoked one stays as it is. The answer does not wait for ClickHouse.
   * @throws ApiException KEY_NOT_FOUND; FORBIDDEN for an admin's key; INVALID_PARAMETERS for the last admin's; OVERLOADED
   *   when nothing could be stored
   */
  async revoke(caller: Identity, keyId: string): Promise<OneKeyResponse> {
    const revoked = await this.registry.revoke(this.find(caller, keyId).id, (key) =>
      checkRevocation(caller, key, this.registry.list(null), this.clock.now()),
    );
    const now = this.clock.now();
    const known = this.usage.figures(revoked.accountId, [revoked.id], now).catch(() => new Map<string, KeyFigures>());
    const figures = await withTimeout(known, FIGURES_PATIENCE_MS, () => new Map<string, KeyFigures>());
    return { success: true, key: this.toResponse(revoked, figures.get(keyId) ?? NEVER_USED, now), timestamp: iso(now) };
  }

  /** How many active keys an account may have; null: no limit. */
  private activeKeysOf(accountId: string): number | null {
    return this.accountLimits.limitsOf(accountId).activeKeys;
  }

  private find(caller: Identity, keyId: string, accountId?: string): Key {
    const key = this.registry.find(caller.scope(accountId), keyId);
    if (!key || !caller.sees(key.id))
      throw new ApiException('KEY_NOT_FOUND', `There is no key ${quoted(keyId)} here; GET /keys lists them.`);
    return key;
  }

  private async describe(key: Key): Promise<OneKeyResponse> {
    const now = this.clock.now();
    const figures = await this.usage.figures(key.accountId, [key.id], now);
    return { success: true, key: this.toResponse(key, figures.get(key.id) ?? NEVER_USED, now), timestamp: iso(now) };
  }

  private useOf(key: Key, { totalRequests, lastUsedAt }: KeyFigures = NEVER_USED): Use {
    return { requests: totalRequests, lastUsedAt: latest(lastUsedAt, this.uses.lastCall(key.id)) };
  }

  private toResponse(key: Key, figures: KeyFigures, now: number): KeyResponse {
    const { lastUsedAt: _, ...usage } = figures;
    return {
      id: key.id,
      accountId: key.accountId,
      name: key.name,
      description: key.description,
      tier: key.tier,
      permissions: key.permissions,
      rateLimit: limitsOf(key),
      status: statusOf(key, now),
      external: key.external,
      createdAt: iso(key.createdAt),
      expiresAt: isoOrNull(key.expiresAt),
      revokedAt: isoOrNull(key.revokedAt),
      lastUsedAt: isoOrNull(this.useOf(key, figures).lastUsedAt),
      usage,
      metadata: key.metadata,
    };
  }
}

function withSecret(apiKey: string, key: KeyResponse, now: number): NewSecretResponse {
  return { success: true, apiKey, keyId: key.id, key, timestamp: iso(now) };
}

/** The later of two instants; null where there is neither. */
function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
