import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { DemandRepository } from './demand.repository';
import { ForecastController } from './forecast.controller';
import { ForecastService } from './forecast.service';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule],
  controllers: [ForecastController],
  providers: [ForecastService, DemandRepository],
  exports: [ForecastService],
})
export class ForecastModule {}
