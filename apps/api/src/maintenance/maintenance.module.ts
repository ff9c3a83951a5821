import { Module } from '@nestjs/common';
import { Integrity } from './integrity';
import { IntegrityRepository } from './integrity.repository';
import { IngestModule } from '../ingest/ingest.module';
import { BackupsController } from './backups.controller';
import { BackupsRepository } from './backups.repository';
import { BackupsService } from './backups.service';
import { MaintenanceController } from './maintenance.controller';
import { MaintenanceRepository } from './maintenance.repository';
import { MaintenanceService } from './maintenance.service';
import { MaintenanceTurn } from './maintenance-turn';
import { StorageModule } from '../storage/storage.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { AuthModule } from '../auth/auth.module';

/** Reconcile, deletion and backups, for admins; the writer of ingest pauses for it. */
@Module({
  imports: [StorageModule, AuthModule, IngestModule, MonitoringModule],
  controllers: [MaintenanceController, BackupsController],
  providers: [
    Integrity,
    IntegrityRepository,
    MaintenanceService,
    MaintenanceRepository,
    MaintenanceTurn,
    BackupsService,
    BackupsRepository,
  ],
})
export class MaintenanceModule {}
