import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller';
import { DeduplicationModule } from './deduplication/deduplication.module';
import { EventWriter } from './event-writer';
import { EventsController } from './events.controller';
import { ExclusiveWrites } from './exclusive-writes';
import { IngestService } from './ingest.service';

/** Events in: needs the global storage, auth and metrics modules. */
@Module({
  imports: [DeduplicationModule],
  controllers: [EventsController, DeadLettersController],
  providers: [IngestService, EventWriter, { provide: ExclusiveWrites, useExisting: EventWriter }],
  exports: [IngestService, ExclusiveWrites],
})
export class IngestModule {}
