import { Injectable } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Metrics } from '../monitoring/metrics';

const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics of the query gate. */
@Injectable()
export class QueryMetrics {
  private readonly refusals: Counter;
  private readonly cancellations: Counter;
  private readonly durations: Histogram;

  constructor(private readonly metrics: Metrics) {
    this.refusals = metrics.counter('queries_refused_total', 'Reads refused because too many waited.');
    this.cancellations = metrics.counter('queries_cancelled_total', 'Reads whose client went before their end.');
    this.durations = metrics.histogram(
      'query_duration_seconds',
      'Time from the turn of a read to its end, without its wait.',
      [],
      DURATION_BUCKETS,
    );
  }

  /** `read` is called at each scrape. */
  watch(read: () => { running: number; waiting: number }): void {
    this.metrics.gauge('queries_running', 'Reads that run.', () => read().running);
    this.metrics.gauge('queries_waiting', 'Reads that wait for their turn.', () => read().waiting);
  }

  refused(): void {
    this.refusals.inc();
  }

  cancelled(): void {
    this.cancellations.inc();
  }

  /** Runs `work` and records how long it took, however it ends. */
  async timed<T>(work: () => Promise<T>): Promise<T> {
    const end = this.durations.startTimer();
    try {
      return await work();
    } finally {
      end();
    }
  }
}
