/** Settings, clock and ClickHouse for the whole service. */
import { join } from 'node:path';
import { type DynamicModule, Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ClickHouse, applyRetention, migrate } from '@meterhouse/clickhouse';
import { Clock, type Settings, SystemClock } from '@meterhouse/common';
import { projectRoot } from './project-root';

/** Injects the `Settings`. */
export const SETTINGS = Symbol('SETTINGS');

@Global()
@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(ClickHouse) private readonly clickhouse: ClickHouse) {}

  static forRoot(settings: Settings, clickhouse: ClickHouse): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useClass: SystemClock },
        { provide: ClickHouse, useValue: clickhouse },
      ],
      exports: [SETTINGS, Clock, ClickHouse],
    };
  }

  /** Runs last: whatever writes has drained in `beforeApplicationShutdown`. */
  async onApplicationShutdown(): Promise<void> {
    await this.clickhouse.close();
  }
}

/** Opens the storage and brings its schema up to date. @throws StorageError in one sentence when it cannot */
export async function openStorage(settings: Settings): Promise<ClickHouse> {
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
