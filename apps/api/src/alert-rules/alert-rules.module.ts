import { Module } from '@nestjs/common';
import { QueriesModule } from '../admission/queries.module';
import { AlertChannelsModule } from '../alert-channels/alert-channels.module';
import { AuthModule } from '../auth/auth.module';
import { CapacityModule } from '../capacity/capacity.module';
import { CostModule } from '../cost/cost.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { StorageModule } from '../storage/storage.module';
import { Corrections } from './evaluation/corrections';
import { Evaluator } from './evaluation/evaluator';
import { FiguresRepository } from './evaluation/figures.repository';
import { EvaluationScheduler } from './evaluation/scheduler';
import { Standings } from './evaluation/standings';
import { StatesRepository } from './evaluation/states.repository';
import { AlertsController } from './history/alerts.controller';
import { AlertsRepository } from './history/alerts.repository';
import { AlertsService } from './history/alerts.service';
import { PreviewService } from './preview/preview.service';
import { RuleRegistry } from './rules/rule-registry';
import { RulesController } from './rules/rules.controller';
import { RulesRepository } from './rules/rules.repository';
import { RulesService } from './rules/rules.service';
import { SilenceRegistry } from './silences/silence-registry';
import { SilencesController } from './silences/silences.controller';
import { SilencesRepository } from './silences/silences.repository';
import { SilencesService } from './silences/silences.service';

/** Alert rules, their evaluation, and the alerts that it raises. */
@Module({
  imports: [
    StorageModule,
    AuthModule,
    QueriesModule,
    MonitoringModule,
    AlertChannelsModule,
    CostModule,
    CapacityModule,
  ],
  controllers: [RulesController, SilencesController, AlertsController],
  providers: [
    RulesRepository,
    RuleRegistry,
    RulesService,
    SilencesRepository,
    SilenceRegistry,
    SilencesService,
    FiguresRepository,
    Standings,
    StatesRepository,
    Evaluator,
    Corrections,
    EvaluationScheduler,
    AlertsRepository,
    AlertsService,
    PreviewService,
  ],
})
export class AlertRulesModule {}
