import { Module } from '@nestjs/common';
import { QueryGate } from './query-gate';
import { QueryMetrics } from './query-metrics';

@Module({ providers: [QueryGate, QueryMetrics], exports: [QueryGate] })
export class QueriesModule {}
