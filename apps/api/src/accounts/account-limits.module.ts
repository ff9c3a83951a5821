import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { AccountLimits } from './account-limits';
import { LimitOverrides } from './limit-overrides';
import { LimitOverridesRepository } from './limit-overrides.repository';

/** The limits of accounts, for every capability that holds one. */
@Module({
  imports: [StorageModule, AuthModule],
  providers: [LimitOverridesRepository, LimitOverrides, AccountLimits],
  exports: [AccountLimits, LimitOverrides],
})
export class AccountLimitsModule {}
