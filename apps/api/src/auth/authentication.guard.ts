import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ApiException, Clock, iso } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { type Authenticated, Identity } from './identity';
import { statusOf } from './key';
import { KeyRegistry } from './key-registry';
import { presentedSecret } from './presented-secret';

/**
 * First of the guards: finds out who calls, or why the key is not good, and leaves that on the request. It lets every
 * call through, so that the rate limiter counts bad keys too; `PermissionGuard` turns them away.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
    const outcome = this.authenticate(request);
    if (outcome instanceof Identity) request.identity = outcome;
    else request.authenticationError = outcome;
    return true;
  }

  private authenticate(request: FastifyRequest): Identity | ApiException | undefined {
    const presented = presentedSecret(request.headers);
    if ('problem' in presented) return new ApiException('UNAUTHORIZED', presented.problem);
    if (presented.secret === undefined) return undefined;
    const key = this.registry.findBySecret(presented.secret);
    if (!key) {
      return new ApiException(
        'UNAUTHORIZED',
        'This API key is not known: it is mistyped, was replaced, or belongs to another service.',
      );
    }
    return this.refusal(key.revokedAt, key.expiresAt) ?? new Identity(key);
  }

  private refusal(revokedAt: number | null, expiresAt: number | null): ApiException | undefined {
    const status = statusOf({ revokedAt, expiresAt }, this.clock.now());
    const since = (at: number | null): string => (at === null ? '' : ` at ${iso(at)}`);
    if (status === 'revoked') {
      return new ApiException('API_KEY_REVOKED', `This API key was revoked${since(revokedAt)}; ask for a new one.`);
    }
    if (status === 'expired') {
      return new ApiException('API_KEY_EXPIRED', `This API key expired${since(expiresAt)}; ask for a new one.`);
    }
    return undefined;
  }
}
