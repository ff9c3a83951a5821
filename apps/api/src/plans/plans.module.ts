import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { StorageModule } from '../storage/storage.module';
import { AccountPlanController } from './account-plan.controller';
import { PlanBook } from './plan-book';
import { PlansController } from './plans.controller';
import { PlansRepository } from './plans.repository';
import { PlansService } from './plans.service';

@Module({
  imports: [StorageModule, AuthModule],
  controllers: [PlansController, AccountPlanController],
  providers: [PlansService, PlanBook, PlansRepository],
  exports: [PlanBook],
})
export class PlansModule {}
