import { Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http-metrics';
import { IngestMetrics } from './ingest-metrics';
import { Metrics } from './metrics';

/** `Metrics` for every capability that has something to count. */
@Global()
@Module({ providers: [Metrics, HttpMetrics, IngestMetrics], exports: [Metrics, IngestMetrics] })
export class MetricsModule {}
