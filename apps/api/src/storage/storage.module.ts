/** ClickHouse, opened and migrated, and what is known of the data in it. */
import { join } from 'node:path';
import { Inject, Logger, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ClickHouse, applyRetention, applyViews, migrate, refuseReplicas } from '@meterhouse/clickhouse';
import { Settings, projectRoot } from '@meterhouse/common';
import { type TakenFolder, instanceName, takeFolder } from './data-folder';
import { DataVersions } from './data-versions';
import { Lease } from './lease';
import { checkParts, recordParts } from './parts-record';
import { beforeMigrations } from './upgrade';
import { Watermark } from './watermark';

/** After the writer's time to drain (see `EventWriter`). */
const INTERRUPT_MS = 6_000;

/** The data folder, while this process has it. */
const DATA_FOLDER = Symbol('DATA_FOLDER');

@Module({
  providers: [
    {
      provide: DATA_FOLDER,
      inject: [Settings],
      useFactory: ({ storage }: Settings) => takeFolder(storage.dataDir),
    },
    { provide: ClickHouse, inject: [Settings, DATA_FOLDER], useFactory: openStorage },
    Watermark,
    DataVersions,
    Lease,
  ],
  exports: [ClickHouse, Watermark, DataVersions, Lease],
})
export class StorageModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    private readonly clickhouse: ClickHouse,
    @Inject(DATA_FOLDER) private readonly folder: TakenFolder,
    private readonly settings: Settings,
  ) {}

  /** A server that hangs must not hold the stop up: what was being sent to it stays in the log. */
  onModuleDestroy(): void {
    setTimeout(() => void this.clickhouse.interrupt(), INTERRUPT_MS).unref();
  }

  /** Runs last: whatever writes has drained in `beforeApplicationShutdown`. */
  async onApplicationShutdown(): Promise<void> {
    try {
      if (this.clickhouse.embedded) await recordParts(this.clickhouse, this.settings.storage.dataDir);
    } finally {
      await this.clickhouse.close();
      await this.folder.release();
    }
  }
}

/** Opens the storage and brings its schema up to date. @throws StorageError in one sentence when it cannot */
async function openStorage(settings: Settings, folder: TakenFolder): Promise<ClickHouse> {
  const logger = new Logger('Storage');
  let opened: ClickHouse | undefined;
  try {
    if (settings.storage.clickhouseUrl === undefined) await checkParts(settings.storage.dataDir);
    const clickhouse = await ClickHouse.open(settings.storage, {
      onCancelRefused: (reason) =>
        logger.warn(`Reads whose client has gone go on to their end; grant KILL QUERY to the server's user. ${reason}`),
    });
    opened = clickhouse;
    if (!clickhouse.embedded) await refuseReplicas(clickhouse);
    const schema = join(projectRoot(), 'clickhouse');
    const lock = {
      instance: await instanceName(settings.storage.dataDir),
      waiting: (instance: string) => logger.log(`Waiting for instance ${instance}, which is migrating this database.`),
    };
    const applied = await migrate(clickhouse, join(schema, 'migrations'), {
      ...lock,
      beforeApplying: (pending, count) => beforeMigrations(clickhouse, settings.storage.dataDir, pending, count),
    });
    if (applied.length > 0) logger.log(`Applied ${applied.length} migrations.`);
    const views = await applyViews(clickhouse, join(schema, 'views'), lock);
    if (views.length > 0) logger.log(`Made ${views.length} views for BI tools.`);
    await applyRetention(clickhouse, settings.retention);
    return clickhouse;
  } catch (error) {
    await opened?.close();
    await folder.release();
    throw error;
  }
}
