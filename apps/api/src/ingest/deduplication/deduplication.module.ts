import { Module } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { Clock, Settings } from '@meterhouse/common';
import { Deduplicator } from './deduplicator';
import { EmbeddedDeduplicator } from './embedded-deduplicator';
import { EventIdsRepository } from './event-ids.repository';
import { RedisDeduplicator } from './redis-deduplicator';
import { ServerDeduplicator } from './server-deduplicator';
import { StorageModule } from '../../storage/storage.module';

/** The embedded engine has one process, which needs no Redis to know its ids. */
function deduplicator(clickhouse: ClickHouse, settings: Settings, clock: Clock): Deduplicator {
  const ids = new EventIdsRepository(clickhouse);
  if (clickhouse.embedded) return new EmbeddedDeduplicator(ids, clock);
  return settings.redisUrl ? new RedisDeduplicator(settings.redisUrl, ids, clock) : new ServerDeduplicator(ids, clock);
}

@Module({
  imports: [StorageModule],
  providers: [{ provide: Deduplicator, inject: [ClickHouse, Settings, Clock], useFactory: deduplicator }],
  exports: [Deduplicator],
})
export class DeduplicationModule {}
