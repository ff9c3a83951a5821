import { Module } from '@nestjs/common';
import { KeyUsageRepository } from './key-usage.repository';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';
import { StorageModule } from '../storage/storage.module';
import { AccountsModule } from '../accounts/accounts.module';
import { AuthModule } from '../auth/auth.module';

@Module({
  imports: [StorageModule, AuthModule, AccountsModule],
  controllers: [KeysController],
  providers: [KeysService, KeyUsageRepository],
})
export class KeysModule {}
