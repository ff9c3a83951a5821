/** The caller's identity, and how a controller reads it. */
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { type AccountScope, type Key, type Permission, holds } from './key';
import type { ShareToken } from './share-token';
import type { FromAccount } from '../http/body/body-reader';

/** The caller of a request, once the key it sent was found good. */
export class Identity {
  /**
   * @param key the key that was sent, or the one that made the token that was: its budget counts the call
   * @param token what the caller is bound to, where it sent a share token
   */
  constructor(
    readonly key: Key,
    readonly token?: ShareToken,
  ) {}

  get accountId(): string {
    return this.token?.accountId ?? this.key.accountId;
  }

  get isAdmin(): boolean {
    return this.token === undefined && holds(this.key, 'admin');
  }

  /** A token may do what it says, as far as the key that made it still may. */
  may(permission: Permission): boolean {
    const granted: readonly Permission[] = this.token?.permissions ?? [permission];
    return granted.includes(permission) && holds(this.key, permission);
  }

  /** Whether a read of a scope may begin or go on. */
  mayRead(scope: AccountScope): boolean {
    return this.may('usage:read') && (this.isAdmin || this.accountId === scope);
  }

  /** Whether a key of the scope exists for the caller; a token may be restricted to some. */
  sees(keyId: string): boolean {
    return this.token?.keyIds?.includes(keyId) ?? true;
  }

  /**
   * The keys that a read is about: those asked for; where none are, those that a token is restricted to; none means all.
   * @throws ApiException KEY_NOT_FOUND for a key outside of the restriction
   */
  keysFor(asked: readonly string[]): readonly string[] {
    if (!asked.every((keyId) => this.sees(keyId))) throw noSuchKey();
    return asked.length > 0 ? asked : (this.token?.keyIds ?? []);
  }

  /**
   * The account a read is about: the caller's own; for an admin the one it names, or all.
   * @throws ApiException FORBIDDEN when a caller that is no admin names another account
   */
  scope(accountId: string | undefined): AccountScope {
    if (this.isAdmin) return accountId ?? null;
    if (accountId !== undefined && accountId !== this.accountId) {
      throw new ApiException(
        'FORBIDDEN',
        'accountId can be set by an admin only; leave it out to read your own account.',
      );
    }
    return this.accountId;
  }
}

/** Of a key that does not exist for the caller: another account's, or one that its token does not name. */
export function noSuchKey(): ApiException {
  return new ApiException('KEY_NOT_FOUND', 'There is no such key in this account; GET /keys lists its keys.');
}

/** What the authentication step left on the request. */
export interface Authenticated extends FromAccount {
  identity?: Identity;
  /** Why the key that was sent is not good; thrown once the rate limiter has counted the call. */
  authenticationError?: ApiException;
}

/** Injects the `Identity` of a route that requires a permission. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
  if (!identity) throw new ApiException('UNAUTHORIZED', 'This route needs an API key.');
  return identity;
});
