import { type DynamicModule, Module } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import type { Settings } from '@meterhouse/common';
import { AuthModule } from './auth/auth.module';
import { HealthModule } from './health/health.module';
import { HttpMetrics } from './http/http-metrics';
import { IngestModule } from './ingest/ingest.module';
import { KeysModule } from './keys/keys.module';
import { LiveModule } from './live/live.module';
import { MaintenanceModule } from './maintenance/maintenance.module';
import { MonitoringModule } from './monitoring/monitoring.module';
import { RateLimitingModule } from './rate-limiting/rate-limiting.module';
import { StorageModule } from './storage/storage.module';
import { UsageExportModule } from './usage/export/usage-export.module';
import { UsageModule } from './usage/usage.module';

@Module({})
export class AppModule {
  static forRoot(settings: Settings, clickhouse: ClickHouse): DynamicModule {
    return {
      module: AppModule,
      imports: [
        StorageModule.forRoot(settings, clickhouse),
        MonitoringModule,
        AuthModule,
        RateLimitingModule,
        HealthModule,
        IngestModule,
        UsageModule,
        UsageExportModule,
        LiveModule,
        KeysModule,
        MaintenanceModule,
      ],
      providers: [HttpMetrics],
    };
  }
}
