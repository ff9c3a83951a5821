import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Metrics } from '../../monitoring/metrics';
import type { ChannelType } from '../channel';

/** What `GET /metrics` shows of notifications. */
@Injectable()
export class OutboxMetrics {
  private readonly attempts: Counter<'type' | 'outcome'>;

  constructor(private readonly metrics: Metrics) {
    this.attempts = metrics.counter(
      'notification_attempts_total',
      'Attempts to deliver notifications of alerts, by type of channel and outcome.',
      ['type', 'outcome'],
    );
  }

  sent(type: ChannelType, delivered: boolean): void {
    this.attempts.inc({ type, outcome: delivered ? 'delivered' : 'failed' });
  }

  /** @param waiting how many wait, asked at each scrape */
  watch(waiting: () => number): void {
    this.metrics.gauge('notifications_waiting', 'Notifications of alerts that wait to be delivered.', waiting);
  }
}
