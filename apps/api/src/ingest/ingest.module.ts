import { Module } from '@nestjs/common';
import { DeadLettersController } from './delivery/dead-letters.controller';
import { DeduplicationModule } from './deduplication/deduplication.module';
import { EventWriter } from './delivery/event-writer';
import { EventsController } from './events.controller';
import { ExclusiveWrites } from './delivery/exclusive-writes';
import { IngestMetrics } from './ingest-metrics';
import { IngestService } from './ingest.service';

/** Events in: needs the global storage, auth and metrics modules. */
@Module({
  imports: [DeduplicationModule],
  controllers: [EventsController, DeadLettersController],
  providers: [IngestService, IngestMetrics, EventWriter, { provide: ExclusiveWrites, useExisting: EventWriter }],
  exports: [ExclusiveWrites],
})
export class IngestModule {}
