/** Counts and times every HTTP answer by its route template, so that ids in paths make no new series. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Counter, Histogram } from 'prom-client';
import { Metrics } from '../monitoring/metrics';

const LABELS = ['route', 'method', 'status'] as const;
type Label = (typeof LABELS)[number];

/** Seconds. */
const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

@Injectable()
export class HttpMetrics implements OnModuleInit {
  private readonly requests: Counter<Label>;
  private readonly durations: Histogram<Label>;

  constructor(
    metrics: Metrics,
    private readonly adapterHost: HttpAdapterHost<FastifyAdapter>,
  ) {
    this.requests = metrics.counter('http_requests_total', 'HTTP requests answered.', [...LABELS]);
    this.durations = metrics.histogram(
      'http_request_duration_seconds',
      'Time from the request to the end of its answer.',
      [...LABELS],
      DURATION_BUCKETS,
    );
  }

  onModuleInit(): void {
    this.adapterHost.httpAdapter
      .getInstance()
      .addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
        this.record(request, reply);
        done();
      });
  }

  private record(request: FastifyRequest, reply: FastifyReply): void {
    const labels = {
      route: request.routeOptions.url ?? 'unmatched',
      method: request.method,
      status: `${Math.floor(reply.statusCode / 100)}xx`,
    };
    this.requests.inc(labels);
    this.durations.observe(labels, reply.elapsedTime / 1_000);
  }
}
