/** The ids of accepted events from the moment they are taken until ClickHouse has them. */
import type { IdHash } from '../deduplication/id-hash';

/** Most ids held; later repeats are then found when their batch is sealed, not when they are sent. */
const MAX_IDS = 1_000_000;

/** Settles with the number of the log's segment that holds the event, or rejects when the event was not accepted. */
export type Acceptance = Promise<number>;

export class WaitingIds {
  private readonly acceptances = new Map<IdHash, Acceptance>();
  private readonly bySegment = new Map<number, IdHash[][]>();

  /** The acceptance of an event with this id that came before, if it still waits. */
  find(id: IdHash): Acceptance | undefined {
    return this.acceptances.get(id);
  }

  /** Keeps ids until their segment is delivered; they are forgotten at once when they are not accepted. */
  add(ids: IdHash[], acceptance: Acceptance): void {
    if (ids.length === 0 || this.acceptances.size + ids.length > MAX_IDS) return;
    for (const id of ids) this.acceptances.set(id, acceptance);
    acceptance.then(
      (segment) => this.keep(segment, ids),
      () => this.forget(ids),
    );
  }

  /** ClickHouse has every event up to this segment. */
  delivered(segment: number): void {
    for (const [number, groups] of this.bySegment) {
      if (number > segment) continue;
      for (const ids of groups) this.forget(ids);
      this.bySegment.delete(number);
    }
  }

  private keep(segment: number, ids: IdHash[]): void {
    const groups = this.bySegment.get(segment);
    if (groups) groups.push(ids);
    else this.bySegment.set(segment, [ids]);
  }

  private forget(ids: readonly IdHash[]): void {
    for (const id of ids) this.acceptances.delete(id);
  }
}
