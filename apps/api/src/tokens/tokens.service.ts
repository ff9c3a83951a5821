import { Injectable } from '@nestjs/common';
import { Clock, SECOND, iso } from '@meterhouse/common';
import type { Identity } from '../auth/identity';
import { KeyRegistry } from '../auth/key-registry';
import {
  type ShareToken,
  TOKEN_PERMISSIONS,
  type TokenPermission,
  newTokenId,
  signToken,
  tokenKeyOf,
} from '../auth/share-token';
import { ApiException } from '../http/api-exception';
import { quoted } from '../http/fields';
import type { CreateTokenDto } from './dto/create-token.dto';
import type { CreatedTokenDto } from './dto/created-token.dto';

const DEFAULT_SECONDS = 3_600;

/** Makes share tokens within what the key that makes them may do. */
@Injectable()
export class TokensService {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  /**
   * @param secret of the calling key
   * @param urlOf where the dashboard is opened, for the fragment of its address
   * @throws ApiException FORBIDDEN beyond the caller's rights; ACCOUNT_NOT_FOUND; KEY_NOT_FOUND for a key outside the account
   */
  create(
    caller: Identity,
    secret: string,
    request: CreateTokenDto,
    urlOf: (fragment: string) => string,
  ): CreatedTokenDto {
    const now = this.clock.now();
    // Refuses a member that names another account.
    caller.scope(request.accountId);
    const accountId = request.accountId ?? caller.accountId;
    this.checkKeys(accountId, request.keyIds ?? []);
    const { key } = caller;
    if (![key.tokenKey, key.previousTokenKey].includes(tokenKeyOf(secret))) {
      throw new ApiException('FORBIDDEN', 'This key is older than share tokens; rotate it, then it can make them.');
    }
    const asked = now + (request.expiresInSeconds ?? DEFAULT_SECONDS) * SECOND;
    const token: ShareToken = {
      id: newTokenId(),
      keyId: key.id,
      accountId,
      keyIds: request.keyIds ?? null,
      permissions: grantedPermissions(caller, request.permissions),
      expiresAt: Math.min(asked, key.expiresAt ?? Infinity),
    };
    const signed = signToken(token, secret);
    return {
      success: true,
      token: signed,
      tokenId: token.id,
      expiresAt: iso(token.expiresAt),
      url: urlOf(`token=${signed}`),
      timestamp: iso(now),
    };
  }

  private checkKeys(accountId: string, keyIds: readonly string[]): void {
    this.registry.checkAccount(accountId);
    const missing = keyIds.find((keyId) => !this.registry.find(accountId, keyId));
    if (missing === undefined) return;
    throw new ApiException(
      'KEY_NOT_FOUND',
      `There is no key ${quoted(missing)} in the account ${quoted(accountId)}; GET /keys lists its keys.`,
    );
  }
}

/** Those asked for, or all that a token may have and the caller has. */
function grantedPermissions(caller: Identity, asked: readonly TokenPermission[] | undefined | null): TokenPermission[] {
  const missing = (asked ?? []).filter((permission) => !caller.may(permission));
  if (missing.length > 0) {
    throw new ApiException(
      'FORBIDDEN',
      `A token can have only permissions that its key has; this one does not have ${missing.join(', ')}.`,
    );
  }
  return TOKEN_PERMISSIONS.filter((permission) => asked?.includes(permission) ?? caller.may(permission));
}
