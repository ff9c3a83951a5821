import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { ClickHouse, WriteFence } from '@meterhouse/clickhouse';
import { Clock, Settings, Slices, reasonOf, withTimeout } from '@meterhouse/common';
import type { ApiException } from '../../http/api-exception';
import { EventNames } from '../../endpoints/event-names';
import { IngestMetrics } from '../ingest-metrics';
import { Readiness } from '../../monitoring/readiness';
import { instanceName } from '../../storage/data-folder';
import { DataVersions } from '../../storage/data-versions';
import { Watermark } from '../../storage/watermark';
import { ParkedEvents } from './parked-events';
import type { Recovery } from './set-aside';
import { Deduplicator } from '../deduplication/deduplicator';
import type { IdHash } from '../ids/id-hash';
import { Delivery } from './delivery';
import { DeliveryLoop } from './delivery-loop';
import { eventOfRow } from '../rows/event-of-row';
import { datedBefore, toRecord } from '../rows/event-batch';
import { type EventRows, pickRows } from '../rows/event-rows';
import { type Check, ExclusiveWrites } from './exclusive-writes';
import { EventLog, LogFullError, LogRecord, LogWriteError } from '../log/event-log';
import { overloaded } from '../../http/overloaded';
import { Waiters } from './waiters';
import { type Acceptance, type WaitingCall, WaitingIds } from './waiting-ids';

/** What became of an event: taken by this call, or known before under the same id. */
export type Outcome = 'accepted' | 'duplicate';

/** Time, in ms, from when the service begins to stop, to deliver waiting events; the rest stays in the log. */
const DRAIN_MS = 5_000;

/** Of it this is left, whatever was stopped before. */
const LEAST_DRAIN_MS = 1_000;

/** What was left behind delays a start no longer than this: a server may hang. */
const REPLAY_MS = { embedded: 30_000, server: 3_000 };

/** The storage is asked for repeats no longer than this while a caller waits: a sender of live events, or an import. */
const SEEN_MS = { recent: 500, old: 5_000 };

/**
 * Takes events in and sees that each reaches ClickHouse once.
 *
 * - **Accepted** is an event once it is on disk, in the write-ahead log; one `fdatasync` serves all calls that wait.
 * - **Delivered** are events in the background, see `DeliveryLoop`.
 * - **Repeats** of an id that waits or was delivered are answered as duplicates. Where that cannot be known now
 *   (ClickHouse is away), the event is accepted, and left out when its segment is sealed.
 * - **Limits.** The log ends at `EVENT_LOG_MB`; past it, and when the disk takes no more, calls get OVERLOADED and
 *   nothing of them is kept.
 * - **Shutdown.** New calls are refused, what waits has `DRAIN_MS` to be delivered, the rest is delivered at the next
 *   start.
 */
@Injectable()
export class EventWriter extends ExclusiveWrites implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger('EventWriter');
  private readonly waitingIds = new WaitingIds();
  private readonly waiters = new Waiters();
  private readonly deliveries: DeliveryLoop;
  private readonly fence: WriteFence;
  private log: EventLog | undefined;
  private instance = '';
  private closing = false;
  private drainedBy = Infinity;
  /** ClickHouse does not take events at the moment. */
  private trouble = false;

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly deduplicator: Deduplicator,
    private readonly metrics: IngestMetrics,
    private readonly readiness: Readiness,
    private readonly watermark: Watermark,
    private readonly changes: DataVersions,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly names: EventNames,
    private readonly parked: ParkedEvents,
  ) {
    super();
    this.fence = new WriteFence(clickhouse, () => this.instance);
    const delivery = new Delivery({
      clickhouse: {
        insertBlock: (insert, rows) =>
          this.fence.pass(
            () => changes.inserting(() => clickhouse.insertBlock(insert, rows)),
            () => !this.closing,
          ),
      },
      deduplicator,
      deadLetters: parked.deadLetters,
      instance: () => this.instance,
      onDeadLetters: (rows) => metrics.deadLetters(rows),
      onTrouble: (trouble) => {
        this.trouble = trouble !== null;
        if (trouble !== null) metrics.failedTry(trouble.code);
        readiness.report('events', this.trouble ? 'ClickHouse does not take events; they wait in the log' : null);
      },
    });
    const delivered = (segment: number): void => {
      this.waitingIds.delivered(segment);
      watermark.delivered(segment, this.log?.rows === 0);
      changes.delivered(segment, this.log?.rows === 0);
      this.waiters.delivered(segment);
    };
    this.deliveries = new DeliveryLoop(delivery, () => this.waiters.any, delivered);
  }

  /**
   * Opens the log and delivers what an earlier process left in it before the service listens. It listens also while
   * ClickHouse does not take events, or when there is more than can be delivered in `REPLAY_MS`.
   */
  async onModuleInit(): Promise<void> {
    const { dataDir, logLimit } = this.settings.storage;
    this.instance = await instanceName(dataDir);
    const log = await EventLog.open(join(dataDir, 'log'), { byteLimit: logLimit });
    this.log = log;
    this.metrics.watchLog(log);
    log.onWritable = (can) => {
      this.readiness.report('log', can ? null : 'The log of events cannot be written; events are refused');
    };
    await this.parked.report();
    this.watermark.begin(log.rows > 0);
    this.changes.begin(log.rows > 0);
    if (log.rows > 0) this.logger.log(`Delivering ${log.rows} events that were left in the log.`);
    for await (const { rows } of log.closedRecords()) {
      await this.names.remember(rows.flatMap((row) => eventOfRow(row) ?? []));
    }
    this.deliveries.open(log);
    const latest = Date.now() + (this.clickhouse.embedded ? REPLAY_MS.embedded : REPLAY_MS.server);
    while (log.rows > 0 && !this.trouble && Date.now() < latest) await sleep(10);
  }

  /**
   * Accepts events and resolves to one outcome for each when they are on disk, or with `wait` when ClickHouse has them.
   * @param slices of the call, between which other calls are accepted
   * @throws ApiException OVERLOADED when the log is full or cannot be written, or the service is stopping
   */
  async write(rows: EventRows, wait: boolean, slices: Slices): Promise<Outcome[]> {
    const outcomes = Array<Outcome>(rows.count).fill('accepted');
    const call = this.waitingIds.begin(rows.ids);
    const earlier = await this.takeIds(call, outcomes, slices);
    const acceptance = this.accept(rows, outcomes, call.taken, slices);
    this.waitingIds.accepting(call, acceptance);
    try {
      const segments = [await acceptance, ...(await this.settleEarlier(rows, outcomes, earlier, slices))];
      if (wait) {
        const shown = this.waiters.wait(Math.max(...segments));
        this.deliveries.hurry();
        await shown;
      }
    } catch (error) {
      throw this.refusal(error);
    }
    return outcomes;
  }

  override run<T>(work: (check: Check) => Promise<T>): Promise<T> {
    return this.deliveries.run(() => this.fence.run(work));
  }

  /** Takes the dead letters back into the log, once their cause is mended. @returns how many */
  replayDeadLetters(): Promise<number> {
    return this.parked.replay((rows) => this.takeBack(rows)).finally(() => this.deliveries.appended());
  }

  /** Takes what can be read of damaged stretches of the log back into it. */
  recoverLog(): Promise<Recovery> {
    return this.parked.recover((rows) => this.takeBack(rows)).finally(() => this.deliveries.appended());
  }

  private async takeBack(rows: string[]): Promise<void> {
    await this.changes.accepting(null, () => this.openLog().append(toRecord(rows)));
  }

  /** The stop begins. */
  onModuleDestroy(): void {
    this.drainedBy = performance.now() + DRAIN_MS;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.deliveries.close(Math.max(LEAST_DRAIN_MS, Math.min(DRAIN_MS, this.drainedBy - performance.now())));
    this.waiters.refuse(stopping());
    await this.log?.close();
    // The last calls learn of their outcome in this turn of the event loop; let them send their answers.
    await new Promise((resolve) => setImmediate(resolve));
  }

  private openLog(): EventLog {
    if (this.closing || !this.log) throw stopping();
    return this.log;
  }

  /** Takes the ids that may be new. @returns the events that wait in another call; repeats within the call are duplicates */
  private async takeIds(call: WaitingCall, outcomes: Outcome[], slices: Slices): Promise<Repeat[]> {
    const earlier: Repeat[] = [];
    await slices.each(call.ids.positions(), (index) => {
      const acceptance = call.ids.has(index) ? this.waitingIds.take(call, index) : undefined;
      if (!acceptance) return;
      outcomes[index] = 'duplicate';
      if (acceptance !== call.acceptance) earlier.push({ index, acceptance });
    });
    return earlier;
  }

  /** Puts what is new on disk. @returns the segment that holds it, 0 when nothing was new */
  private async accept(
    rows: EventRows,
    outcomes: Outcome[],
    fresh: readonly number[],
    slices: Slices,
  ): Promise<number> {
    const log = this.openLog();
    const oldest = Math.min(...rows.oldest.values());
    for (const index of await this.seen(rows, oldest, fresh, slices)) outcomes[index] = 'duplicate';
    const accepted = outcomes.includes('duplicate') ? pickRows(rows, acceptedOf(outcomes)) : rows;
    if (accepted.count === 0) return 0;
    const record = new LogRecord(accepted.text, accepted.count, accepted.ids, oldest);
    const segment = await this.changes.accepting(accepted.oldest, () => log.append(record));
    this.watermark.accepted(segment, this.clock.now());
    this.deliveries.appended();
    return segment;
  }

  /** Which of the fresh events were delivered before, as far as the storage says in time; sealing has the last word. */
  private async seen(rows: EventRows, oldest: number, fresh: readonly number[], slices: Slices): Promise<number[]> {
    if (fresh.length === 0 || this.trouble) return [];
    const { text, ids } = rows;
    const recent = await inTime(this.deduplicator.seen(ids.pick(fresh)), SEEN_MS.recent, []);
    const free = fresh.filter((_, position) => recent[position] !== true);
    const old = await datedBefore(this.deduplicator.forgottenBefore, { text, ids, oldest }, free, slices);
    const counted = await inTime(this.deduplicator.counted(old), SEEN_MS.old, new Set<IdHash>());
    const repeats = counted.size === 0 ? [] : free.filter((position) => counted.has(ids.at(position)));
    return [...fresh.filter((_, position) => recent[position] === true), ...repeats];
  }

  /** Repeats of events that were then not accepted after all are taken as if they had come first. */
  private async settleEarlier(
    rows: EventRows,
    outcomes: Outcome[],
    earlier: readonly Repeat[],
    slices: Slices,
  ): Promise<number[]> {
    const settled = await Promise.allSettled(earlier.map(({ acceptance }) => acceptance));
    const failed = earlier.filter((_, position) => settled[position]?.status === 'rejected').map(({ index }) => index);
    if (failed.length > 0) {
      const again = await this.write(pickRows(rows, failed), false, slices);
      failed.forEach((index, position) => (outcomes[index] = again[position] ?? 'accepted'));
    }
    return settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  }

  private refusal(error: unknown): unknown {
    if (error instanceof LogFullError) {
      return overloaded(
        'The service cannot take more events until ClickHouse has those that wait; send them again later.',
      );
    }
    if (error instanceof LogWriteError) {
      this.logger.error(`Events are refused, the log cannot be written: ${reasonOf(error.cause ?? error)}`);
      return overloaded('The service cannot store events right now; send them again later.');
    }
    return error;
  }
}

function acceptedOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.flatMap((outcome, index) => (outcome === 'accepted' ? index : []));
}

/** The promise's value; `otherwise` when it fails or takes longer than `ms`. */
function inTime<T>(promise: Promise<T>, ms: number, otherwise: T): Promise<T> {
  return withTimeout(
    promise.catch(() => otherwise),
    ms,
    () => otherwise,
  );
}

/** An event whose id waits to be accepted or delivered. */
interface Repeat {
  index: number;
  acceptance: Acceptance;
}

function stopping(): ApiException {
  return overloaded('The service is stopping; send the events again.');
}
