import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import type { ApiException } from '@meterhouse/common';
import { Deduplicator } from './deduplicator';
import type { UsageEvent } from './event';
import { type EventBatch, sealBatch, toRow } from './event-batch';
import { ATTEMPTS, isRetryable, overloaded, pauseAfter, storageFailure } from './retry';

/** What became of an event: stored by this write, or stored before under the same id. */
export type Outcome = 'accepted' | 'duplicate';

/** The most rows of one insert, unless a single group has more. */
export const MAX_BATCH_ROWS = 50_000;
/** The most rows that wait for an insert; with the batch that is being written this bounds the writer's memory. */
export const MAX_WAITING_ROWS = 200_000;

/** The events of one call, written together. */
interface Group {
  events: readonly UsageEvent[];
  /** The events as rows, built when they arrive and not while others wait for the batch. */
  rows: string[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: ApiException) => void;
}

/**
 * The last step of ingest: groups of events become rows of `events`, from which views fill the rollups.
 *
 * - **Trigger.** An idle writer writes at once. Groups that arrive while it writes wait and share the next batch; there
 *   is no timer.
 * - **Limits.** A batch takes whole groups up to `MAX_BATCH_ROWS`; up to `MAX_WAITING_ROWS` rows wait.
 * - **Back-pressure.** A group that does not fit the queue is refused with OVERLOADED and stores nothing.
 * - **Once.** One batch at a time: ids are looked up after the batch before is stored, so of two events with one id one
 *   is accepted and the other is a duplicate. Ids made here are not looked up.
 * - **Retries.** A batch is sealed, bytes and insert token, before its first try; errors that may pass are retried with
 *   the same. When the tries are used up its groups get OVERLOADED, but some of its rows, or some rollups of them, may
 *   be stored: so it is inserted to its end before any other batch is looked up, and events that are sent again with
 *   their ids count once. Until then all groups get OVERLOADED. An error that will not pass gives INTERNAL.
 * - **Shutdown.** New groups are refused, what waits is written, and a failing batch gets one more try. A batch that is
 *   unfinished then, or when the process dies, stays as it is.
 */
@Injectable()
export class EventWriter implements BeforeApplicationShutdown {
  private readonly logger = new Logger('EventWriter');
  private readonly waiting: Group[] = [];
  private waitingRows = 0;
  private running = false;
  private drained: Promise<void> = Promise.resolve();
  private closing = false;
  /** A batch that may be stored in part. */
  private unfinished: EventBatch | undefined;

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly deduplicator: Deduplicator,
  ) {}

  /**
   * Stores events and answers when ClickHouse has them, with one outcome for each.
   * @throws ApiException OVERLOADED when the queue is full or ClickHouse does not take them; INTERNAL when it refuses
   */
  async write(events: readonly UsageEvent[]): Promise<Outcome[]> {
    if (this.closing) throw overloaded('The service is shutting down; send the events again.');
    if (this.waitingRows + events.length > MAX_WAITING_ROWS) {
      throw overloaded('The service cannot take more events right now; send them again, with the same ids, later.');
    }
    const rows = events.map(toRow);
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, rows, resolve, reject });
      this.waitingRows += rows.length;
      if (!this.running) this.drained = this.run();
    });
  }

  /** Refuses more and answers when what waits has been written. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.drained;
    await this.finish().catch((error: unknown) => {
      this.logger.error(`A batch of events may be stored in part: ${messageOf(error)}`);
    });
    // The last calls learn of their outcome in this turn of the event loop; let them send their answers.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits between two tries. */
  protected pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** Writes batch after batch until nothing waits. Never rejects. */
  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const groups = this.takeGroups();
      try {
        const outcomes = await this.writeGroups(groups);
        groups.forEach((group, index) => group.resolve(outcomes[index] ?? []));
      } catch (error) {
        this.logger.error(`A batch of events was not stored: ${messageOf(error)}`);
        const failure = storageFailure(error);
        for (const group of groups) group.reject(failure);
      }
    }
    this.running = false;
  }

  /** Takes whole groups from the queue, oldest first, at least one. */
  private takeGroups(): Group[] {
    let rows = 0;
    let count = 0;
    for (const group of this.waiting) {
      if (count > 0 && rows + group.rows.length > MAX_BATCH_ROWS) break;
      rows += group.rows.length;
      count += 1;
    }
    this.waitingRows -= rows;
    return this.waiting.splice(0, count);
  }

  private async writeGroups(groups: Group[]): Promise<Outcome[][]> {
    await this.finish();
    const outcomes = await this.outcomes(groups.flatMap((group) => group.events));
    const rows = groups.flatMap((group) => group.rows).filter((_, index) => outcomes[index] === 'accepted');
    if (rows.length > 0) await this.insert(sealBatch(rows));
    let start = 0;
    return groups.map((group) => outcomes.slice(start, (start += group.events.length)));
  }

  private async finish(): Promise<void> {
    if (this.unfinished) await this.insert(this.unfinished);
  }

  private async insert(batch: EventBatch): Promise<void> {
    this.unfinished = batch;
    try {
      await this.retrying(() => this.clickhouse.insert(batch.sql, batch.rows));
    } catch (error) {
      if (isRetryable(error)) throw error;
      this.unfinished = undefined;
      throw error;
    }
    this.unfinished = undefined;
  }

  /** The first event with an id nobody has sent is accepted, the others with it are duplicates. */
  private async outcomes(events: readonly UsageEvent[]): Promise<Outcome[]> {
    const outcomes = Array<Outcome>(events.length).fill('accepted');
    const candidates: { event: UsageEvent; index: number }[] = [];
    const names = new Set<string>();
    events.forEach((event, index) => {
      if (!event.idGiven) return;
      // Neither holds a control character, so the pair has one reading.
      const name = `${event.accountId}\0${event.id}`;
      if (names.has(name)) outcomes[index] = 'duplicate';
      else candidates.push({ event, index });
      names.add(name);
    });
    if (candidates.length === 0) return outcomes;
    const seen = await this.retrying(() => this.deduplicator.seen(candidates.map(({ event }) => event)));
    candidates.forEach(({ index }, position) => {
      if (seen[position]) outcomes[index] = 'duplicate';
    });
    return outcomes;
  }

  private async retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS || this.closing) throw error;
        this.logger.warn(`ClickHouse did not take a batch (try ${attempt} of ${ATTEMPTS}): ${messageOf(error)}`);
        await this.pause(pauseAfter(attempt));
      }
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
