import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from './authenticator';
import { type Authenticated, Identity } from './identity';
import { KeyUses } from './key-uses';

/**
 * First of the guards: authenticates the call, and puts the identity, or why the key is not good, on the request. It lets every
 * call through, so that the rate limiter counts bad keys too; `PermissionGuard` turns them away.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly uses: KeyUses,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
    const outcome = this.authenticator.authenticate(request);
    if (outcome instanceof Identity) {
      request.identity = outcome;
      this.uses.record(outcome.key.id);
    } else {
      request.authenticationError = outcome;
    }
    return true;
  }
}
