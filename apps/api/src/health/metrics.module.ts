import { Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http-metrics';
import { IngestMetrics } from './ingest-metrics';
import { Metrics } from './metrics';
import { Readiness } from './readiness';

/** `Metrics` and `Readiness` for every capability that has something to tell. */
@Global()
@Module({ providers: [Metrics, HttpMetrics, IngestMetrics, Readiness], exports: [Metrics, IngestMetrics, Readiness] })
export class MetricsModule {}
