/** Admission of reads: a bounded number at once, fair by account, and none for a client that has disconnected. */
import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Limits } from '@meterhouse/clickhouse';
import { type Account, FairSlots, QueueFullError, Settings } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { toClientError } from './query-errors';
import { exportLimits, readLimits } from './query-limits';
import { QueryMetrics } from './query-metrics';

/** At 10 ms to 100 ms a call, a full queue is a few seconds of waiting. */
const WAITING = 256;
const WAITING_PER_ACCOUNT = 64;
const EXPORTS_WAITING = 32;
const EXPORTS_WAITING_PER_ACCOUNT = 4;

const RETRY_AFTER_SECONDS = 2;

/** Work that runs in the gate; it must pass the signal and the limits to every statement. */
export type GatedWork<T> = (signal: AbortSignal, limits: Limits) => Promise<T>;

/**
 * The unit is a call, not a statement: a call of `GET /usage` is several statements, and one that had run some of them
 * and waited for the rest would hold up others for nothing. One call fewer runs than there are connections; their
 * statements share the connections in order of arrival. `ClickHouse` reserves the remaining connection for writes.
 *
 * Exports hold a connection for as long as their client reads, and may take at most half of the slots.
 */
@Injectable()
export class QueryGate {
  private readonly calls: FairSlots;
  private readonly exports: FairSlots;
  private readonly readLimits: Limits;
  private readonly exportLimits: Limits;

  constructor(
    settings: Settings,
    private readonly metrics: QueryMetrics,
  ) {
    const slots = Math.max(1, settings.storage.connections - 1);
    this.calls = new FairSlots({ slots, waiting: WAITING, waitingPerAccount: WAITING_PER_ACCOUNT });
    this.exports = new FairSlots({
      slots: Math.max(1, Math.floor(slots / 2)),
      waiting: EXPORTS_WAITING,
      waitingPerAccount: EXPORTS_WAITING_PER_ACCOUNT,
    });
    this.readLimits = readLimits(settings);
    this.exportLimits = exportLimits(settings);
    metrics.watch(() => ({ running: this.calls.running, waiting: this.calls.waiting + this.exports.waiting }));
  }

  /**
   * Runs `work` when a slot is free for the account.
   * @param account the account that is read; null: all accounts
   * @throws ApiException OVERLOADED when the queue is full; INVALID_PARAMETERS when a statement met its limits; the
   *   signal's reason when it fires, also while waiting
   */
  run<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    return this.cancellable(signal, () => this.runIn([this.calls], account, signal, (s) => work(s, this.readLimits)));
  }

  /** As `run`, for work that lasts until its client has read everything. */
  runExport<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    const both = [this.exports, this.calls];
    return this.cancellable(signal, () => this.runIn(both, account, signal, (s) => work(s, this.exportLimits)));
  }

  private async cancellable<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    // Each statement of a call adds a listener: more than Node's default before it warns of a leak.
    setMaxListeners(0, signal);
    try {
      return await run();
    } catch (error) {
      if (!signal.aborted) throw toClientError(error);
      this.metrics.cancelled();
      throw signal.reason;
    }
  }

  /** Takes a slot of each queue in order, and returns all of them when `work` has settled. */
  private async runIn<T>(
    [slots, ...rest]: FairSlots[],
    account: Account,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (!slots) return this.metrics.timed(() => work(signal));
    const release = await slots.take(account, signal).catch((error: unknown) => {
      if (!(error instanceof QueueFullError)) throw error;
      this.metrics.refused();
      throw new ApiException(
        'OVERLOADED',
        'Too many reads wait at the moment; try again in a little while.',
        undefined,
        RETRY_AFTER_SECONDS,
      );
    });
    try {
      return await this.runIn(rest, account, signal, work);
    } finally {
      release();
    }
  }
}
