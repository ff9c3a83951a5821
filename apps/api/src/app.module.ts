import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from '@meterhouse/common';
import { AccountsModule } from './accounts/accounts.module';
import { AlertChannelsModule } from './alert-channels/alert-channels.module';
import { AlertRulesModule } from './alert-rules/alert-rules.module';
import { AuditModule } from './audit/audit.module';
import { CapacityModule } from './capacity/capacity.module';
import { ForecastModule } from './forecast/forecast.module';
import { HealthModule } from './health/health.module';
import { HttpModule } from './http/http.module';
import { IngestModule } from './ingest/ingest.module';
import { KeysModule } from './keys/keys.module';
import { LiveModule } from './live/live.module';
import { MaintenanceModule } from './maintenance/maintenance.module';
import { MeModule } from './me/me.module';
import { CostModule } from './cost/cost.module';
import { PlansModule } from './plans/plans.module';
import { RateLimitingModule } from './rate-limiting/rate-limiting.module';
import { ResourcesModule } from './resources/resources.module';
import { SettingsModule } from './settings.module';
import { SqlModule } from './sql/sql.module';
import { TiersModule } from './tiers/tiers.module';
import { TokensModule } from './tokens/tokens.module';
import { UsageExportModule } from './usage/export/usage-export.module';
import { AdviceModule } from './advice/advice.module';
import { UsageModule } from './usage/usage.module';

@Module({
  imports: [
    HttpModule,
    RateLimitingModule,
    AuditModule,
    HealthModule,
    IngestModule,
    AdviceModule,
    UsageModule,
    UsageExportModule,
    ForecastModule,
    CapacityModule,
    LiveModule,
    KeysModule,
    AccountsModule,
    TokensModule,
    MeModule,
    ResourcesModule,
    TiersModule,
    PlansModule,
    CostModule,
    SqlModule,
    AlertChannelsModule,
    AlertRulesModule,
    MaintenanceModule,
  ],
})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: AppModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
