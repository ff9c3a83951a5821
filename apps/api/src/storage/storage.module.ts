/** ClickHouse, opened and migrated, and what is known of the data in it. */
import { join } from 'node:path';
import { Logger, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ClickHouse, applyRetention, applyViews, migrate, refuseReplicas } from '@meterhouse/clickhouse';
import { Settings } from '@meterhouse/common';
import { instanceName, takeFolder } from './data-folder';
import { DataVersions } from './data-versions';
import { projectRoot } from './project-root';
import { Watermark } from './watermark';

/** After the writer's time to drain (see `EventWriter`). */
const INTERRUPT_MS = 6_000;

@Module({
  providers: [{ provide: ClickHouse, inject: [Settings], useFactory: openStorage }, Watermark, DataVersions],
  exports: [ClickHouse, Watermark, DataVersions],
})
export class StorageModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** A server that hangs must not hold the stop up: what was being sent to it stays in the log. */
  onModuleDestroy(): void {
    setTimeout(() => void this.clickhouse.interrupt(), INTERRUPT_MS).unref();
  }

  /** Runs last: whatever writes has drained in `beforeApplicationShutdown`. */
  async onApplicationShutdown(): Promise<void> {
    await this.clickhouse.close();
  }
}

/** Opens the storage and brings its schema up to date. @throws StorageError in one sentence when it cannot */
async function openStorage(settings: Settings): Promise<ClickHouse> {
  await takeFolder(settings.storage.dataDir);
  const logger = new Logger('Storage');
  const clickhouse = await ClickHouse.open(settings.storage, {
    onCancelRefused: (reason) =>
      logger.warn(`Reads whose client has gone go on to their end; grant KILL QUERY to the server's user. ${reason}`),
  });
  try {
    if (!clickhouse.embedded) await refuseReplicas(clickhouse);
    const schema = join(projectRoot(), 'clickhouse');
    const lock = {
      instance: await instanceName(settings.storage.dataDir),
      waiting: (instance: string) =>
        logger.log(`Waiting for instance ${instance}, which is migrating this database.`),
    };
    const applied = await migrate(clickhouse, join(schema, 'migrations'), lock);
    if (applied.length > 0) logger.log(`Applied ${applied.length} migrations.`);
    const views = await applyViews(clickhouse, join(schema, 'views'), lock);
    if (views.length > 0) logger.log(`Made ${views.length} views for BI tools.`);
    await applyRetention(clickhouse, settings.retention);
    return clickhouse;
  } catch (error) {
    await clickhouse.close();
    throw error;
  }
}
