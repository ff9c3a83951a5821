import { Injectable } from '@nestjs/common';
import { Clock, iso } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { Identity } from './identity';
import { statusOf } from './key';
import { KeyRegistry } from './key-registry';
import { presentedSecret } from './presented-secret';

/** Authenticates calls, from memory alone. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  /** The caller, why the key that was sent is not good, or undefined when none was sent. */
  authenticate(request: Pick<FastifyRequest, 'headers'>): Identity | ApiException | undefined {
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
