import { DAY, HOUR, MINUTE, SECOND } from '@meterhouse/common';
import fc from 'fast-check';
import { MemoryCallCounters } from './memory-call-counters';
import type { Subject, WindowLimits } from './call-counters';

const NOON = Date.UTC(2026, 2, 2, 12);
const NONE: WindowLimits = { minute: null, hour: null, day: null };

/** Keeps every call's time and counts them anew each time. */
class Oracle {
  private readonly calls: { subject: string; at: number }[] = [];

  consume(subject: Subject, limits: WindowLimits, now: number) {
    const id = `${subject.kind} ${subject.id}`;
    const within = (length: number): number =>
      this.calls.filter((call) => call.subject === id && Math.floor(call.at / length) === Math.floor(now / length))
        .length;
    const allowed =
      subject.kind === 'key'
        ? within(MINUTE) < (limits.minute ?? Infinity) &&
          within(HOUR) < (limits.hour ?? Infinity) &&
          within(DAY) < (limits.day ?? Infinity)
        : within(MINUTE) < (limits.minute ?? Infinity);
    if (allowed) this.calls.push({ subject: id, at: now });
    const counts =
      subject.kind === 'key'
        ? { minute: within(MINUTE), hour: within(HOUR), day: within(DAY) }
        : { minute: within(MINUTE), hour: 0, day: 0 };
    return { allowed, counts };
  }
}

describe('counting in memory', () => {
  it('agrees with a count of all calls, whatever the callers, limits and pauses', async () => {
    const limit = fc.option(fc.integer({ min: 1, max: 12 }), { nil: null });
    const call = fc.record({
      subject: fc.record({
        kind: fc.constantFrom<Subject['kind']>('key', 'address'),
        id: fc.constantFrom('a', 'b'),
      }),
      limits: fc.record({ minute: limit, hour: limit, day: limit }),
      pause: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 * SECOND }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 * MINUTE }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * HOUR }) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 80 }), async (calls) => {
        const [storage, oracle] = [new MemoryCallCounters(), new Oracle()];
        let now = NOON;
        for (const { subject, limits, pause } of calls) {
          now += pause;
          const expected = oracle.consume(subject, limits, now);
          expect(await storage.consume(subject, limits, now)).toEqual(expected);
          const counted = (await storage.counts([subject.id], now)).get(subject.id);
          if (subject.kind === 'key') expect(counted).toEqual(expected.counts);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('counts a refused call in no window', async () => {
    const storage = new MemoryCallCounters();
    const key: Subject = { kind: 'key', id: 'a' };
    const limits = { minute: 2, hour: null, day: 3 };
    for (let call = 0; call < 10; call++) await storage.consume(key, limits, NOON);
    expect(await storage.consume(key, limits, NOON)).toEqual({
      allowed: false,
      counts: { minute: 2, hour: 2, day: 2 },
    });
    expect((await storage.consume(key, limits, NOON + MINUTE)).allowed).toBe(true);
    expect(await storage.consume(key, limits, NOON + MINUTE)).toEqual({
      allowed: false,
      counts: { minute: 1, hour: 3, day: 3 },
    });
  });

  it('lets addresses past its bound share one budget, so that none escapes and memory stays bounded', async () => {
    const storage = new MemoryCallCounters(2);
    const limits = { ...NONE, minute: 2 };
    const call = async (id: string, now = NOON): Promise<boolean> =>
      (await storage.consume({ kind: 'address', id }, limits, now)).allowed;
    expect([await call('a'), await call('b'), await call('c'), await call('d')]).toEqual([true, true, true, true]);
    expect([await call('e'), await call('c')]).toEqual([false, false]);
    expect([await call('a'), await call('a')]).toEqual([true, false]);
    expect(await call('e', NOON + MINUTE)).toBe(true);
  });

  it('answers zero for a key that did not call', async () => {
    expect(await new MemoryCallCounters().counts(['a'], NOON)).toEqual(
      new Map([['a', { minute: 0, hour: 0, day: 0 }]]),
    );
  });
});
