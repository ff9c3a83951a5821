import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { Clock } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import type { Authenticated } from '../auth/identity';
import { type Standing, rateLimitHeaders, standings, tightest } from './rate-limit-headers';
import { RateLimitStorage, type Subject, type WindowLimits } from './rate-limit.storage';

/** What `@SkipThrottle()` leaves on a route; the throttler does not export the name. */
const SKIP = 'THROTTLER:SKIPdefault';

/**
 * Limits every call, after `AuthenticationGuard`: one budget a key over all routes, and one a client address for calls
 * without a valid key. In place of the throttler's one count a window and route, one operation checks all windows and
 * counts the call in all of them or, when one is full, in none.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly storage: RateLimitStorage,
    reflector: Reflector,
    private readonly clock: Clock,
  ) {
    super(options, storage, reflector);
  }

  /** @throws ApiException RATE_LIMIT_EXCEEDED once a window is full */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (await this.shouldSkip(context)) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & Authenticated>();
    const limits = await this.limits(context);
    const now = this.clock.now();
    const { allowed, counts } = await this.storage.consume(await this.subject(request), limits, now);
    const standing = standings(limits, counts, now);
    http.getResponse<FastifyReply>().headers(rateLimitHeaders(standing, now));
    if (!allowed) throw refusal(standing, request);
    return true;
  }

  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const skip = this.reflector.getAllAndOverride<boolean | undefined>(SKIP, [
      context.getHandler(),
      context.getClass(),
    ]);
    return Promise.resolve(skip === true);
  }

  /** A key's calls count for the key; others for the address, of which IPv6 gives a whole /64 to one client. */
  private async subject(request: FastifyRequest & Authenticated): Promise<Subject> {
    if (request.identity) return { kind: 'key', id: request.identity.key.id };
    return { kind: 'address', id: await this.getTracker(request) };
  }

  private async limits(context: ExecutionContext): Promise<WindowLimits> {
    const limitOf = async (window: keyof WindowLimits): Promise<number | null> => {
      const limit = this.throttlers.find(({ name }) => name === window)?.limit;
      const value = Number(typeof limit === 'function' ? await limit(context) : (limit ?? Infinity));
      return value === Infinity ? null : value;
    };
    return { minute: await limitOf('minute'), hour: await limitOf('hour'), day: await limitOf('day') };
  }
}

function refusal(standing: readonly Standing[], request: Authenticated): ApiException {
  const full = tightest(standing);
  const seconds = full?.secondsLeft ?? 1;
  const whose = request.identity ? 'The limit' : 'Without a valid API key, the limit';
  return new ApiException(
    'RATE_LIMIT_EXCEEDED',
    `${whose} of ${full?.limit ?? 0} requests a ${full?.window ?? 'minute'} is used up; try again in ${seconds} seconds.`,
    undefined,
    seconds,
  );
}
