/** Tells events that have been counted from new ones, by the id their sender gave them. */
import { type Clock, DAY, HOUR } from '@meterhouse/common';
import type { EventIdsRepository } from './event-ids.repository';
import type { DatedId, IdHash } from '../ids/id-hash';
import type { IdList } from '../ids/id-list';

/** How long an id is remembered, whatever time its event has. */
export const DEDUPLICATION_DAYS = 7;

/** An event may be dated some minutes after it was received, and clocks differ. */
const CLOCK_TOLERANCE_MS = HOUR;

/**
 * An id is remembered for `DEDUPLICATION_DAYS` from when it was received (`seen`, `claim`). An event that is sent again
 * later is dated before that, and is looked up in the raw table (`counted`).
 *
 * The caller sorts out repeats within a call by itself: no two ids of one list are the same, and each row of it has one.
 */
export abstract class Deduplicator {
  constructor(
    protected readonly ids: EventIdsRepository,
    protected readonly clock: Clock,
  ) {}

  /** Events dated before this, in epoch milliseconds, may have been counted though their ids are forgotten. */
  get forgottenBefore(): number {
    return this.clock.now() - DEDUPLICATION_DAYS * DAY + CLOCK_TOLERANCE_MS;
  }

  /**
   * Which of these events the raw table has, with the same time. Ask for those dated before `forgottenBefore`, after
   * `claim`: what another instance delivered before the claim is then found by one of the two. Throws when the storage is away.
   */
  async counted(events: readonly DatedId[]): Promise<ReadonlySet<IdHash>> {
    return this.ids.inRawTable(events);
  }

  /**
   * For each id, whether an event with it was delivered, or claimed by another owner, within `DEDUPLICATION_DAYS`. A "no"
   * is not final: see `claim`. Throws when the storage is away.
   */
  abstract seen(ids: IdList): Promise<boolean[]>;

  /**
   * The final word before a batch is sealed: claims the ids for `owner`, and says for each whether an earlier event or
   * another owner has it, so that this one is to be dropped. The same call with the same owner, repeated until the
   * batch is inserted, returns what it did the first time. Throws when the storage is away, perhaps with some ids claimed.
   * @param owner names the batch, in every process and for ever: the same after a restart, never given to another batch
   */
  abstract claim(ids: IdList, owner: string): Promise<boolean[]>;

  /**
   * Gives up what `owner` has claimed of these: their events were not inserted after all, and count when they come
   * again. Throws when the storage is away.
   */
  abstract release(ids: IdList, owner: string): Promise<void>;

  /** ClickHouse has the batch with these ids, where rows may lack one. Never throws. */
  abstract delivered(ids: IdList): void;
}
