/** Numbers by id. A Map of strings takes several times the memory, and three cache misses where this takes one. */
import { randomInt } from 'node:crypto';
import type { IdList } from './id-list';

/** Slots at first; it doubles. */
const FIRST_SLOTS = 1_024;

/** 32-bit words of a slot: the hash, then its number, 0 in a free slot. */
const HASH_WORDS = 4;
const SLOT_WORDS = HASH_WORDS + 1;

/**
 * A hash table with linear probing, at most half full, so that a few slots are read for an id. A sender of ids whose
 * hashes begin alike cannot predict their slots: each table draws its factors at random.
 */
export class IdMap {
  private readonly factors = [oddFactor(), oddFactor()] as const;
  private words: Uint32Array;
  private slots: number;
  private used = 0;

  /** @param expected how many ids it will probably hold; more are held as well */
  constructor(expected = 0) {
    this.slots = Math.max(FIRST_SLOTS, 2 * expected);
    this.words = new Uint32Array(this.slots * SLOT_WORDS);
  }

  /** How many ids it holds. */
  get size(): number {
    return this.used;
  }

  /** The number of the id at this position of the list; 0 if it has none. */
  get(ids: IdList, position: number): number {
    return this.words[this.find(ids, position) + HASH_WORDS] as number;
  }

  /** @param number from 1 to 2^32 - 1 */
  set(ids: IdList, position: number, number: number): void {
    const at = this.find(ids, position);
    const { words } = this;
    const isNew = words[at + HASH_WORDS] === 0;
    for (let word = 0; word < HASH_WORDS; word++) words[at + word] = ids.word(position, 4 * word);
    words[at + HASH_WORDS] = number;
    if (isNew && ++this.used > this.slots / 2) this.grow();
  }

  delete(ids: IdList, position: number): void {
    const at = this.find(ids, position);
    if (this.words[at + HASH_WORDS] === 0) return;
    this.closeGap(at);
    if (--this.used === 0 && this.slots > FIRST_SLOTS) this.resize(FIRST_SLOTS);
  }

  /** Where the id is, or the free slot where it would be. */
  private find(ids: IdList, position: number): number {
    const { words } = this;
    const first = ids.word(position, 0);
    const second = ids.word(position, 4);
    const third = ids.word(position, 8);
    const fourth = ids.word(position, 12);
    for (let at = this.home(first, second); ; at = this.after(at)) {
      if (words[at + HASH_WORDS] === 0) return at;
      const isSame =
        words[at] === first && words[at + 1] === second && words[at + 2] === third && words[at + 3] === fourth;
      if (isSame) return at;
    }
  }

  /** The slot where a search for a hash with these words begins. */
  private home(first: number, second: number): number {
    const mixed = (Math.imul(first, this.factors[0]) + Math.imul(second, this.factors[1])) >>> 0;
    return Math.floor((mixed / 2 ** 32) * this.slots) * SLOT_WORDS;
  }

  private after(at: number): number {
    return at + SLOT_WORDS === this.words.length ? 0 : at + SLOT_WORDS;
  }

  /** Frees a slot, into which those move that would not be found past a free one. */
  private closeGap(gap: number): void {
    const { words } = this;
    const length = words.length;
    for (let at = this.after(gap); words[at + HASH_WORDS] !== 0; at = this.after(at)) {
      const toHome = (at - this.home(words[at] as number, words[at + 1] as number) + length) % length;
      const toGap = (at - gap + length) % length;
      if (toHome < toGap) continue;
      words.copyWithin(gap, at, at + SLOT_WORDS);
      gap = at;
    }
    words[gap + HASH_WORDS] = 0;
  }

  private grow(): void {
    const old = this.words;
    this.resize(2 * this.slots);
    const { words } = this;
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + HASH_WORDS] === 0) continue;
      let at = this.home(old[from] as number, old[from + 1] as number);
      while (words[at + HASH_WORDS] !== 0) at = this.after(at);
      for (let word = 0; word < SLOT_WORDS; word++) words[at + word] = old[from + word] as number;
    }
  }

  private resize(slots: number): void {
    this.slots = slots;
    this.words = new Uint32Array(slots * SLOT_WORDS);
  }
}

/** By which numbers are mixed in a way that nobody can predict. */
export function oddFactor(): number {
  return 2 * randomInt(2 ** 31) + 1;
}
