import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Metrics } from '../monitoring/metrics';

/** Counts what became of the events that were sent. */
@Injectable()
export class IngestMetrics {
  private readonly events: Counter<'outcome'>;
  private readonly other: Counter;
  private readonly dead: Counter;
  private readonly failedTries: Counter<'code'>;

  constructor(private readonly metrics: Metrics) {
    this.dead = metrics.counter('dead_letters_total', 'Events that ClickHouse refused for good.');
    this.failedTries = metrics.counter(
      'delivery_failed_tries_total',
      "Tries to store events that failed and are repeated, by ClickHouse's error number.",
      ['code'],
    );
    this.other = metrics.counter(
      'ingest_other_endpoint_events_total',
      'Accepted events named {other}, for the number of endpoint names of their account and day.',
    );
    this.events = metrics.counter('ingest_events_total', 'Events sent to the service, by what became of them.', [
      'outcome',
    ]);
  }

  /** Adds the events of one call of `POST /events`. */
  record(call: { accepted: number; duplicate: number; rejected: number }): void {
    for (const [outcome, events] of Object.entries(call)) this.events.inc({ outcome }, events);
  }

  /** Adds events that were accepted under `{other}`. */
  otherEndpoint(events: number): void {
    this.other.inc(events);
  }

  /** Adds events that were parked as dead letters. */
  deadLetters(rows: number): void {
    this.dead.inc(rows);
  }

  /** Adds a try that the storage did not take. @param code ClickHouse's error number, or `other` */
  failedTry(code: string): void {
    this.failedTries.inc({ code });
  }

  /** Shows what waits in the write-ahead log; `read` is asked at each scrape. */
  watchLog(read: () => { bytes: number; rows: number }): void {
    this.metrics.gauge('log_bytes', 'Size of the write-ahead log.', () => read().bytes);
    this.metrics.gauge('log_rows', 'Accepted events that ClickHouse does not have yet.', () => read().rows);
  }
}
