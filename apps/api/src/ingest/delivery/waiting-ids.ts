/** The ids of accepted events from the moment they are taken until ClickHouse has them. */
import { Slices } from '@meterhouse/common';
import type { IdList } from '../ids/id-list';
import { IdMap, oddFactor } from '../ids/id-map';

/** Most ids held; later repeats are then found when their batch is sealed, not when they are sent. */
const MAX_IDS = 1_000_000;

const MAX_CALL = 2 ** 32 - 1;

/** A table that grows holds the event loop: of so many each is small. A power of two. */
const TABLES = 16;

/** Settles with the number of the log's segment that holds the event, 0 when nothing was new; rejects when it was not accepted. */
export type Acceptance = Promise<number>;

/** The ids that one call takes. */
export interface WaitingCall {
  /** Of this call; not 0. */
  number: number;
  /** Of all rows of the call, and from `accepting` on those that it has taken. */
  ids: IdList;
  /** Positions of the rows whose ids it has taken, ascending. */
  taken: number[];
  acceptance: Acceptance;
  /** Settles `acceptance`. */
  settle: (acceptance: Acceptance) => void;
}

export class WaitingIds {
  private readonly tables = Array.from({ length: TABLES }, () => new IdMap());
  /** Drawn at random, so that no sender can choose the table of its ids. */
  private readonly factor = oddFactor();
  private readonly acceptances = new Map<number, Acceptance>();
  private readonly bySegment = new Map<number, WaitingCall[]>();
  private lastNumber = 0;

  /** Begins a call, which takes ids one by one and must then be given to `accepting`. */
  begin(ids: IdList): WaitingCall {
    const number = (this.lastNumber % MAX_CALL) + 1;
    this.lastNumber = number;
    let settle: WaitingCall['settle'] = () => undefined;
    const acceptance = new Promise<number>((resolve) => (settle = resolve));
    this.acceptances.set(number, acceptance);
    return { number, ids, taken: [], acceptance, settle };
  }

  /**
   * Takes the id at this position for the call, unless it waits already: between the look and the taking no other call
   * runs, so that of two calls with an id only one takes it.
   * @returns the acceptance of the event with the id that came before, which may be in the same call
   */
  take(call: WaitingCall, position: number): Acceptance | undefined {
    const table = this.tableOf(call.ids, position);
    const before = this.acceptances.get(table.get(call.ids, position));
    if (before) return before;
    table.set(call.ids, position, call.number);
    call.taken.push(position);
    return undefined;
  }

  /** Keeps what was taken until its segment is delivered; it is forgotten at once when it is not accepted. */
  accepting(call: WaitingCall, acceptance: Acceptance): void {
    call.ids = call.ids.pick(call.taken);
    call.taken = [];
    call.settle(acceptance);
    call.acceptance.then(
      (segment) => this.keep(segment, call),
      () => this.forget([call]),
    );
  }

  /** ClickHouse has every event up to this segment. */
  delivered(segment: number): void {
    for (const [number, calls] of this.bySegment) {
      if (number > segment) continue;
      this.forget(calls);
      this.bySegment.delete(number);
    }
  }

  private keep(segment: number, call: WaitingCall): void {
    // Nothing of the call was new, so that no delivery would end the wait.
    if (segment === 0 || call.ids.length === 0 || this.size > MAX_IDS) return this.forget([call]);
    const calls = this.bySegment.get(segment);
    if (calls) calls.push(call);
    else this.bySegment.set(segment, [call]);
  }

  /** At once; the room of the ids is free a little later, for a segment has many. */
  private forget(calls: readonly WaitingCall[]): void {
    for (const { number } of calls) this.acceptances.delete(number);
    void this.remove(calls);
  }

  private async remove(calls: readonly WaitingCall[]): Promise<void> {
    const slices = new Slices(null);
    for (const { ids, number } of calls) {
      await slices.each(ids.positions(), (position) => {
        const table = this.tableOf(ids, position);
        // A later call may have taken it meanwhile.
        if (table.get(ids, position) === number) table.delete(ids, position);
      });
    }
  }

  private get size(): number {
    return this.tables.reduce((sum, { size }) => sum + size, 0);
  }

  private tableOf(ids: IdList, position: number): IdMap {
    const table = (Math.imul(ids.word(position, 8), this.factor) >>> 0) % TABLES;
    return this.tables[table] as IdMap;
  }
}
