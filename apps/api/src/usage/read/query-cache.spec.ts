import { deferred, settled } from '../../../../../test/support/deferred';
import { QueryCache } from './query-cache';

const query = { sql: 'SELECT {p0:UInt8}', parameters: { p0: 1 } };

/** A cache over a storage that answers how often it was asked. */
class Reader {
  readonly cache = new QueryCache();
  version: number | null = 7;
  gone = false;
  asked = 0;

  get(of = query, rows = 1): Promise<number> {
    return this.ask(of, () => Promise.resolve({ value: ++this.asked, rows }));
  }

  ask(of: typeof query, read: () => Promise<{ value: number; rows: number }>, kind = 'all'): Promise<number> {
    return this.cache.get({ query: of, kind, version: () => this.version, read, isGone: () => this.gone });
  }
}

describe('QueryCache', () => {
  it('answers the same statement with the same values while nothing has changed', async () => {
    const reader = new Reader();
    expect(await reader.get()).toBe(1);
    expect(await reader.get({ ...query, parameters: { p0: 1 } })).toBe(1);
    expect(await reader.get({ ...query, parameters: { p0: 2 } })).toBe(2);
    expect(await reader.get({ ...query, sql: 'SELECT 1' })).toBe(3);
    expect(await reader.get()).toBe(1);
  });

  it('answers nothing from before a change, and keeps nothing that was read across one', async () => {
    const reader = new Reader();
    expect(await reader.get()).toBe(1);
    reader.version = 8;
    expect(await reader.get()).toBe(2);
    const slow = deferred<{ value: number; rows: number }>();
    const other = { ...query, sql: 'SELECT 2' };
    const reading = reader.ask(other, () => slow.promise);
    reader.version = 9;
    slow.resolve({ value: 100, rows: 1 });
    expect(await reading).toBe(100);
    expect(await reader.get(other)).toBe(3);
  });

  it('keeps nothing of a server, where others write too', async () => {
    const reader = new Reader();
    reader.version = null;
    expect([await reader.get(), await reader.get()]).toEqual([1, 2]);
  });

  it('does not take one kind of version for another', async () => {
    const reader = new Reader();
    const read = (): Promise<{ value: number; rows: number }> => Promise.resolve({ value: ++reader.asked, rows: 1 });
    expect(await reader.ask(query, read, 'all')).toBe(1);
    expect(await reader.ask(query, read, 'history')).toBe(2);
    expect(await reader.ask(query, read, 'all')).toBe(1);
  });

  it.each([
    ['again for those who waited for somebody who went', true, ['failed', 2, 2]],
    ['no more where the read itself fails', false, ['failed', 'failed', 'failed']],
  ])('reads once for all who ask at the same time, and %s', async (_, gone, expected) => {
    const reader = new Reader();
    const failing = deferred<{ value: number; rows: number }>();
    const read = (): Promise<{ value: number; rows: number }> =>
      ++reader.asked === 1 ? failing.promise : Promise.resolve({ value: reader.asked, rows: 1 });
    const answers = [1, 2, 3].map(() => reader.ask(query, read).catch((error: Error) => error.message));
    await settled();
    expect(reader.asked).toBe(1);
    reader.gone = gone;
    failing.reject(new Error('failed'));
    expect(await Promise.all(answers)).toEqual(expected);
    expect(reader.asked).toBe(gone ? 2 : 1);
  });

  it('holds 100,000 rows at most, and lets those go that were asked for longest ago', async () => {
    const reader = new Reader();
    const [first, second, third] = [1, 2, 3].map((p0) => ({ ...query, parameters: { p0 } }));
    for (const each of [first, second]) await reader.get(each, 40_000);
    expect(await reader.get(first)).toBe(1);
    expect(await reader.get(third, 40_000)).toBe(3);
    expect(await reader.get(first)).toBe(1);
    expect(await reader.get(second, 100_001)).toBe(4);
    expect(await reader.get(second, 1)).toBe(5);
    // What fits nowhere made no room.
    expect(await reader.get(third)).toBe(3);
  });

  it('bounds statements without rows too', async () => {
    const reader = new Reader();
    const long = (index: number) => ({ ...query, parameters: { p0: index, text: 'x'.repeat(256 * 50_000) } });
    for (let index = 0; index < 3; index++) await reader.get(long(index), 0);
    expect(await reader.get(long(2), 0)).toBe(3);
    expect(await reader.get(long(0), 0)).toBe(4);
  });
});
