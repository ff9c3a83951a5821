import { Module } from '@nestjs/common';
import { QueryGate } from './query-gate';
import { QueryMetrics } from './query-metrics';
import { HttpModule } from '../http/http.module';
import { StorageModule } from '../storage/storage.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [HttpModule, StorageModule, MonitoringModule],
  providers: [QueryGate, QueryMetrics],
  exports: [QueryGate],
})
export class QueriesModule {}
