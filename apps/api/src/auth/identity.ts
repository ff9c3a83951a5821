/** The caller's identity, and how a controller reads it. */
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { type AccountScope, type Key, holds } from './key';

/** The caller of a request, once the key it sent was found good. */
export class Identity {
  constructor(readonly key: Key) {}

  get accountId(): string {
    return this.key.accountId;
  }

  get isAdmin(): boolean {
    return holds(this.key, 'admin');
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

/** What the authentication step left on the request. */
export interface Authenticated {
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
