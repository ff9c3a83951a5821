import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { ForecastModule } from '../forecast/forecast.module';
import { PlansModule } from '../plans/plans.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { ClosedPeriodsRepository } from './closed-periods.repository';
import { CostController } from './cost.controller';
import { CostService } from './cost.service';
import { PeriodClosing } from './period-closing';
import { PieceReader } from './piece.reader';
import { PreviewController } from './preview.controller';
import { Projection } from './projection';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, PlansModule, UsageModule, ForecastModule],
  controllers: [CostController, PreviewController],
  providers: [CostService, PieceReader, Projection, ClosedPeriodsRepository, PeriodClosing],
  exports: [CostService],
})
export class CostModule {}
