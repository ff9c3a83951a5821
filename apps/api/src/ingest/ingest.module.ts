import { Module } from '@nestjs/common';
import { ClickHouseDeduplicator, Deduplicator } from './deduplicator';
import { EventWriter } from './event-writer';
import { EventsController } from './events.controller';
import { IngestService } from './ingest.service';

/** Events in: needs the global storage and auth modules. */
@Module({
  controllers: [EventsController],
  providers: [IngestService, EventWriter, { provide: Deduplicator, useClass: ClickHouseDeduplicator }],
  exports: [IngestService],
})
export class IngestModule {}
