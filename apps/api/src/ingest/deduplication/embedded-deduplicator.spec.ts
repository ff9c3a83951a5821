import { Logger } from '@nestjs/common';
import { DAY } from '@meterhouse/common';
import { FixedClock } from '../../../../../test/support/fixed-clock';
import { EmbeddedDeduplicator } from './embedded-deduplicator';
import type { EventIdsRepository, HashRange, Received } from './event-ids.repository';
import { IdFilter } from './id-filter';
import { type IdHash, hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';

const NOON = Date.UTC(2026, 2, 2, 12);

/** Keeps hashes with the time they were received at; counts look-ups, and fails as often as `failures` says. */
class FakeEventIds {
  readonly rows = new Map<IdHash, number>();
  lookedUp = 0;
  pages = 0;
  failures = 0;
  hold: Promise<void> = Promise.resolve();

  insert(hashes: readonly IdHash[], at: number): void {
    for (const hash of hashes) this.rows.set(hash, at);
  }

  stored(hashes: readonly IdHash[], { from, to }: Received): Promise<Set<IdHash>> {
    this.lookedUp += hashes.length;
    const inTime = (at: number | undefined): boolean => at !== undefined && at >= from && at < to;
    return Promise.resolve(new Set(hashes.filter((hash) => inTime(this.rows.get(hash)))));
  }

  async countByDay(day: number): Promise<{ day: number; ids: number }[]> {
    await this.hold;
    if (this.failures-- > 0) throw Object.assign(new Error('away'), { code: 'ECONNRESET' });
    const counts = new Map<number, number>();
    for (const at of this.rows.values()) counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1);
    return [...counts].map(([day, ids]) => ({ day, ids })).filter((count) => count.day >= day);
  }

  startsOf(day: number, { from, to }: HashRange): Promise<Buffer> {
    this.pages += 1;
    const starts = [...this.rows]
      .filter(([, at]) => dayOf(at) === day)
      .map(([hash]) => Buffer.from(hash, 'latin1'))
      .filter((hash) => hash.readUInt16BE(0) >= from && hash.readUInt16BE(0) < to)
      .map((hash) => hash.subarray(0, 8));
    return Promise.resolve(Buffer.concat(starts));
  }
}

const dayOf = (at: number): number => Math.floor(at / DAY);
const names = (prefix: string, count: number): IdHash[] =>
  Array.from({ length: count }, (_, index) => hashOf('account', `${prefix}${index}`));
const all = (count: number, value: boolean): boolean[] => Array<boolean>(count).fill(value);

describe('EmbeddedDeduplicator', () => {
  let ids: FakeEventIds;
  let clock: FixedClock;
  let logged: string[];

  beforeEach(() => {
    ids = new FakeEventIds();
    clock = new FixedClock(NOON);
    logged = [];
    const log = (message: unknown): void => void logged.push(String(message));
    const silent = (): void => undefined;
    Logger.overrideLogger({ log, error: log, warn: log, debug: silent, verbose: silent });
  });

  function make(filter?: IdFilter): EmbeddedDeduplicator {
    // It uses the three methods that the fake has.
    const deduplicator = new EmbeddedDeduplicator(ids as unknown as EventIdsRepository, clock, filter);
    deduplicator.onModuleInit();
    return deduplicator;
  }

  async function deliver(deduplicator: EmbeddedDeduplicator, events: IdHash[]): Promise<void> {
    ids.insert(events, clock.now());
    deduplicator.delivered(IdList.of(events));
    await deduplicator.seen(IdList.EMPTY);
  }

  it('looks up no new id, and every one it may have seen', async () => {
    const deduplicator = make();
    await deduplicator.ready();
    expect(await deduplicator.seen(IdList.of(names('a', 12_000)))).toEqual(all(12_000, false));
    expect(await deduplicator.claim(IdList.of(names('a', 100)))).toEqual(all(100, false));
    expect(ids.lookedUp).toBe(0);
    ids.insert(names('a', 12_000), NOON);
    deduplicator.delivered(IdList.of(names('a', 12_000)));
    // Asked in the same turn: it waits until the ids are remembered.
    expect(await deduplicator.seen(IdList.of([...names('b', 5), ...names('a', 12_000)]))).toEqual([
      ...all(5, false),
      ...all(12_000, true),
    ]);
    expect(ids.lookedUp).toBe(12_000);
    expect(await deduplicator.claim(IdList.of(names('a', 1)))).toEqual([true]);
    expect(logged).toEqual([]);
  });

  it('answers from look-ups until the ids of before are loaded, and loses none that come meanwhile', async () => {
    ids.insert(names('old', 120_000), NOON - 3 * DAY);
    let release: () => void = () => undefined;
    ids.hold = new Promise((resolve) => (release = resolve));
    const deduplicator = make();
    expect(await deduplicator.seen(IdList.of([...names('old', 2), ...names('new', 2)]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(ids.lookedUp).toBe(4);
    await deliver(deduplicator, names('meanwhile', 10));
    release();
    await deduplicator.ready();
    expect(ids.pages).toBe(4);
    ids.lookedUp = 0;
    expect(await deduplicator.seen(IdList.of(names('new', 1_000)))).toEqual(all(1_000, false));
    expect(ids.lookedUp).toBe(0);
    expect(await deduplicator.seen(IdList.of(names('old', 120_000)))).toEqual(all(120_000, true));
    expect(await deduplicator.seen(IdList.of(names('meanwhile', 10)))).toEqual(all(10, true));
  });

  it('tries again when the ids cannot be loaded, and ends at shutdown', async () => {
    ids.insert(names('old', 1), NOON);
    ids.failures = 1;
    const deduplicator = make();
    await deduplicator.ready();
    expect(await deduplicator.seen(IdList.of(names('old', 2)))).toEqual([true, false]);
    expect(ids.lookedUp).toBe(1);
    expect(logged).toEqual([expect.stringContaining('cannot be loaded yet')]);
    ids.failures = Infinity;
    const never = make();
    await never.beforeApplicationShutdown();
    expect(await never.seen(IdList.of(names('old', 2)))).toEqual([true, false]);
    expect(logged).toHaveLength(2);
  });

  it('forgets ids after seven days, on the dot', async () => {
    const deduplicator = make();
    await deduplicator.ready();
    await deliver(deduplicator, names('a', 1));
    for (let day = 1; day <= 7; day++) {
      clock.at = NOON + day * DAY;
      await deliver(deduplicator, names(`day${day}-`, 1));
      expect(await deduplicator.seen(IdList.of(names('a', 1)))).toEqual([true]);
    }
    clock.at = NOON + 7 * DAY + 1;
    expect(await deduplicator.seen(IdList.of(names('a', 1)))).toEqual([false]);
    clock.at = NOON + 9 * DAY;
    await deliver(deduplicator, names('b', 1));
    ids.lookedUp = 0;
    expect(await deduplicator.seen(IdList.of(names('a', 1)))).toEqual([false]);
    expect(ids.lookedUp).toBe(0);
  });

  it('stays exact when there are more ids than memory, and says so once', async () => {
    ids.insert(names('old', 60_000), NOON - DAY);
    const deduplicator = make(new IdFilter(9, 200_000));
    await deduplicator.ready();
    await deliver(deduplicator, names('a', 10));
    await deliver(deduplicator, names('b', 10));
    const asked = [...names('old', 3), ...names('a', 3), ...names('new', 3)];
    expect(await deduplicator.seen(IdList.of(asked))).toEqual([...all(6, true), ...all(3, false)]);
    expect(ids.lookedUp).toBe(9);
    expect(logged).toEqual([expect.stringContaining('more ids than the filter has memory for')]);
  });

  it('looks every id up once its filter has failed', async () => {
    const filter = new IdFilter(9);
    const deduplicator = make(filter);
    await deduplicator.ready();
    jest.spyOn(filter, 'add').mockImplementation(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    await deliver(deduplicator, names('a', 2));
    expect(await deduplicator.seen(IdList.of([...names('a', 2), ...names('b', 1)]))).toEqual([true, true, false]);
    expect(logged).toEqual([expect.stringContaining('Array buffer allocation failed')]);
  });
});
