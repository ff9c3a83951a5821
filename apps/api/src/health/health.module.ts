import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';
import { MetricsController } from './metrics.controller';
import { StorageModule } from '../storage/storage.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [StorageModule, MonitoringModule],
  controllers: [HealthController, MetricsController],
  providers: [HealthService],
})
export class HealthModule {}
