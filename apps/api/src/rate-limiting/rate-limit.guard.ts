import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import { ApiException } from '../http/api-exception';
import { CallLimits } from './call-limits';

/**
 * The throttler's guard, which runs after `AuthenticationGuard`: trackers, keys, messages and `@SkipThrottle` are the
 * throttler's own, by the options in `RateLimitingModule`; the counting is its storage's, `CallLimits`. It is extended
 * only in what answers look like.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly limits: CallLimits,
    reflector: Reflector,
  ) {
    super(options, limits, reflector);
  }

  /** As the throttler's; its headers know one window, these all of a caller's, and a refused call has them too. */
  protected override async handleRequest(asked: ThrottlerRequest): Promise<boolean> {
    const { context, throttler, getTracker, generateKey } = asked;
    const { req, res } = this.getRequestResponse(context);
    const tracker = await getTracker(req, context);
    const key = generateKey(context, tracker, throttler.name ?? 'default');
    const { headers, ...record } = await this.limits.increment(key);
    for (const [name, value] of Object.entries(headers)) this.setResponseHeader(res, name, value);
    if (record.isBlocked) await this.throwThrottlingException(context, { ...record, key });
    return true;
  }

  /** The contract's error in place of the throttler's. @throws ApiException RATE_LIMIT_EXCEEDED */
  protected override async throwThrottlingException(
    context: ExecutionContext,
    detail: ThrottlerLimitDetail,
  ): Promise<void> {
    const message = await this.getErrorMessage(context, detail);
    throw new ApiException('RATE_LIMIT_EXCEEDED', message, undefined, detail.timeToBlockExpire);
  }
}
