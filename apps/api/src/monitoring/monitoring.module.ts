import { Module } from '@nestjs/common';
import { Metrics } from './metrics';
import { Readiness } from './readiness';

/** `Metrics` and `Readiness` for every capability that reports something. */
@Module({ providers: [Metrics, Readiness], exports: [Metrics, Readiness] })
export class MonitoringModule {}
