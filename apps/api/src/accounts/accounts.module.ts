import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { AccountLimitsModule } from './account-limits.module';
import { AccountUsageRepository } from './account-usage.repository';
import { AccountsController } from './accounts.controller';
import { AccountsService } from './accounts.service';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, AccountLimitsModule],
  controllers: [AccountsController],
  providers: [AccountsService, AccountUsageRepository],
})
export class AccountsModule {}
