import { Module } from '@nestjs/common';
import { Clock, Settings } from '@meterhouse/common';
import { CallCounters } from './call-counters';
import { CallLimits } from './call-limits';
import { MemoryCallCounters } from './memory-call-counters';
import { RedisCallCounters } from './redis-call-counters';
import { SteadyClock } from './steady-clock';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { AuthModule } from '../auth/auth.module';

/** Counts the calls to this service; in Redis where there are several instances. */
@Module({
  imports: [AuthModule, AccountLimitsModule],
  providers: [
    {
      provide: CallCounters,
      inject: [Settings],
      useFactory: ({ redisUrl }: Settings) =>
        redisUrl === undefined ? new MemoryCallCounters() : new RedisCallCounters(redisUrl),
    },
    { provide: SteadyClock, inject: [Clock], useFactory: (clock: Clock) => new SteadyClock(clock) },
    CallLimits,
  ],
  exports: [CallCounters, CallLimits, SteadyClock],
})
export class CallCountersModule {}
