import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import type { Authenticated } from './identity';
import { ANY, PERMISSION, PUBLIC } from './secured.decorator';
import type { Permission } from './key';
import { KEY_NEEDED } from './presented-secret';

/**
 * Last of the guards: lets a call through to the route when its key holds the route's permission. Through a share token it
 * changes nothing, whatever the route. A public route ignores a bad key; a route that declares nothing is closed to everybody. A declaration on a method counts before one
 * on its class, and of two on the same the permission.
 */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws ApiException UNAUTHORIZED, API_KEY_EXPIRED, API_KEY_REVOKED or FORBIDDEN */
  canActivate(context: ExecutionContext): boolean {
    const needed = this.declared(context);
    if (needed === 'anybody') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
    if (request.authenticationError) throw request.authenticationError;
    if (!request.identity) throw new ApiException('UNAUTHORIZED', KEY_NEEDED);
    if (needed === 'nobody') throw new ApiException('FORBIDDEN', 'This route is not open to any key.');
    const { token } = request.identity;
    if (token && request.method !== 'GET' && request.method !== 'HEAD') {
      throw new ApiException('FORBIDDEN', 'A share token can read only; call this route with an API key.');
    }
    if (needed !== ANY && !request.identity.may(needed)) {
      const what = token ? 'token' : 'key';
      throw new ApiException(
        'FORBIDDEN',
        `This route needs the permission ${needed}, which this ${what} does not have.`,
      );
    }
    return true;
  }

  private declared(context: ExecutionContext): Permission | typeof ANY | 'anybody' | 'nobody' {
    for (const target of [context.getHandler(), context.getClass()]) {
      const permission = this.reflector.get<Permission | typeof ANY | undefined>(PERMISSION, target);
      if (permission !== undefined) return permission;
      if (this.reflector.get<boolean | undefined>(PUBLIC, target)) return 'anybody';
    }
    return 'nobody';
  }
}
