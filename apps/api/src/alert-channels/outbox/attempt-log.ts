import { Injectable } from '@nestjs/common';
import { SECOND, Serial, retrying } from '@meterhouse/common';
import { DeliveriesRepository } from '../deliveries.repository';
import type { Delivery } from '../delivery';
import { type NotificationRow, NotificationsRepository } from '../notifications.repository';

const BACKOFF = { firstMs: 200, maxMs: 10 * SECOND };

/** Stores what came of attempts: those that end while one write runs go into the next together. */
@Injectable()
export class AttemptLog {
  private readonly writes = new Serial();
  private waiting: { rows: NotificationRow[]; deliveries: Delivery[] } = { rows: [], deliveries: [] };

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly deliveries: DeliveriesRepository,
  ) {}

  /**
   * Resolves once it is stored; while ClickHouse is away it is tried again until the signal fires.
   * @param failed is called with each failure to store
   * @throws the signal's reason
   */
  record(
    row: NotificationRow,
    delivery: Delivery | null,
    signal: AbortSignal,
    failed: (error: unknown) => void,
  ): Promise<void> {
    this.waiting.rows.push(row);
    if (delivery) this.waiting.deliveries.push(delivery);
    return this.writes.run(async () => {
      const { rows, deliveries } = this.waiting;
      if (rows.length === 0) return;
      this.waiting = { rows: [], deliveries: [] };
      await retrying(() => this.store(rows, deliveries), { ...BACKOFF, onFailure: failed, signal });
    });
  }

  /** The log first: what is sent again because its state was not stored shows twice in it, as it was sent. @throws StorageFailure */
  async store(rows: readonly NotificationRow[], deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length > 0) await this.deliveries.insert(deliveries);
    await this.notifications.insert(rows);
  }
}
