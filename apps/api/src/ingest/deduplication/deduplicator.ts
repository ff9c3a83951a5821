/** Tells events that have been counted from new ones, by the id their sender gave them. */
import type { IdHash } from './id-hash';

/** How long an id is remembered; a retry after this counts again. */
export const DEDUPLICATION_DAYS = 7;

/** The caller sorts out repeats within a call by itself: no two ids of one call are the same. */
export abstract class Deduplicator {
  /**
   * For each id, whether an event with it was delivered, or claimed by another owner, within `DEDUPLICATION_DAYS`. A "no"
   * is not final: see `claim`. Throws when the storage is away.
   */
  abstract seen(ids: readonly IdHash[]): Promise<boolean[]>;

  /**
   * The final word before a batch is sealed: claims the ids for `owner`, and says for each whether an earlier event or
   * somebody else has it, so that this one is to be dropped. The same call with the same owner, repeated until the
   * batch is inserted, answers as it did the first time. Throws when the storage is away, perhaps with some ids claimed.
   * @param owner names the batch, in every process and for ever: the same after a restart, never given to another batch
   */
  abstract claim(ids: readonly IdHash[], owner: string): Promise<boolean[]>;

  /**
   * Gives up what `owner` has claimed of these: their events were not inserted after all, and count when they come
   * again. Throws when the storage is away.
   */
  abstract release(ids: readonly IdHash[], owner: string): Promise<void>;

  /** ClickHouse has the batch with these ids. Never throws. */
  abstract delivered(ids: readonly IdHash[]): void;
}
