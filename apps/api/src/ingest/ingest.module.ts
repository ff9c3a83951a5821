import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller';
import { DeduplicationModule } from './deduplication/deduplication.module';
import { EventWriter } from './delivery/event-writer';
import { EventsController } from './events.controller';
import { ExclusiveWrites } from './delivery/exclusive-writes';
import { IngestMetrics } from './ingest-metrics';
import { IngestService } from './ingest.service';
import { StorageModule } from '../storage/storage.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [StorageModule, AuthModule, EndpointsModule, MonitoringModule, DeduplicationModule],
  controllers: [EventsController, DeadLettersController],
  providers: [IngestService, IngestMetrics, EventWriter, { provide: ExclusiveWrites, useExisting: EventWriter }],
  exports: [ExclusiveWrites],
})
export class IngestModule {}
