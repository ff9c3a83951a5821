import { Module } from '@nestjs/common';
import { KeyUsageRepository } from './key-usage.repository';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';
import { StorageModule } from '../storage/storage.module';
import { AuthModule } from '../auth/auth.module';

@Module({
  imports: [StorageModule, AuthModule],
  controllers: [KeysController],
  providers: [KeysService, KeyUsageRepository],
})
export class KeysModule {}
