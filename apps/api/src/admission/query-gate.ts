/** Every read that a user asks for passes here: so many at once, fairly by account, and none for a client that has gone. */
import { setMaxListeners } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import type { Limits } from '@meterhouse/clickhouse';
import { ApiException, type Settings } from '@meterhouse/common';
import { SETTINGS } from '../storage/storage.module';
import { type Account, FairSlots, QueueFullError } from './fair-slots';
import { toClientError } from './query-errors';
import { exportLimits, readLimits } from './query-limits';
import { QueryMetrics } from './query-metrics';

/** At some 10 ms to 100 ms a call, what waits at most is a few seconds. */
const WAITING = 256;
const WAITING_PER_ACCOUNT = 64;
const EXPORTS_WAITING = 32;
const EXPORTS_WAITING_PER_ACCOUNT = 4;

const RETRY_AFTER_SECONDS = 2;

/** What runs in the gate: the signal and the limits belong on every statement it makes. */
export type GatedWork<T> = (signal: AbortSignal, limits: Limits) => Promise<T>;

/**
 * The unit is a call, not a statement: one of `GET /usage` is several statements, and a call that had some of them and
 * waited for the rest would hold up others for nothing. As many calls run as there are connections but one. Their
 * statements share these connections first come first served; the one left over is for writing and bookkeeping, which
 * `ClickHouse` sees to for every statement with limits.
 *
 * Exports hold a connection for as long as their client reads. At most half of the places are theirs.
 */
@Injectable()
export class QueryGate {
  private readonly calls: FairSlots;
  private readonly exports: FairSlots;
  private readonly readLimits: Limits;
  private readonly exportLimits: Limits;

  constructor(
    @Inject(SETTINGS) settings: Settings,
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
   * Runs `work` when it is the account's turn.
   * @param account whose read it is; null: all accounts
   * @throws ApiException OVERLOADED when too much waits; INVALID_PARAMETERS when a statement met its limits; the
   *   signal's reason when it fires, also while waiting
   */
  run<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    return this.cancellable(signal, () => this.runIn([this.calls], account, signal, (s) => work(s, this.readLimits)));
  }

  /** As `run`, for work that lasts as long as its client reads; it should settle when the client has all. */
  runExport<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    const both = [this.exports, this.calls];
    return this.cancellable(signal, () => this.runIn(both, account, signal, (s) => work(s, this.exportLimits)));
  }

  private async cancellable<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    // Each statement of a call listens: more than Node takes for a leak.
    setMaxListeners(0, signal);
    try {
      return await run();
    } catch (error) {
      if (!signal.aborted) throw toClientError(error);
      this.metrics.cancelled();
      throw signal.reason;
    }
  }

  /** Takes a slot of each in order, and gives all back when `work` has settled. */
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
