import { Logger } from '@nestjs/common';
import { DAY, SECOND, Slices } from '@meterhouse/common';
import fc from 'fast-check';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { DataVersions } from '../storage/data-versions';
import { NameLimit, type NamedEvent } from './name-limit';
import { type NameColumn, NamesRepository } from './names.repository';

const TODAY = 20_000;
const LIMIT = 3;

/** What `usage_day` returns. */
class Storage implements Pick<NamesRepository, 'isShared' | 'names'> {
  isShared = false;
  isAway = false;
  reads = 0;
  readonly events: NamedEvent[] = [];

  async names(
    _: NameColumn,
    but: readonly string[],
    accountId: string,
    from: number,
    before: number,
    limit: number,
  ): Promise<string[]> {
    this.reads += 1;
    const requests = new Map<string, number>();
    for (const event of this.events) {
      const day = Math.floor(event.timestamp / DAY);
      if (event.accountId !== accountId || day < from || day >= before || but.includes(event.endpoint)) continue;
      requests.set(event.endpoint, (requests.get(event.endpoint) ?? 0) + 1);
    }
    await Promise.resolve();
    if (this.isAway) throw new Error('socket hang up');
    return [...requests]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([name]) => name);
  }
}

let storage: Storage;
let clock: FixedClock;
let limits: Map<string, number>;
let waiting: Set<string>;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  storage = new Storage();
  clock = new FixedClock(TODAY * DAY);
  limits = new Map();
  waiting = new Set();
});

function open(): NameLimit {
  const limitOf = (account: string): number => limits.get(account) ?? LIMIT;
  const versions = { isWaiting: (account: string) => waiting.has(account) };
  return new NameLimit(
    { field: 'endpoint', column: 'endpoint', unlimited: [OTHER], limitOf, maxInMemory: 400_000 },
    storage as unknown as NamesRepository,
    versions as unknown as DataVersions,
    clock,
  );
}

/** Events of these paths on a day, in the middle of it. */
const events = (paths: readonly string[], day = TODAY, accountId = 'acme'): NamedEvent[] =>
  paths.map((endpoint) => ({ accountId, timestamp: day * DAY + DAY / 2, endpoint, method: 'GET', errorType: '' }));

/** The names that events of these paths get. */
async function send(limit: NameLimit, paths: readonly string[], day = TODAY, accountId = 'acme'): Promise<string[]> {
  const sent = events(paths, day, accountId);
  await limit.fold(sent, new Slices(null));
  return sent.map(({ endpoint }) => endpoint);
}

const OTHER = '{other}';

describe('names of a day', () => {
  it('are {other} past the limit, and known ones go on under their own', async () => {
    const limit = open();
    const call = events(['/a', '/b', '/a', '/c', '/d', '/b', '/e']);
    expect(await limit.fold(call, new Slices(null))).toEqual([4, 6]);
    expect(call.map(({ endpoint }) => endpoint)).toEqual(['/a', '/b', '/a', '/c', OTHER, '/b', OTHER]);
    expect(await send(limit, ['/e', '/c', '/f', '/a'])).toEqual([OTHER, '/c', OTHER, '/a']);
  });

  it('are those of each account and of the day of the event', async () => {
    const limit = open();
    await send(limit, ['/a', '/b', '/c', '/d']);
    expect(await send(limit, ['/d'], TODAY, 'another')).toEqual(['/d']);
    // An import of old days takes nothing from today, and gets nothing of it.
    expect(await send(limit, ['/x', '/y', '/z', '/w'], TODAY - 30)).toEqual(['/x', '/y', '/z', OTHER]);
    expect(await send(limit, ['/x', '/a'])).toEqual([OTHER, '/a']);
  });

  it('leave out {other}, which may be sent too', async () => {
    const limit = open();
    const call = events([OTHER, '/a', '/b', OTHER, '/c']);
    expect(await limit.fold(call, new Slices(null))).toEqual([]);
    expect(call.map(({ endpoint }) => endpoint)).toEqual([OTHER, '/a', '/b', OTHER, '/c']);
    const restarted = open();
    await restarted.remember(events([OTHER, '/a', '/b']));
    expect(await send(restarted, ['/c', '/d'])).toEqual(['/c', OTHER]);
  });

  it('of error types leave out that of requests that did not fail', async () => {
    const limit = new NameLimit(
      { field: 'errorType', column: 'error_type', unlimited: [OTHER, ''], limitOf: () => 2, maxInMemory: 100 },
      storage as unknown as NamesRepository,
      { isWaiting: () => false } as unknown as DataVersions,
      clock,
    );
    const call = events(Array<string>(6).fill('/a'));
    ['', 'a', 'b', '', 'c', 'a'].forEach((errorType, index) => Object.assign(call[index] ?? {}, { errorType }));
    expect(await limit.fold(call, new Slices(null))).toEqual([4]);
    expect(call.map(({ errorType }) => errorType)).toEqual(['', 'a', 'b', '', OTHER, 'a']);
    expect(new Set(call.map(({ endpoint }) => endpoint))).toEqual(new Set(['/a']));
  });

  it('are as many as the account may have at the time', async () => {
    const limit = open();
    await send(limit, ['/a', '/b', '/c', '/d']);
    limits.set('acme', 4);
    expect(await send(limit, ['/d', '/e'])).toEqual(['/d', OTHER]);
    limits.set('acme', 2);
    expect(await send(limit, ['/d', '/e', '/c'])).toEqual(['/d', OTHER, '/c']);
  });

  it('of the week before go on past the limit, those with the most requests', async () => {
    storage.events.push(...events(['/1', '/1', '/2', '/2', '/3', '/3', '/scanned'], TODAY - 1));
    storage.events.push(...events(['/1', '/long-ago', '/long-ago', '/long-ago'], TODAY - 8));
    const limit = open();
    expect(await send(limit, ['/x', '/y', '/z', '/scanned', '/long-ago', '/2', '/1'])).toEqual([
      '/x',
      '/y',
      '/z',
      OTHER,
      OTHER,
      '/2',
      '/1',
    ]);
    expect(await send(limit, ['/3', '/new'])).toEqual(['/3', OTHER]);
  });

  it('are read once, however many calls come together, and not for names that are known', async () => {
    storage.events.push(...events(['/a', '/b']));
    const limit = open();
    const calls = await Promise.all(['/c', '/d', '/e', '/f'].map((path) => send(limit, [path])));
    expect(calls.flat()).toEqual(['/c', OTHER, OTHER, OTHER]);
    // The names of the day, and those before it.
    expect(storage.reads).toBe(2);
    await send(limit, ['/a', '/b', '/c', OTHER]);
    await send(limit, ['/g']);
    expect(storage.reads).toBe(2);
  });
});

describe('a restart', () => {
  it('changes nothing, whatever was delivered before it', async () => {
    const call = fc.record({
      account: fc.constantFrom('acme', 'another'),
      // Too far apart for usual names.
      day: fc.constantFrom(TODAY, TODAY - 10),
      paths: fc.array(fc.constantFrom('/a', '/b', '/c', '/d', '/e', '/f'), { minLength: 1, maxLength: 4 }),
    });
    const step = fc.oneof(
      { weight: 4, arbitrary: call },
      { weight: 2, arbitrary: fc.constantFrom('deliver' as const, 'restart' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
        storage = new Storage();
        const log: NamedEvent[] = [];
        const oracle = new Map<string, Set<string>>();
        let limit = open();
        for (const one of steps) {
          if (one === 'deliver') storage.events.push(...log.splice(0));
          else if (one === 'restart') {
            limit = open();
            await limit.remember(log);
          } else {
            const { account, day, paths } = one;
            const key = `${account} ${day}`;
            const known = oracle.get(key) ?? new Set();
            oracle.set(key, known);
            const expected = paths.map((path) => {
              if (known.size < LIMIT) known.add(path);
              return known.has(path) ? path : OTHER;
            });
            const names = await send(limit, paths, day, account);
            expect(names).toEqual(expected);
            log.push(...events(names, day, account));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('memory', () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `/${index}`);

  it('forgets the names that were longest unused, and reads them again', async () => {
    const limit = open();
    for (const account of many(50)) limits.set(account, 10_000);
    for (const account of many(50)) storage.events.push(...events(['/kept'], TODAY, account));
    for (const account of many(50)) await send(limit, many(9_999), TODAY, account);
    const reads = storage.reads;
    expect(await send(limit, ['/0'], TODAY, '/49')).toEqual(['/0']);
    expect(storage.reads).toBe(reads);
    await send(limit, ['/0'], TODAY, '/0');
    expect(storage.reads).toBe(reads + 1);
  });

  it('forgets none that only the log has', async () => {
    const limit = open();
    for (const account of many(50)) limits.set(account, 10_000);
    waiting.add('acme');
    await send(limit, ['/a', '/b', '/c']);
    for (const account of many(50)) await send(limit, many(9_999), TODAY, account);
    expect(await send(limit, ['/d', '/a'])).toEqual([OTHER, '/a']);
  });
});

describe('a storage that does not answer', () => {
  it('lets the names in memory count alone, until it answers again', async () => {
    storage.events.push(...events(['/a', '/b', '/c']));
    storage.isAway = true;
    const limit = open();
    expect(await send(limit, ['/x', '/y'])).toEqual(['/x', '/y']);
    storage.isAway = false;
    // It is not asked in each call.
    expect(await send(limit, ['/a', '/z'])).toEqual(['/a', OTHER]);
    clock.at += 10 * SECOND;
    expect(await send(limit, ['/b', '/x', '/z'])).toEqual(['/b', '/x', OTHER]);
  });
});

it('learns within ten seconds what other instances store', async () => {
  storage.isShared = true;
  const limit = open();
  expect(await send(limit, ['/a'])).toEqual(['/a']);
  storage.events.push(...events(['/b', '/c']));
  clock.at += 10 * SECOND;
  expect(await send(limit, ['/d', '/b', '/a'])).toEqual([OTHER, '/b', '/a']);
});
