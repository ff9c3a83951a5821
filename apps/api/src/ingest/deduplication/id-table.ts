/** Slots of one bucket; an id is in one of two. */
const BUCKET = 16;
const SLOT_BYTES = 4;

/** A table is full at this part of its slots: two full buckets are practically never met below it. */
const LOAD = 0.75;

/** What a free slot holds. */
const FREE = 0;

/** Days are distinguished by the lowest four bits of their number. */
const DAY_MASK = 15;

/**
 * A hash table of fixed size that keeps 28 bits of an id, and its day. An id has two buckets, and goes into the emptier
 * one. A search reads 32 slots, of which 24 are taken when the table is full: it finds an id that is not there with a
 * probability of 24 / 2^28, one in eleven million.
 */
export class IdTable {
  /** Ids that are in it. */
  ids = 0;
  /** In a slot: 28 bits of the tag, then four of the day. */
  private readonly slots: Uint32Array;
  private readonly buckets: number;
  private readonly idsOfDay = new Map<number, number>();

  /** @param firstDay the first day that counts; all days that are added are less than 16 days later */
  constructor(
    room: number,
    private firstDay: number,
  ) {
    this.buckets = Math.ceil(room / LOAD / BUCKET);
    this.slots = new Uint32Array(this.buckets * BUCKET);
  }

  /** How many ids fit into so much memory. */
  static roomIn(bytes: number): number {
    return Math.floor(bytes / SLOT_BYTES / BUCKET) * BUCKET * LOAD;
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.slots.byteLength;
  }

  has(place: number, tag: number): boolean {
    const wanted = kept(tag);
    return this.find(this.firstBucket(place), wanted) >= 0 || this.find(this.secondBucket(place, tag), wanted) >= 0;
  }

  /** False when there is no place for it. */
  add(place: number, tag: number, day: number): boolean {
    const wanted = kept(tag);
    const first = this.firstBucket(place);
    const second = this.secondBucket(place, tag);
    let found = this.find(first, wanted);
    if (found < 0) found = this.find(second, wanted);
    if (found >= 0) {
      this.renew(found, day);
      return true;
    }
    if (this.ids >= this.slots.length * LOAD) return false;
    const free = this.emptier(first, second);
    if (free < 0) return false;
    this.slots[free] = ((wanted << 4) | (day & DAY_MASK)) >>> 0;
    this.ids += 1;
    this.count(day, 1);
    return true;
  }

  /** Frees the slots of days before this one; reads the whole table when there are any. */
  dropBefore(day: number): void {
    const dropped = new Uint8Array(DAY_MASK + 1);
    for (const [old, ids] of this.idsOfDay) {
      if (old >= day) continue;
      dropped[old & DAY_MASK] = 1;
      this.ids -= ids;
      this.idsOfDay.delete(old);
    }
    this.firstDay = day;
    if (!dropped.includes(1)) return;
    const { slots } = this;
    for (let slot = 0; slot < slots.length; slot++) {
      const value = slots[slot] ?? 0;
      if (value !== FREE && dropped[value & DAY_MASK] === 1) slots[slot] = FREE;
    }
  }

  /** The slot in the bucket that holds the tag (or nothing, for `FREE`), or -1. */
  private find(bucket: number, wanted: number): number {
    const { slots } = this;
    for (let slot = bucket; slot < bucket + BUCKET; slot++) if ((slots[slot] ?? 0) >>> 4 === wanted) return slot;
    return -1;
  }

  /** A free slot in the bucket that has more of them, or -1. */
  private emptier(first: number, second: number): number {
    return this.find(this.freeIn(first) >= this.freeIn(second) ? first : second, FREE);
  }

  private freeIn(bucket: number): number {
    const { slots } = this;
    let free = 0;
    for (let slot = bucket; slot < bucket + BUCKET; slot++) if (slots[slot] === FREE) free += 1;
    return free;
  }

  /** An id that comes again counts for the later of its days. */
  private renew(slot: number, day: number): void {
    const value = this.slots[slot] ?? 0;
    const before = this.firstDay + ((value - this.firstDay) & DAY_MASK);
    if (before >= day) return;
    this.slots[slot] = ((value & ~DAY_MASK) | (day & DAY_MASK)) >>> 0;
    this.count(before, -1);
    this.count(day, 1);
  }

  private count(day: number, more: number): void {
    this.idsOfDay.set(day, (this.idsOfDay.get(day) ?? 0) + more);
  }

  private firstBucket(place: number): number {
    return (((place / 2 ** 32) * this.buckets) >>> 0) * BUCKET;
  }

  /** Depends on all 64 bits, so that ids which share one bucket seldom share the other. */
  private secondBucket(place: number, tag: number): number {
    return this.firstBucket(Math.imul(place ^ tag, 0x9e3779b1) >>> 0);
  }
}

/** The stored bits of a tag; never those of a free slot. */
function kept(tag: number): number {
  return tag >>> 4 || 1;
}
