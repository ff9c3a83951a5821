import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { CapacityController } from './capacity.controller';
import { CapacityService } from './capacity.service';
import { PeaksRepository } from './peaks.repository';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule],
  controllers: [CapacityController],
  providers: [CapacityService, PeaksRepository],
  exports: [CapacityService],
})
export class CapacityModule {}
