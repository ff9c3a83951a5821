import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { AdviceController } from './advice.controller';
import { AdviceRecordsRepository } from './advice-records.repository';
import { AdviceRepository } from './advice.repository';
import { AdviceService } from './advice.service';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule],
  controllers: [AdviceController],
  providers: [AdviceService, AdviceRepository, AdviceRecordsRepository],
})
export class AdviceModule {}
