import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { type ThrottlerLimitDetail, ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { DAY, RESOLUTION_MS } from '@meterhouse/common';
import { AuthenticationGuard } from '../auth/authentication.guard';
import { PermissionGuard } from '../auth/permission.guard';
import { WINDOWS } from './call-counters';
import { CallCountersModule } from './call-counters.module';
import { CallLimits, trackerOf } from './call-limits';
import { PublicCalls } from './public-calls';
import { RateLimitGuard } from './rate-limit.guard';
import { AuthModule } from '../auth/auth.module';

/**
 * One throttler for all windows of a caller, because a call is counted in each of them or in none; their limits by tier
 * are the storage's. One budget over all routes, because calls are counted under the tracker alone.
 */
function options(limits: CallLimits): ThrottlerModuleOptions {
  return {
    throttlers: [{ ttl: DAY, limit: Infinity }],
    storage: limits,
    getTracker: (_, context) => trackerOf(context.switchToHttp().getRequest()),
    generateKey: (_, tracker) => tracker,
    errorMessage: (_, detail) => refusal(detail),
  };
}

function refusal({ tracker, limit, ttl, timeToBlockExpire }: ThrottlerLimitDetail): string {
  const window = WINDOWS.find((name) => RESOLUTION_MS[name] === ttl);
  const most = `limit of ${limit} requests a ${window}`;
  const whose = tracker.startsWith('account:')
    ? `The ${most} for all keys of the account together`
    : tracker.startsWith('key:')
      ? `The ${most}`
      : `Without a valid API key, the ${most}`;
  return `${whose} is used up; try again in ${timeToBlockExpire} seconds.`;
}

/**
 * The guards of the whole service, in the order in which they run: authentication, rate limit, and whether the route is open
 * to it. They are registered in one place because that order matters: a bad key must cost its sender a call.
 */
@Module({
  imports: [
    AuthModule,
    CallCountersModule,
    ThrottlerModule.forRootAsync({ imports: [CallCountersModule], inject: [CallLimits], useFactory: options }),
  ],
  providers: [
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
    PublicCalls,
  ],
})
export class RateLimitingModule {}
