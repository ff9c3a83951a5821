import { Module } from '@nestjs/common';
import { KeyUsageRepository } from './key-usage.repository';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';
import { StorageModule } from '../storage/storage.module';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { AuthModule } from '../auth/auth.module';

@Module({
  imports: [StorageModule, AuthModule, AccountLimitsModule],
  controllers: [KeysController],
  providers: [KeysService, KeyUsageRepository],
})
export class KeysModule {}
