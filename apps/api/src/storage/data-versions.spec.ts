import fc from 'fast-check';
import { deferred, settled } from '../../../../test/support/deferred';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { DataVersions, type Over } from './data-versions';

const DAY = 86_400_000;
const TODAY = 20_000 * DAY;

class Changes extends DataVersions {
  readonly time: FixedClock;
  readonly storage: { version: number | null };

  constructor() {
    const time = new FixedClock(TODAY + 1_000);
    const storage = { version: 0 };
    super(storage as ConstructorParameters<typeof DataVersions>[0], time);
    this.time = time;
    this.storage = storage;
  }

  /** Whether it moves while the work runs, for an account (null: all) and its days that are over. */
  async moves(accountId: string | null, work: () => Promise<unknown>): Promise<Record<Over, boolean>> {
    const versions = (): (number | null)[] => [this.version(accountId, 'all'), this.version(accountId, 'history')];
    const before = versions();
    await work();
    const after = versions();
    return { all: before[0] !== after[0], history: before[1] !== after[1] };
  }

  accept(accountId: string, timestamp = TODAY, segment = 1): Promise<number> {
    return this.accepting(new Map([[accountId, timestamp]]), () => Promise.resolve(segment));
  }

  insert(): Promise<void> {
    return this.inserting(() => Promise.resolve());
  }
}

const both = { all: true, history: true };
const today = { all: true, history: false };
const neither = { all: false, history: false };

describe('DataVersions', () => {
  it('moves with an insert for the accounts whose events it may bring, and for all accounts together', async () => {
    const changes = new Changes();
    await changes.accept('a');
    expect(await changes.moves('a', () => changes.insert())).toEqual(today);
    expect(await changes.moves(null, () => changes.insert())).toEqual(today);
    expect(await changes.moves('b', () => changes.insert())).toEqual(neither);
    changes.delivered(1, true);
    expect(await changes.moves('a', () => changes.insert())).toEqual(neither);
  });

  it('knows whose events wait, from before they are in the log until they are delivered', async () => {
    const changes = new Changes();
    expect(changes.isWaiting('a')).toBe(false);
    const appended = deferred<number>();
    const accepting = changes.accepting(new Map([['a', TODAY]]), () => appended.promise);
    expect([changes.isWaiting('a'), changes.isWaiting('b')]).toEqual([true, false]);
    appended.resolve(1);
    await accepting;
    await changes.accept('b', TODAY, 2);
    changes.delivered(1, false);
    expect([changes.isWaiting('a'), changes.isWaiting('b')]).toEqual([false, true]);
    changes.delivered(2, true);
    expect(changes.isWaiting('b')).toBe(false);
    changes.begin(true);
    expect(changes.isWaiting('b')).toBe(true);
    changes.delivered(3, true);
    expect(changes.isWaiting('b')).toBe(false);
  });

  it('moves at both ends of an insert', async () => {
    const changes = new Changes();
    await changes.accept('a');
    let inside: number | null = null;
    const before = changes.version('a', 'all');
    await changes.inserting(() => Promise.resolve((inside = changes.version('a', 'all'))));
    expect(new Set([before, inside, changes.version('a', 'all')]).size).toBe(3);
  });

  it('moves days that are over with events that are dated there, also by a midnight that came since', async () => {
    const changes = new Changes();
    await changes.accept('a', TODAY - 1);
    expect(await changes.moves('a', () => changes.insert())).toEqual(both);
    changes.delivered(1, true);
    await changes.accept('a', TODAY + 500, 2);
    const across = (): Promise<void> => {
      changes.time.at = TODAY + DAY;
      return Promise.resolve();
    };
    expect(await changes.moves('a', () => changes.inserting(across))).toEqual(both);
  });

  it('does not let the day end earlier when the clock goes back', () => {
    const changes = new Changes();
    expect(changes.today()).toBe(TODAY);
    changes.time.at = TODAY - 1;
    expect(changes.today()).toBe(TODAY);
  });

  it('moves for everybody while it is not known whose events come, and with all else that is written', async () => {
    const changes = new Changes();
    changes.begin(true);
    expect(await changes.moves('b', () => changes.insert())).toEqual(both);
    await changes.accept('a', TODAY, 4);
    changes.delivered(3, false);
    expect(await changes.moves('b', () => changes.insert())).toEqual(both);
    changes.delivered(4, false);
    expect(await changes.moves('b', () => changes.insert())).toEqual(neither);
    await changes.accepting(null, () => Promise.resolve(5));
    expect(await changes.moves('b', () => changes.insert())).toEqual(both);
    changes.delivered(5, true);
    const write = (): Promise<void> => Promise.resolve(void (changes.storage.version = 1));
    expect(await changes.moves('b', write)).toEqual(both);
    changes.storage.version = null;
    expect(changes.version('a', 'all')).toBeNull();
  });

  it('does not forget what waits when a call fails, or another of the account is delivered first', async () => {
    const changes = new Changes();
    await expect(changes.accepting(new Map([['a', TODAY]]), () => Promise.reject(new Error('full')))).rejects.toThrow(
      'full',
    );
    let land: (segment: number) => void = () => undefined;
    const slow = changes.accepting(new Map([['a', TODAY]]), () => new Promise((done) => (land = done)));
    await changes.accept('a', TODAY, 1);
    changes.delivered(1, true);
    expect(await changes.moves('a', () => changes.insert())).toEqual(today);
    land(2);
    await slow;
    expect(await changes.moves('a', () => changes.insert())).toEqual(today);
    changes.delivered(2, true);
    expect(await changes.moves('a', () => changes.insert())).toEqual(neither);
  });

  it('forgets what is delivered of an account while more of it waits', async () => {
    const changes = new Changes();
    await changes.accept('a', TODAY - 1, 1);
    await changes.accept('a', TODAY, 2);
    expect(await changes.moves('a', () => changes.insert())).toEqual(both);
    changes.delivered(1, false);
    expect(await changes.moves('a', () => changes.insert())).toEqual(today);
  });

  it('moves for every account of a call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }),
        async (accounts) => {
          const changes = new Changes();
          const oldest = new Map(accounts.map((accountId, index) => [accountId, TODAY - (index % 2)]));
          await changes.accepting(oldest, () => Promise.resolve(1));
          for (const [index, account] of accounts.entries()) {
            const { all, history } = await changes.moves(account, () => changes.insert());
            expect(all).toBe(true);
            if (index % 2 === 1) expect(history).toBe(true);
          }
          changes.delivered(1, true);
          for (const account of accounts) expect(await changes.moves(account, () => changes.insert())).toEqual(neither);
        },
      ),
    );
  });

  it('runs held work between inserts, and holds an insert up for a while only', async () => {
    const changes = new Changes();
    const order: string[] = [];
    const first = deferred<void>();
    const inserting = changes.inserting(() => first.promise.then(() => void order.push('first insert')));
    const reading = deferred<void>();
    const held = changes.holding(() => {
      order.push('read begins');
      return reading.promise.then(() => void order.push('read ends'));
    });
    const next = changes.inserting(() => Promise.resolve(void order.push('second insert')));
    await settled();
    expect(order).toEqual([]);
    first.resolve();
    await inserting;
    await settled();
    expect(order).toEqual(['first insert', 'read begins']);
    reading.resolve();
    await Promise.all([held, next]);
    expect(order).toEqual(['first insert', 'read begins', 'read ends', 'second insert']);
    const endless = changes.holding(() => new Promise<never>(() => undefined));
    void endless;
    await changes.inserting(() => Promise.resolve(void order.push('third insert')));
    expect(order.at(-1)).toBe('third insert');
  });

  it('goes on after held work that failed', async () => {
    const changes = new Changes();
    await expect(changes.holding(() => Promise.reject(new Error('read failed')))).rejects.toThrow('read failed');
    await changes.insert();
  });
});
