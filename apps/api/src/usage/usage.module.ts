import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { CallCountersModule } from '../rate-limiting/call-counters.module';
import { AccountSizes } from './read/account-sizes';
import { Drift } from './read/drift';
import { CountsReader } from './read/counts.reader';
import { ContextReader } from './read/context.reader';
import { SumsReader } from './read/sums.reader';
import { UsageController } from './usage.controller';
import { TopReader } from './read/top.reader';
import { UsageReader } from './read/usage.reader';
import { UsageRepository } from './read/usage.repository';
import { UsageService } from './usage.service';
import { StorageModule } from '../storage/storage.module';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [StorageModule, AuthModule, AccountLimitsModule, QueriesModule, CallCountersModule, MonitoringModule],
  controllers: [UsageController],
  providers: [
    UsageService,
    UsageReader,
    ContextReader,
    SumsReader,
    TopReader,
    UsageRepository,
    AccountSizes,
    Drift,
    CountsReader,
  ],
  exports: [UsageService, UsageReader, CountsReader],
})
export class UsageModule {}
