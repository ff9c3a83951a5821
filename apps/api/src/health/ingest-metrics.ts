import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Metrics } from './metrics';

/** Counts what became of the events that were sent. */
@Injectable()
export class IngestMetrics {
  private readonly events: Counter<'outcome'>;

  constructor(metrics: Metrics) {
    this.events = metrics.counter('ingest_events_total', 'Events sent to the service, by what became of them.', [
      'outcome',
    ]);
  }

  /** Adds the events of one call of `POST /events`. */
  record(call: { accepted: number; duplicate: number; rejected: number }): void {
    for (const [outcome, events] of Object.entries(call)) this.events.inc({ outcome }, events);
  }
}
