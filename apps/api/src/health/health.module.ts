import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';
import { MetricsController } from './metrics.controller';
import { MetricsModule } from './metrics.module';
import { RootController } from './root.controller';

@Module({
  imports: [MetricsModule],
  controllers: [HealthController, MetricsController, RootController],
  providers: [HealthService],
})
export class HealthModule {}
