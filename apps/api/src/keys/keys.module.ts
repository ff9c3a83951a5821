import { Module } from '@nestjs/common';
import { KeyUsage } from './key-usage';
import { KeyUsageRepository } from './key-usage.repository';
import { KeysController } from './keys.controller';
import { KeysService } from './keys.service';

@Module({
  controllers: [KeysController],
  providers: [KeysService, { provide: KeyUsage, useClass: KeyUsageRepository }],
  exports: [KeysService],
})
export class KeysModule {}
