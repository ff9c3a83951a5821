/** Admission of reads: a bounded number at once, fair by account, and none for a client that has disconnected. */
import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Limits } from '@meterhouse/clickhouse';
import { type Account, FairSlots, QueueFullError, Settings } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { AnswerMemory, accountClient } from '../http/outgoing/answer-memory';
import { toClientError } from './query-errors';
import { exportLimits, readLimits } from './query-limits';
import { QueryMetrics } from './query-metrics';

/** At 10 ms to 100 ms a call, a full queue is a few seconds of waiting. */
const WAITING = 256;
const WAITING_PER_ACCOUNT = 64;
const EXPORTS_WAITING = 32;
const EXPORTS_WAITING_PER_ACCOUNT = 4;

const RETRY_AFTER_SECONDS = 2;

const STATEMENTS_WAITING = 64;
const STATEMENTS_WAITING_PER_ACCOUNT = 16;

/** Exports that are made or read at once, of different accounts. */
const EXPORTS = 16;

/** Work that runs in the gate; it must pass the signal and the limits to every statement. */
export type GatedWork<T> = (signal: AbortSignal, limits: Limits) => Promise<T>;

/** As `GatedWork`. @param read gives back what only statements need, when the last one has ended before the work has */
export type GatedExport<T> = (signal: AbortSignal, limits: Limits, read: () => void) => Promise<T>;

/**
 * The unit is a call, not a statement: a call of `GET /usage` is several statements, and one that had run some of them
 * and waited for the rest would hold up others for nothing. One call fewer runs than there are connections; their
 * statements share the connections in order of arrival. `ClickHouse` reserves the remaining connection for writes.
 *
 * Exports hold a connection for as long as their client reads, unless they are written to a file first. One of an account
 * may run, and their statements may take at most half of the slots, or the larger part of an odd number.
 */
@Injectable()
export class QueryGate {
  private readonly calls: FairSlots;
  /** An export has its place until its client has read it. */
  private readonly exports: FairSlots;
  private readonly exportStatements: FairSlots;
  /**
   * Statements that callers wrote. Nothing ends one within a row: a text searched for in another, each of a million
   * letters, runs for minutes. So no account has all of their slots where there are several.
   */
  private readonly statements: FairSlots;
  private readonly readLimits: Limits;
  private readonly exportLimits: Limits;

  constructor(
    settings: Settings,
    private readonly metrics: QueryMetrics,
    private readonly answers: AnswerMemory,
  ) {
    const slots = Math.max(1, settings.storage.connections - 1);
    this.calls = new FairSlots({ slots, waiting: WAITING, waitingPerAccount: WAITING_PER_ACCOUNT });
    const waiting = { waiting: EXPORTS_WAITING, waitingPerAccount: EXPORTS_WAITING_PER_ACCOUNT };
    this.exports = new FairSlots({ slots: EXPORTS, slotsPerAccount: 1, ...waiting });
    this.exportStatements = new FairSlots({ slots: Math.ceil(slots / 2), ...waiting });
    const statementSlots = Math.ceil(slots / 2);
    this.statements = new FairSlots({
      slots: statementSlots,
      slotsPerAccount: Math.max(1, statementSlots - 1),
      waiting: STATEMENTS_WAITING,
      waitingPerAccount: STATEMENTS_WAITING_PER_ACCOUNT,
    });
    this.readLimits = readLimits(settings);
    this.exportLimits = exportLimits(settings);
    const queues = [this.calls, this.exports, this.exportStatements, this.statements];
    metrics.watch(() => ({
      running: this.calls.running,
      waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    }));
  }

  /**
   * Runs `work` when a slot is free for the account.
   * @param account the account that is read; null: all accounts
   * @throws ApiException OVERLOADED when the queue is full, or the account leaves its answers unread; INVALID_PARAMETERS when a statement met its limits; the
   *   signal's reason when it fires, also while waiting
   */
  run<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    return this.cancellable(signal, () =>
      this.runIn([this.calls], account, signal, async () => {
        this.refuseUnread(account);
        return work(signal, this.readLimits);
      }),
    );
  }

  /** As `run`, for work that lasts until its client has read everything. */
  runExport<T>(account: Account, signal: AbortSignal, work: GatedExport<T>): Promise<T> {
    const queues = [this.exports, this.exportStatements, this.calls];
    return this.cancellable(signal, () =>
      this.runIn(queues, account, signal, ([, ...statements]) =>
        work(signal, this.exportLimits, () => statements.forEach((release) => release())),
      ),
    );
  }

  /**
   * As `run`, for a statement that a caller wrote, and until its client has read the answer where that is streamed. They
   * take at most half of the slots of all reads, or the larger part of an odd number.
   */
  runStatement<T>(account: Account, signal: AbortSignal, work: GatedWork<T>): Promise<T> {
    return this.cancellable(signal, () =>
      this.runIn([this.statements, this.calls], account, signal, () => {
        this.refuseUnread(account);
        return work(signal, this.readLimits);
      }),
    );
  }

  private refuseUnread(account: Account): void {
    if (account === null || !this.answers.isFull(accountClient(account))) return;
    this.metrics.refused();
    throw new ApiException(
      'OVERLOADED',
      'Answers of this account wait to be read; read them first, or close their connections.',
      undefined,
      RETRY_AFTER_SECONDS,
    );
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

  /** Takes a slot of each queue in order; gives back when `work` has settled what it has not given back itself. */
  private async runIn<T>(
    queues: readonly FairSlots[],
    account: Account,
    signal: AbortSignal,
    work: (releases: (() => void)[]) => Promise<T>,
  ): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const queue of queues) releases.push(await this.take(queue, account, signal));
      return await this.metrics.timed(() => work(releases));
    } finally {
      for (const release of releases) release();
    }
  }

  private async take(queue: FairSlots, account: Account, signal: AbortSignal): Promise<() => void> {
    try {
      return await queue.take(account, signal);
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      this.metrics.refused();
      throw new ApiException(
        'OVERLOADED',
        'Too many reads wait at the moment; try again in a little while.',
        undefined,
        RETRY_AFTER_SECONDS,
      );
    }
  }
}
