import { DAY, HOUR, MINUTE, SECOND } from '@meterhouse/common';
import fc from 'fast-check';
import { MemoryCallCounters } from './memory-call-counters';
import type { Budget, CallCounters, Consumption, Subject, WindowLimits } from './call-counters';

const NOON = Date.UTC(2026, 2, 2, 12);
const NONE: WindowLimits = { minute: null, hour: null, day: null };

/** Counts a call in one budget. */
async function consume(storage: CallCounters, subject: Subject, limits: WindowLimits, now: number) {
  const { allowed, counts } = await storage.consume([{ subject, limits }], now);
  return { allowed, counts: counts[0] };
}

/** Keeps every call's time and counts them anew each time. */
class Oracle {
  private readonly calls: { subject: string; at: number; amount: number }[] = [];

  consume(budgets: readonly Budget[], now: number, amount: number): Consumption {
    const named = budgets.map(({ subject, limits }) => ({ id: `${subject.kind} ${subject.id}`, subject, limits }));
    const within = (id: string, length: number): number =>
      this.calls
        .filter((call) => call.subject === id && Math.floor(call.at / length) === Math.floor(now / length))
        .reduce((sum, call) => sum + call.amount, 0);
    const allowed = named.every(
      ({ id, subject, limits }) =>
        within(id, MINUTE) + amount <= (limits.minute ?? Infinity) &&
        (subject.kind === 'address' ||
          (within(id, HOUR) + amount <= (limits.hour ?? Infinity) &&
            within(id, DAY) + amount <= (limits.day ?? Infinity))),
    );
    if (allowed) this.calls.push(...named.map(({ id }) => ({ subject: id, at: now, amount })));
    const counts = named.map(({ id, subject }) =>
      subject.kind === 'address'
        ? { minute: within(id, MINUTE), hour: 0, day: 0 }
        : { minute: within(id, MINUTE), hour: within(id, HOUR), day: within(id, DAY) },
    );
    return { allowed, counts };
  }

  release({ kind, id }: Subject, amount: number, at: number): void {
    this.calls.push({ subject: `${kind} ${id}`, at, amount: -amount });
  }
}

describe('counting in memory', () => {
  it('agrees with a count of all calls, whatever the callers, limits and pauses', async () => {
    const limit = fc.option(fc.integer({ min: 1, max: 12 }), { nil: null });
    const budget = fc.record({
      subject: fc.record({
        kind: fc.constantFrom<Subject['kind']>('key', 'account', 'events', 'address'),
        id: fc.constantFrom('a', 'b'),
      }),
      limits: fc.record({ minute: limit, hour: limit, day: limit }),
    });
    const call = fc.record({
      budgets: fc.uniqueArray(budget, {
        minLength: 1,
        maxLength: 2,
        selector: ({ subject }) => `${subject.kind} ${subject.id}`,
      }),
      amount: fc.integer({ min: 1, max: 4 }),
      released: fc.integer({ min: 0, max: 4 }),
      delay: fc.constantFrom(0, SECOND, MINUTE, HOUR),
      pause: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 * SECOND }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 * MINUTE }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * HOUR }) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 20, maxLength: 80 }), async (calls) => {
        const [storage, oracle] = [new MemoryCallCounters(), new Oracle()];
        let now = NOON;
        for (const { budgets, pause, amount, released, delay } of calls) {
          now += pause;
          const expected = oracle.consume(budgets, now, amount);
          expect(await storage.consume(budgets, now, amount)).toEqual(expected);
          for (const [index, { subject }] of budgets.entries()) {
            if (subject.kind !== 'key') continue;
            expect((await storage.counts([subject.id], now)).get(subject.id)).toEqual(expected.counts[index]);
          }
          // Some of it is taken back, perhaps when its window has ended.
          const [{ subject } = { subject: undefined }] = budgets;
          if (!expected.allowed || subject === undefined || subject.kind === 'address') continue;
          const at = now;
          now += delay;
          await storage.consume([], now);
          await storage.release(subject, Math.min(released, amount), at);
          oracle.release(subject, Math.min(released, amount), at);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('counts a refused call in no window', async () => {
    const storage = new MemoryCallCounters();
    const key: Subject = { kind: 'key', id: 'a' };
    const limits = { minute: 2, hour: null, day: 3 };
    for (let call = 0; call < 10; call++) await consume(storage, key, limits, NOON);
    expect(await consume(storage, key, limits, NOON)).toEqual({
      allowed: false,
      counts: { minute: 2, hour: 2, day: 2 },
    });
    expect((await consume(storage, key, limits, NOON + MINUTE)).allowed).toBe(true);
    expect(await consume(storage, key, limits, NOON + MINUTE)).toEqual({
      allowed: false,
      counts: { minute: 1, hour: 3, day: 3 },
    });
  });

  it('begins no window anew for a call that comes late', async () => {
    const storage = new MemoryCallCounters();
    const limits = { minute: 1, hour: null, day: null };
    const midnight = Date.UTC(2026, 2, 3);
    for (const subject of [{ kind: 'key', id: 'a' } as const, { kind: 'address', id: 'a' } as const]) {
      await consume(storage, subject, limits, midnight);
      expect((await consume(storage, subject, limits, midnight - 1)).allowed).toBe(false);
      expect((await consume(storage, subject, limits, midnight)).allowed).toBe(false);
    }
    expect((await storage.counts(['a'], midnight - 1)).get('a')).toEqual({ minute: 1, hour: 1, day: 1 });
  });

  it('lets addresses past its bound share one budget, so that none escapes and memory stays bounded', async () => {
    const storage = new MemoryCallCounters(2);
    const limits = { ...NONE, minute: 2 };
    const call = async (id: string, now = NOON): Promise<boolean> =>
      (await consume(storage, { kind: 'address', id }, limits, now)).allowed;
    expect([await call('a'), await call('b'), await call('c'), await call('d')]).toEqual([true, true, true, true]);
    expect([await call('e'), await call('c')]).toEqual([false, false]);
    expect([await call('a'), await call('a')]).toEqual([true, false]);
    expect(await call('e', NOON + MINUTE)).toBe(true);
  });

  it('begins a day with an amount, unless something is counted in it', async () => {
    const storage = new MemoryCallCounters();
    const acme: Subject = { kind: 'events', id: 'acme' };
    await storage.begin(acme, 7, NOON);
    await storage.begin(acme, 9, NOON);
    expect(await consume(storage, acme, NONE, NOON)).toEqual({ allowed: true, counts: { minute: 1, hour: 1, day: 8 } });
    expect(await consume(storage, acme, NONE, NOON + DAY)).toMatchObject({ counts: { day: 1 } });
  });

  it('answers zero for a key that did not call', async () => {
    expect(await new MemoryCallCounters().counts(['a'], NOON)).toEqual(
      new Map([['a', { minute: 0, hour: 0, day: 0 }]]),
    );
  });
});
