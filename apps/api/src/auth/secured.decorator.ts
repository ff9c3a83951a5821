/** Who may call a route. Every route is declared with one of these; `routes.spec.ts` fails on one that is not. */
import { SetMetadata, applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiSecurity } from '@nestjs/swagger';
import type { ErrorCode } from '@meterhouse/common';
import { ApiErrors } from '../http/api-errors.decorator';
import type { Permission } from './key';

export const PERMISSION = 'meterhouse:permission';
export const PUBLIC = 'meterhouse:public';

/** In place of a permission, of a route for every caller. */
export const ANY = 'any';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** On a route that is `@Secured`, whose calls the throttler counts. */
    secured?: boolean;
  }
}

/** What every route that takes a key may answer. */
const KEY_ERRORS: readonly ErrorCode[] = [
  'INVALID_PARAMETERS',
  'UNAUTHORIZED',
  'API_KEY_EXPIRED',
  'API_KEY_REVOKED',
  'FORBIDDEN',
  'RATE_LIMIT_EXCEEDED',
  'INTERNAL',
  'OVERLOADED',
];

/**
 * A route for keys with a permission; documents both ways to send a key, and the errors.
 * @param errors the codes that not every route with a key may answer
 * @example @Secured('keys:read', 'KEY_NOT_FOUND')
 */
export function Secured(permission: Permission, ...errors: ErrorCode[]): MethodDecorator {
  return secured(permission, errors);
}

/** A route for every key and share token that is good, whatever it may do. */
export function AnyCaller(...errors: ErrorCode[]): MethodDecorator {
  return secured(ANY, errors);
}

function secured(permission: Permission | typeof ANY, errors: ErrorCode[]): MethodDecorator {
  return applyDecorators(
    SetMetadata(PERMISSION, permission),
    RouteConfig({ secured: true }),
    ApiSecurity('apiKey'),
    ApiSecurity('bearer'),
    ApiErrors(...errors, ...KEY_ERRORS),
  );
}

/** A route that needs no key; without one the call counts for the client's address. */
export const Public = () => SetMetadata(PUBLIC, true);
