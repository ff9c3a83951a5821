import fc from 'fast-check';
import { FILTER_BYTES, IdFilter } from './id-filter';

const MIB = 1024 * 1024;
const word = fc.nat({ max: 2 ** 32 - 1 });
const id = fc.record({ place: word, tag: fc.oneof(word, fc.constantFrom(0, 1, 16, 2 ** 32 - 1)) });

/** Looked up once: a test's global objects are slow to reach. */
const { imul } = Math;

/** Evenly spread words, the same in every run (splitmix32). */
function words(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** Adds ids and returns what asks for the same again: how many of them the filter may have. */
function addMany(filter: IdFilter, seed: number, ids: number, dayOf: (n: number) => number): () => number {
  const next = words(seed);
  for (let n = 0; n < ids; n++) filter.add(next(), next(), dayOf(n));
  return () => countPerhaps(filter, words(seed), ids);
}

function countPerhaps(filter: IdFilter, next: () => number, ids: number): number {
  let perhaps = 0;
  for (let n = 0; n < ids; n++) if (filter.mayHave(next(), next())) perhaps += 1;
  return perhaps;
}

describe('IdFilter', () => {
  it('never calls an id new of a day that counts, whatever the order of days and repeats', () => {
    const days = 9;
    const pool = fc.array(id, { minLength: 1, maxLength: 40 });
    const additions = fc.array(fc.tuple(fc.nat(), fc.integer({ min: -6, max: 4 })), { maxLength: 300 });
    fc.assert(
      fc.property(pool, additions, (ids, added) => {
        const filter = new IdFilter(days);
        const latest = new Map<(typeof ids)[number], number>();
        let today = 100;
        for (const [choice, step] of added) {
          const day = today + step;
          const item = ids[choice % ids.length];
          if (!item) continue;
          today = Math.max(today, day);
          latest.set(item, Math.max(latest.get(item) ?? 0, day));
          filter.add(item.place, item.tag, day);
          for (const [{ place, tag }, last] of latest) {
            if (last > today - days && !filter.mayHave(place, tag)) throw new Error(`Called new: ${place} ${tag}`);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('forgets ids when their day is over, and frees their memory', () => {
    const filter = new IdFilter(9);
    const first = addMany(filter, 1, 1_000, () => 1);
    const renewed = addMany(filter, 2, 1_000, () => 1);
    addMany(filter, 2, 1_000, () => 3);
    addMany(filter, 3, 1, () => 9);
    expect(first()).toBe(1_000);
    addMany(filter, 3, 1, () => 10);
    expect(first()).toBe(0);
    expect(renewed()).toBe(1_000);
    const { bytes } = filter;
    addMany(filter, 4, 250_000, () => 11);
    expect(filter.bytes).toBeGreaterThan(bytes);
    addMany(filter, 5, 1, () => 100);
    expect(filter.bytes).toBe(bytes);
    expect(renewed()).toBe(0);
  });

  it('does not grow while every day is like the one before', () => {
    const filter = new IdFilter(9);
    for (let day = 0; day < 12; day++) addMany(filter, day, 20_000, () => day);
    const { bytes } = filter;
    for (let day = 12; day < 30; day++) addMany(filter, day, 20_000, () => day);
    expect(filter.bytes).toBeLessThanOrEqual(bytes);
    expect(bytes).toBeLessThan(4 * MIB);
  });

  it('grows to many ids, and calls fewer than one new id in a million perhaps seen', () => {
    const filter = new IdFilter(9);
    const ids = 600_000;
    const again = addMany(filter, 1, ids, (n) => n % 8);
    expect(again()).toBe(ids);
    // 0.2 are expected.
    expect(countPerhaps(filter, words(2), 1_000_000)).toBeLessThanOrEqual(2);
    expect(filter.bytes / ids).toBeLessThan(15);
  });

  it('keeps 32 ids that share a place, and takes the next into another table', () => {
    const filter = new IdFilter(9);
    // The same words but for bits of the tag that are not kept: one id each time.
    for (let tag = 0; tag < 16; tag++) filter.add(7, 160 + tag, 1);
    expect(filter.mayHave(7, 165)).toBe(true);
    const last = 2 ** 32 - 1;
    for (let tag = 0; tag < 200; tag++) filter.add(last, tag * 16, 1);
    for (let tag = 0; tag < 200; tag++) expect(filter.mayHave(last, tag * 16)).toBe(true);
    expect(filter.mayHave(last, 200 * 16)).toBe(false);
  });

  it('past its memory calls every id perhaps seen, until the day that lacks ids counts no more', () => {
    const filter = new IdFilter(9, 2 * MIB);
    const before = addMany(filter, 1, 100_000, () => 1);
    expect(filter.complete).toBe(true);
    addMany(filter, 2, 400_000, () => 2);
    expect(filter.complete).toBe(false);
    expect(filter.bytes).toBeLessThanOrEqual(2 * MIB);
    expect(countPerhaps(filter, words(3), 10)).toBe(10);
    const after = addMany(filter, 4, 10_000, () => 3);
    addMany(filter, 5, 10_000, () => 10);
    expect(filter.complete).toBe(false);
    addMany(filter, 6, 300_000, () => 11);
    expect(filter.complete).toBe(true);
    expect(after()).toBe(10_000);
    expect(before()).toBe(0);
  });

  it('keeps the newest of days that are added newest first', () => {
    const filter = new IdFilter(9, 2 * MIB);
    filter.reserve(700_000, 10);
    const newest = addMany(filter, 1, 300_000, () => 10);
    addMany(filter, 2, 300_000, () => 3);
    addMany(filter, 3, 100_000, () => 2);
    expect(filter.complete).toBe(false);
    addMany(filter, 4, 10, () => 12);
    expect(filter.complete).toBe(true);
    expect(newest()).toBe(300_000);
  });

  it('holds what its documentation says', () => {
    const filter = new IdFilter(9);
    filter.reserve(5_000_000, 1);
    expect(filter.bytes / 5_000_000).toBeCloseTo(10.67, 1);
    const large = new IdFilter(9);
    large.reserve(50_000_000, 1);
    expect(large.bytes).toBeLessThanOrEqual(FILTER_BYTES);
    expect((large.bytes / 4) * 0.75).toBeGreaterThan(50_000_000);
  });
});
