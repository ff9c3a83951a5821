import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage } from '@nestjs/throttler';
import { Clock } from '@meterhouse/common';
import { type PerWindow, RateLimitStorage } from './rate-limit.storage';

/** What the limiter has counted, for reports. */
@Injectable()
export class RateLimitsService {
  constructor(
    @InjectThrottlerStorage() private readonly storage: RateLimitStorage,
    private readonly clock: Clock,
  ) {}

  /** Calls that keys made to this service in the running UTC minute, hour and day; refused ones are not among them. */
  ownCalls(keyIds: string[]): Promise<Map<string, PerWindow<number>>> {
    return this.storage.counts(keyIds, this.clock.now());
  }
}
