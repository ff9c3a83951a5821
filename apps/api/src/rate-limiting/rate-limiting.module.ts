import { type ExecutionContext, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { DAY, HOUR, MINUTE, Settings } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../auth/authentication.guard';
import type { Authenticated } from '../auth/identity';
import { type RateLimit, limitsOf } from '../auth/key';
import { PermissionGuard } from '../auth/permission.guard';
import { MemoryRateLimitStorage } from './memory-rate-limit.storage';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitsService } from './rate-limits.service';
import { RedisRateLimitStorage } from './redis-rate-limit.storage';

/** Three windows whose limits depend on the caller; infinity is no limit. */
function options(settings: Settings): ThrottlerModuleOptions {
  const anonymous: RateLimit = {
    requestsPerMinute: settings.anonymousPerMinute,
    requestsPerHour: null,
    requestsPerDay: null,
  };
  const limit =
    (field: keyof RateLimit) =>
    (context: ExecutionContext): number => {
      const { identity } = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
      return (identity ? limitsOf(identity.key) : anonymous)[field] ?? Infinity;
    };
  return {
    storage: settings.redisUrl ? new RedisRateLimitStorage(settings.redisUrl) : new MemoryRateLimitStorage(),
    throttlers: [
      { name: 'minute', ttl: MINUTE, limit: limit('requestsPerMinute') },
      { name: 'hour', ttl: HOUR, limit: limit('requestsPerHour') },
      { name: 'day', ttl: DAY, limit: limit('requestsPerDay') },
    ],
  };
}

/**
 * The guards of the whole service, in the order in which they run: who calls, how often, and whether the route is open
 * to it. They are registered in one place because that order matters: a bad key must cost its sender a call.
 */
@Module({
  imports: [ThrottlerModule.forRootAsync({ inject: [Settings], useFactory: options })],
  providers: [
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
    RateLimitsService,
  ],
  exports: [RateLimitsService],
})
export class RateLimitingModule {}
