import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { MaintenanceController } from './maintenance.controller';
import { MaintenanceRepository } from './maintenance.repository';
import { MaintenanceService } from './maintenance.service';
import { StorageModule } from '../storage/storage.module';
import { AuthModule } from '../auth/auth.module';

/** Reconcile and deletion, for admins; the writer of ingest pauses for it. */
@Module({
  imports: [StorageModule, AuthModule, IngestModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceService, MaintenanceRepository],
})
export class MaintenanceModule {}
