import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { BodyReader } from './body/body-reader';
import { DeclaredInput } from './declared-input';
import { ErrorFilter } from './error.filter';
import { HttpMetrics } from './http-metrics';
import { KnownPaths } from './known-paths';
import { ContractValidationPipe } from './validation';

/** What every route shares. */
@Module({
  imports: [MonitoringModule],
  providers: [
    KnownPaths,
    BodyReader,
    HttpMetrics,
    ErrorFilter,
    { provide: APP_FILTER, useExisting: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: DeclaredInput },
    { provide: APP_PIPE, useClass: ContractValidationPipe },
  ],
})
export class HttpModule {}
