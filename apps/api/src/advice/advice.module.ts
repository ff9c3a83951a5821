import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AuthModule } from '../auth/auth.module';
import { CostModule } from '../cost/cost.module';
import { PlansModule } from '../plans/plans.module';
import { StorageModule } from '../storage/storage.module';
import { UsageModule } from '../usage/usage.module';
import { AdviceController } from './advice.controller';
import { AdviceRecordsRepository } from './advice-records.repository';
import { AdviceRepository } from './advice.repository';
import { AdviceService } from './advice.service';
import { GainCost } from './gain-cost';

@Module({
  imports: [StorageModule, AuthModule, QueriesModule, UsageModule, PlansModule, CostModule],
  controllers: [AdviceController],
  providers: [AdviceService, AdviceRepository, AdviceRecordsRepository, GainCost],
})
export class AdviceModule {}
