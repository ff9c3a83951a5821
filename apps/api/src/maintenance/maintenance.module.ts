import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { MaintenanceController } from './maintenance.controller';
import { MaintenanceRepository } from './maintenance.repository';
import { MaintenanceService } from './maintenance.service';

/** Reconcile and deletion, for admins; the writer of ingest pauses for it. */
@Module({
  imports: [IngestModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceService, MaintenanceRepository],
})
export class MaintenanceModule {}
