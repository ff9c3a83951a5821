/** Brings what is in the log to ClickHouse in the background, a segment at a time. */
import { Logger } from '@nestjs/common';
import { Serial, reasonOf, retrying } from '@meterhouse/common';
import { outsideRequest } from '../../http/request-context';
import { type Delivery, DeliveryStopped } from './delivery';
import { type EventLog, SEGMENT_ROWS, type Segment } from '../log/event-log';

/** Deliveries begin no closer together than this: many small inserts cost the engine far more than a few large ones. */
const GATHER_MS = 500;

/** With this many rows in the log there is nothing to gather for. */
const ENOUGH_ROWS = SEGMENT_ROWS;

/** Before the next try when the log's own files make trouble. */
const PAUSE_MS = 1_000;

/**
 * - **Trigger.** An idle loop delivers at once. Under load deliveries begin `GATHER_MS` apart, or sooner with
 *   `ENOUGH_ROWS` in the log or a waiting caller.
 * - **Exclusive.** No delivery and no `run` overlap.
 */
export class DeliveryLoop {
  private readonly logger = new Logger('DeliveryLoop');
  private log: EventLog | undefined;
  private closing = false;
  /** Deliveries and exclusive work, one after the other. */
  private readonly turns = new Serial();
  private delivering: Promise<void> | undefined;
  /** Ends `gather`. */
  private wake: () => void = () => undefined;

  /**
   * @param isAwaited whether a caller waits for a delivery
   * @param onDelivered ClickHouse has every segment up to this number
   */
  constructor(
    private readonly delivery: Delivery,
    private readonly isAwaited: () => boolean,
    private readonly onDelivered: (segment: number) => void,
  ) {}

  /** Delivers what is in the log, and from now on what `appended` reports. */
  open(log: EventLog): void {
    this.log = log;
    this.appended();
  }

  /** There is something new in the log. */
  appended(): void {
    if (this.closing && this.delivering) return;
    this.delivering ??= outsideRequest(() => this.deliverAll());
    if (this.isUrgent()) this.wake();
  }

  /** Somebody waits for the events that were appended so far. */
  hurry(): void {
    this.wake();
  }

  /** Nothing is inserted while `work` runs. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.run(work);
  }

  /** Delivers what is left and ends; what takes longer than `milliseconds` stays in the log. */
  async close(milliseconds: number): Promise<void> {
    this.closing = true;
    this.wake();
    const timer = setTimeout(() => this.delivery.stop(), milliseconds);
    while (this.delivering) await this.delivering;
    clearTimeout(timer);
  }

  /** Delivers until the log is empty or the loop is closed. Never rejects. */
  private async deliverAll(): Promise<void> {
    try {
      for (let segment = await this.log?.take(); segment; segment = await this.log?.take()) {
        const next = segment;
        const began = performance.now();
        await this.run(() => this.deliverPatiently(next));
        this.onDelivered(next.number);
        await this.gather(began + GATHER_MS);
      }
    } catch (error) {
      if (!(error instanceof DeliveryStopped)) this.logger.error(`The log could not be read: ${reasonOf(error)}`);
      if (!this.closing) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.delivering = undefined;
    if (!this.closing && this.log && this.log.rows > 0) this.appended();
  }

  /** Exclusive work must not begin between two tries, when a batch may be stored in part. */
  private async deliverPatiently(segment: Segment): Promise<void> {
    const onFailure = (error: unknown): void => {
      if (this.closing) throw error;
      this.logger.error(
        `Segment ${segment.number} of the log could not be read, sealed or removed: ${reasonOf(error)}`,
      );
    };
    await retrying(() => this.delivery.deliver(segment), { firstMs: PAUSE_MS, maxMs: PAUSE_MS, onFailure });
  }

  /** Waits for more events after a delivery, unless there are enough, a caller waits, or the service stops. */
  private async gather(until: number): Promise<void> {
    const milliseconds = until - performance.now();
    if (milliseconds <= 0 || this.isUrgent()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private isUrgent(): boolean {
    return this.closing || this.isAwaited() || (this.log?.rows ?? 0) >= ENOUGH_ROWS;
  }
}
