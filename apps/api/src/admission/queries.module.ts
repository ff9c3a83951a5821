import { Module } from '@nestjs/common';
import { QueryGate } from './query-gate';
import { QueryMetrics } from './query-metrics';
import { StorageModule } from '../storage/storage.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({ imports: [StorageModule, MonitoringModule], providers: [QueryGate, QueryMetrics], exports: [QueryGate] })
export class QueriesModule {}
