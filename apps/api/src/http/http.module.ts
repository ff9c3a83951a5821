import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { BodyReader } from './body/body-reader';
import { DeclaredInput } from './declared-input';
import { ErrorFilter } from './error.filter';
import { HttpMetrics } from './http-metrics';
import { KnownPaths } from './known-paths';
import { AnswerMemory } from './outgoing/answer-memory';
import { ContractValidationPipe } from './validation';

/** What every route shares. */
@Module({
  imports: [MonitoringModule],
  providers: [
    KnownPaths,
    BodyReader,
    HttpMetrics,
    { provide: AnswerMemory, useFactory: () => new AnswerMemory() },
    ErrorFilter,
    { provide: APP_FILTER, useExisting: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: DeclaredInput },
    { provide: APP_PIPE, useClass: ContractValidationPipe },
  ],
  exports: [AnswerMemory],
})
export class HttpModule {}
