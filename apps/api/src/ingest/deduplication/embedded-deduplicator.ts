import { type BeforeApplicationShutdown, Logger, type OnModuleInit } from '@nestjs/common';
import { type Clock, DAY, Serial, reasonOf, retrying } from '@meterhouse/common';
import { DEDUPLICATION_DAYS, Deduplicator } from './deduplicator';
import { type EventIdsRepository, type HashRange, PREFIXES } from './event-ids.repository';
import { IdFilter } from './id-filter';
import type { IdList } from '../ids/id-list';
import { inSlices } from './in-slices';

/** Today's ids and those of the days before; one day more, for a clock that steps back. */
const FILTER_DAYS = DEDUPLICATION_DAYS + 2;

/** Ids that are loaded at once: some milliseconds of the event loop. */
const PAGE = 50_000;

/**
 * For the embedded engine, whose data one process owns: a filter in memory says of nearly all new ids that they are new,
 * and only the others are looked up in `event_ids`. The filter is filled from that table in the background, from the
 * start of the service on; until it is, every id is looked up.
 *
 * Every insert of events must be followed by `delivered`. Claims need no place of their own, for one delivery runs at a
 * time: an id is claimed, inserted and remembered before the next claim.
 */
export class EmbeddedDeduplicator extends Deduplicator implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Deduplicator');
  private readonly stop = new AbortController();
  private loading: Promise<void> = Promise.resolve();
  private filled: 'loading' | 'yes' | 'no' = 'loading';
  private readonly remembering = new Serial();
  private warned = false;

  constructor(
    ids: EventIdsRepository,
    clock: Clock,
    private readonly filter = new IdFilter(FILTER_DAYS),
  ) {
    super(ids, clock);
  }

  onModuleInit(): void {
    this.loading = this.load();
  }

  /** Ends the loading before the storage is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.loading;
  }

  /** Answers when the filter holds the ids of the table, or loading has ended without. */
  ready(): Promise<void> {
    return this.loading;
  }

  async seen(ids: IdList): Promise<boolean[]> {
    await this.remembering.idle();
    const seen = Array<boolean>(ids.length).fill(false);
    const perhaps: number[] = [];
    await inSlices(ids.length, (position) => {
      if (this.filled !== 'yes' || this.filter.mayHave(ids.word(position, 0), ids.word(position, 4))) {
        perhaps.push(position);
      }
    });
    if (perhaps.length === 0) return seen;
    const from = this.clock.now() - DEDUPLICATION_DAYS * DAY;
    const asked = perhaps.map((position) => ids.at(position));
    const stored = await this.ids.stored(asked, { from, to: Infinity });
    perhaps.forEach((position, index) => (seen[position] = stored.has(asked[index] ?? '')));
    return seen;
  }

  claim(ids: IdList): Promise<boolean[]> {
    return this.seen(ids);
  }

  /** What was not inserted was never claimed. */
  release(): Promise<void> {
    return Promise.resolve();
  }

  /** Every `seen` or `claim` after this call waits until the ids are in the filter. */
  delivered(ids: IdList): void {
    void this.remembering.run(() => this.remember(ids));
  }

  /** Never rejects. */
  private async remember(ids: IdList): Promise<void> {
    const day = this.today();
    try {
      await inSlices(ids.length, (position) => {
        if (ids.has(position)) this.filter.add(ids.word(position, 0), ids.word(position, 4), day);
      });
      this.warnOnce();
    } catch (error) {
      // A filter that lacks an id must not be asked.
      this.filled = 'no';
      this.logger.error(`Every id is looked up from now on; the filter of ids failed: ${reasonOf(error)}`);
    }
  }

  /** Never rejects: without the filter look-ups are slower and return the same. */
  private async load(): Promise<void> {
    try {
      const days = await this.patiently(() => this.ids.countByDay(this.today() - DEDUPLICATION_DAYS));
      const total = days.reduce((sum, { ids }) => sum + ids, 0);
      if (total > 0) this.filter.reserve(total, this.today());
      // Newest first: when the memory does not suffice, ids of the days that are over first find no place.
      for (const { day, ids } of days) await this.loadDay(day, ids);
      if (this.filled === 'loading') this.filled = 'yes';
      this.warnOnce();
    } catch (error) {
      if (!this.stop.signal.aborted) this.logger.error(`The ids of earlier events were not loaded: ${reasonOf(error)}`);
    }
  }

  private async loadDay(day: number, ids: number): Promise<void> {
    for (const range of rangesOf(Math.ceil(ids / PAGE))) {
      const starts = await this.patiently(() => this.ids.startsOf(day, range));
      for (let at = 0; at < starts.length; at += 8) {
        this.filter.add(starts.readUInt32BE(at), starts.readUInt32BE(at + 4), day);
      }
    }
  }

  /** Tries until it works. @throws AbortError at shutdown */
  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const onFailure = (error: unknown, attempt: number): void => {
      if (attempt === 1) this.logger.warn(`The ids of earlier events cannot be loaded yet: ${reasonOf(error)}`);
    };
    return retrying(work, { firstMs: 100, maxMs: 5_000, onFailure, signal: this.stop.signal });
  }

  private today(): number {
    return Math.floor(this.clock.now() / DAY);
  }

  private warnOnce(): void {
    if (this.warned || this.filter.complete) return;
    this.warned = true;
    this.logger.warn('There are more ids than the filter has memory for: each is looked up, which slows ingest down.');
  }
}

/** Cuts the hashes into ranges of about the same size. */
function rangesOf(pages: number): HashRange[] {
  const count = Math.min(pages, PREFIXES);
  const cut = (page: number): number => Math.floor((page * PREFIXES) / count);
  return Array.from({ length: count }, (_, page) => ({ from: cut(page), to: cut(page + 1) }));
}
