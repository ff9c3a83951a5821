import { Module } from '@nestjs/common';
import { QueriesModule } from '../../admission/queries.module';
import { UsageModule } from '../usage.module';
import { UsageExportController } from './usage-export.controller';
import { UsageExportRepository } from './usage-export.repository';
import { UsageExportService } from './usage-export.service';
import { StorageModule } from '../../storage/storage.module';
import { AuthModule } from '../../auth/auth.module';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule],
  controllers: [UsageExportController],
  providers: [UsageExportService, UsageExportRepository],
})
export class UsageExportModule {}
