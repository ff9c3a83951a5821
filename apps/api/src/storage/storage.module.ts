/** Settings, clock and ClickHouse for the whole service. */
import { join } from 'node:path';
import {
  type DynamicModule,
  Global,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ClickHouse, applyRetention, migrate } from '@meterhouse/clickhouse';
import { Clock, Settings, SystemClock } from '@meterhouse/common';
import { takeFolder } from './data-folder';
import { DataVersions } from './data-versions';
import { projectRoot } from './project-root';
import { Watermark } from './watermark';

/** After the writer's time to drain (see `EventWriter`). */
const INTERRUPT_MS = 6_000;

@Global()
@Module({})
export class StorageModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(@Inject(ClickHouse) private readonly clickhouse: ClickHouse) {}

  static forRoot(settings: Settings, clickhouse: ClickHouse): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useClass: SystemClock },
        Watermark,
        DataVersions,
        { provide: ClickHouse, useValue: clickhouse },
      ],
      exports: [Settings, Clock, ClickHouse, Watermark, DataVersions],
    };
  }

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
export async function openStorage(settings: Settings): Promise<ClickHouse> {
  await takeFolder(settings.storage.dataDir);
  const clickhouse = await ClickHouse.open(settings.storage);
  try {
    const applied = await migrate(clickhouse, join(projectRoot(), 'clickhouse', 'migrations'));
    if (applied.length > 0) new Logger('Storage').log(`Applied ${applied.length} migrations.`);
    await applyRetention(clickhouse, settings.retention);
    return clickhouse;
  } catch (error) {
    await clickhouse.close();
    throw error;
  }
}
