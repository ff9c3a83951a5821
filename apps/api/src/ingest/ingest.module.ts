import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller';
import { DeduplicationModule } from './deduplication/deduplication.module';
import { EventWriter } from './delivery/event-writer';
import { EventCountsRepository } from './event-counts.repository';
import { EventQuota } from './event-quota';
import { EventsController } from './events.controller';
import { ExclusiveWrites } from './delivery/exclusive-writes';
import { IngestMetrics } from './ingest-metrics';
import { LogController } from './log.controller';
import { ParkedEvents } from './delivery/parked-events';
import { IngestService } from './ingest.service';
import { StorageModule } from '../storage/storage.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { CallCountersModule } from '../rate-limiting/call-counters.module';
import { AuthModule } from '../auth/auth.module';
import { MonitoringModule } from '../monitoring/monitoring.module';

@Module({
  imports: [
    StorageModule,
    AuthModule,
    AccountLimitsModule,
    CallCountersModule,
    EndpointsModule,
    MonitoringModule,
    DeduplicationModule,
  ],
  controllers: [EventsController, DeadLettersController, LogController],
  providers: [
    IngestService,
    EventQuota,
    EventCountsRepository,
    IngestMetrics,
    ParkedEvents,
    EventWriter,
    { provide: ExclusiveWrites, useExisting: EventWriter },
  ],
  exports: [ExclusiveWrites, ParkedEvents],
})
export class IngestModule {}
