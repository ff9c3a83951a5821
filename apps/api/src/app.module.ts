import { type DynamicModule, Module } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import type { Settings } from '@meterhouse/common';
import { StorageModule } from './storage/storage.module';

@Module({})
export class AppModule {
  static forRoot(settings: Settings, clickhouse: ClickHouse): DynamicModule {
    return { module: AppModule, imports: [StorageModule.forRoot(settings, clickhouse)] };
  }
}
