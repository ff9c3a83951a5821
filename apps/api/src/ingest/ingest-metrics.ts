import { Injectable } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { Metrics } from '../monitoring/metrics';

/** Counts what became of the events that were sent. */
@Injectable()
export class IngestMetrics {
  private readonly events: Counter<'outcome'>;
  private readonly other: Counter;
  private readonly dead: Counter;
  private readonly asideBytes: Gauge;
  private readonly failedTries: Counter<'code'>;

  constructor(private readonly metrics: Metrics) {
    this.dead = metrics.counter('dead_letters_total', 'Events that ClickHouse refused for good.');
    this.asideBytes = metrics.gauge(
      'log_set_aside_bytes',
      'Bytes of damaged parts of the write-ahead log that are set aside and not counted.',
    );
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

  /** Shows what waits in the write-ahead log; `log` is asked at each scrape. */
  watchLog(log: { bytes: number; rows: number; failing: boolean }): void {
    this.metrics.gauge('log_bytes', 'Size of the write-ahead log.', () => log.bytes);
    this.metrics.gauge('log_rows', 'Accepted events that ClickHouse does not have yet.', () => log.rows);
    this.metrics.gauge('log_failing', '1 while the write-ahead log cannot be written, else 0.', () =>
      Number(log.failing),
    );
  }

  /** Shows the bytes of damaged parts of the log that are set aside. */
  setAside(bytes: number): void {
    this.asideBytes.set(bytes);
  }
}
