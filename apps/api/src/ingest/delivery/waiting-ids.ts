/** The ids of accepted events from the moment they are taken until ClickHouse has them. */
import type { IdList } from '../ids/id-list';
import { IdMap } from '../ids/id-map';

/** Most ids held; later repeats are then found when their batch is sealed, not when they are sent. */
const MAX_IDS = 1_000_000;

const MAX_CALL = 2 ** 32 - 1;

/** Settles with the number of the log's segment that holds the event, 0 when nothing was new; rejects when it was not accepted. */
export type Acceptance = Promise<number>;

/** The ids of one call, and its number. */
interface Call {
  call: number;
  ids: IdList;
}

export class WaitingIds {
  private readonly calls = new IdMap();
  private readonly acceptances = new Map<number, Acceptance>();
  private readonly bySegment = new Map<number, Call[]>();
  private lastCall = 0;

  /** The acceptance of an event with the id at this position that came before, if it still waits. */
  find(ids: IdList, position: number): Acceptance | undefined {
    return this.acceptances.get(this.calls.get(ids, position));
  }

  /** Keeps ids until their segment is delivered; they are forgotten at once when they are not accepted. */
  add(ids: IdList, acceptance: Acceptance): void {
    if (ids.length === 0 || this.calls.size + ids.length > MAX_IDS) return;
    const call = (this.lastCall % MAX_CALL) + 1;
    this.lastCall = call;
    this.acceptances.set(call, acceptance);
    for (let position = 0; position < ids.length; position++) this.calls.set(ids, position, call);
    acceptance.then(
      (segment) => this.keep(segment, { call, ids }),
      () => this.forget({ call, ids }),
    );
  }

  /** ClickHouse has every event up to this segment. */
  delivered(segment: number): void {
    for (const [number, calls] of this.bySegment) {
      if (number > segment) continue;
      for (const call of calls) this.forget(call);
      this.bySegment.delete(number);
    }
  }

  private keep(segment: number, call: Call): void {
    // Nothing of the call was new, so that no delivery would end the wait.
    if (segment === 0) return this.forget(call);
    const calls = this.bySegment.get(segment);
    if (calls) calls.push(call);
    else this.bySegment.set(segment, [call]);
  }

  private forget({ call, ids }: Call): void {
    this.acceptances.delete(call);
    for (let position = 0; position < ids.length; position++) this.calls.delete(ids, position);
  }
}
