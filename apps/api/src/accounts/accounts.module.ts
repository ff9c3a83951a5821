import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { AccountLimits } from './account-limits';
import { AccountUsageRepository } from './account-usage.repository';
import { AccountsController } from './accounts.controller';
import { AccountsService } from './accounts.service';
import { LimitOverrides } from './limit-overrides';
import { LimitOverridesRepository } from './limit-overrides.repository';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule],
  controllers: [AccountsController],
  providers: [AccountsService, AccountUsageRepository, LimitOverridesRepository, LimitOverrides, AccountLimits],
  exports: [AccountLimits],
})
export class AccountsModule {}
