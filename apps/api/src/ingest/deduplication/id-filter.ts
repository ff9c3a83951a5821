/** Remembers in memory which ids were seen, well enough to say of most new ones that they are new. */
import { IdTable } from './id-table';

/** The most memory of a filter in bytes; about 50 million ids. */
export const FILTER_BYTES = 256 * 1024 * 1024;

/** Ids in the first table. */
const FIRST_ROOM = 250_000;

/** A new table has room for this many times the ids there are, so that there are never many tables. */
const GROWTH = 2;

/**
 * A set of ids that returns "certainly new" or "perhaps seen".
 *
 * - **Form.** Hash tables of 32 bits an id, 5.3 bytes when full. A table never grows: when it is full a larger one takes
 *   what comes, and the old one goes when its last id has.
 * - **Days.** Ids are stored by day; those of the newest `days` days count, older ones are dropped.
 * - **Errors.** An id that counts is never called new. One that was never added is called "perhaps" with a probability
 *   below one in a million.
 * - **Bound.** Memory ends at `byteLimit`. When an id finds no place, every id is "perhaps" until its day counts no
 *   more: the caller then looks every id up, which is slower and as exact.
 *
 * An id is given as two words of its hash, which must be spread evenly.
 */
export class IdFilter {
  /** Newest first. */
  private tables: IdTable[] = [];
  private newestDay = -Infinity;
  /** The last day of which an id found no place. */
  private lackingDay = -Infinity;

  /** @param days how many days count, the newest one included; at most 15 */
  constructor(
    private readonly days: number,
    private readonly byteLimit: number = FILTER_BYTES,
  ) {}

  /** Memory in bytes. */
  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, 0);
  }

  /** Whether every id that counts has a place. */
  get complete(): boolean {
    return this.lackingDay <= this.newestDay - this.days;
  }

  /** False: certainly not added. True: perhaps. */
  mayHave(place: number, tag: number): boolean {
    if (!this.complete) return true;
    for (const table of this.tables) if (table.has(place, tag)) return true;
    return false;
  }

  /** @param day days since the epoch; one too old to count is left out */
  add(place: number, tag: number, day: number): void {
    if (day > this.newestDay) this.advance(day);
    if (day <= this.newestDay - this.days || day <= this.lackingDay) return;
    for (const table of this.tables) if (table.add(place, tag, day)) return;
    const table = this.extend(Math.max(FIRST_ROOM, GROWTH * this.ids));
    if (!table?.add(place, tag, day)) this.lack(day);
  }

  /** Prepares for as many ids as will be added at once, and some growth; `day` is the newest day of them or later. */
  reserve(ids: number, day: number): void {
    if (day > this.newestDay) this.advance(day);
    this.extend(Math.max(FIRST_ROOM, GROWTH * ids));
  }

  private get ids(): number {
    return this.tables.reduce((sum, table) => sum + table.ids, 0);
  }

  private advance(day: number): void {
    this.newestDay = day;
    this.dropBefore(day - this.days + 1);
  }

  /** Once this day is over, it and all before it count no more: their ids leave their places to those of later days. */
  private lack(day: number): void {
    this.lackingDay = day;
    this.dropBefore(day + 1);
  }

  private dropBefore(day: number): void {
    for (const table of this.tables) table.dropBefore(day);
    this.tables = this.tables.filter((table) => table.ids > 0);
  }

  private extend(room: number): IdTable | undefined {
    const affordable = IdTable.roomIn(this.byteLimit - this.bytes);
    if (affordable === 0) return undefined;
    const table = new IdTable(Math.min(room, affordable), this.newestDay - this.days + 1);
    this.tables = [table, ...this.tables];
    return table;
  }
}
