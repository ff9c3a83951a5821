import { withTimeout } from '@meterhouse/common';
import type { ApiException } from '../../http/api-exception';
import { overloaded } from '../../http/overloaded';

/** A call that waits for its events to show is answered within this time. */
const WAIT_MS = 30_000;

interface Waiter {
  segment: number;
  resolve: () => void;
  reject: (error: ApiException) => void;
}

/** The calls with `wait=true`, until ClickHouse has the segment of the log that holds their events. */
export class Waiters {
  private waiting: Waiter[] = [];
  private last = 0;

  get any(): boolean {
    return this.waiting.length > 0;
  }

  /** Answers once the segment is delivered. @throws ApiException OVERLOADED when that takes longer than `WAIT_MS` */
  wait(segment: number): Promise<void> {
    if (segment <= this.last) return Promise.resolve();
    let waiter: Waiter | undefined;
    const shown = new Promise<void>((resolve, reject) => {
      waiter = { segment, resolve, reject };
      this.waiting.push(waiter);
    });
    return withTimeout(shown, WAIT_MS, () => {
      this.waiting = this.waiting.filter((other) => other !== waiter);
      throw overloaded('The events are accepted and will be counted, but do not show yet; there is no need to resend.');
    });
  }

  /** ClickHouse has every segment up to this one. */
  delivered(segment: number): void {
    this.last = segment;
    const waiting = this.waiting;
    this.waiting = waiting.filter((waiter) => waiter.segment > segment);
    for (const waiter of waiting) if (waiter.segment <= segment) waiter.resolve();
  }

  refuse(error: ApiException): void {
    for (const waiter of this.waiting.splice(0)) waiter.reject(error);
  }
}
