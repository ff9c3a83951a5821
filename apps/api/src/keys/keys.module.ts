import { Module } from '@nestjs/common';
import { KeyUsageRepository } from './key-usage.repository';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';

@Module({
  controllers: [KeysController],
  providers: [KeysService, KeyUsageRepository],
})
export class KeysModule {}
