import fc from 'fast-check';
import { settled } from '../../../test/support/deferred';
import { type Account, FairSlots, QueueFullError, type SlotBounds } from './fair-slots';

/** Asks for slots under names, and keeps who got one in order. */
class Asker {
  readonly slots: FairSlots;
  readonly order: string[] = [];
  private readonly releases = new Map<string, () => void>();

  constructor(bounds: Partial<SlotBounds>) {
    this.slots = new FairSlots({ slots: 1, waiting: 1_000, waitingPerAccount: 1_000, ...bounds });
  }

  ask(name: string, account: Account = name[0] ?? null, signal = new AbortController().signal): Promise<void> {
    const asked = this.slots.take(account, signal).then((release) => {
      this.order.push(name);
      this.releases.set(name, release);
    });
    asked.catch(() => undefined);
    return asked;
  }

  async release(name: string): Promise<void> {
    await settled();
    this.releases.get(name)?.();
    await settled();
  }

  async releaseAll(): Promise<void> {
    await settled();
    for (let next = 0; next < this.order.length; next++) await this.release(this.order[next] ?? '');
  }
}

it('hands out as many slots as there are, and each again when it is given back', async () => {
  const asker = new Asker({ slots: 2 });
  for (const name of ['a1', 'a2', 'a3']) void asker.ask(name);
  await settled();
  expect([asker.order, asker.slots.running, asker.slots.waiting]).toEqual([['a1', 'a2'], 2, 1]);
  await asker.release('a1');
  expect([asker.order, asker.slots.running, asker.slots.waiting]).toEqual([['a1', 'a2', 'a3'], 2, 0]);
  await asker.release('a1');
  expect(asker.slots.running).toBe(2);
});

it('gives no account more slots than it may have, also where some are free', async () => {
  const asker = new Asker({ slots: 3, slotsPerAccount: 1 });
  for (const name of ['a1', 'a2', 'a3', 'b1']) void asker.ask(name);
  await settled();
  expect([asker.order, asker.slots.running, asker.slots.waiting]).toEqual([['a1', 'b1'], 2, 2]);
  await asker.release('b1');
  expect(asker.order).toEqual(['a1', 'b1']);
  await asker.release('a1');
  expect(asker.order).toEqual(['a1', 'b1', 'a2']);
});

it('goes round the accounts that wait, first come first served inside one', async () => {
  const asker = new Asker({ slots: 1 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void asker.ask(name);
  await asker.releaseAll();
  expect(asker.order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

it('counts all accounts together as one of their own', async () => {
  const asker = new Asker({ slots: 1 });
  void asker.ask('a1');
  void asker.ask('all1', null);
  void asker.ask('a2');
  void asker.ask('all2', null);
  await asker.releaseAll();
  expect(asker.order).toEqual(['a1', 'all1', 'a2', 'all2']);
});

it('gives a slot to the account that has the fewest', async () => {
  const asker = new Asker({ slots: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2']) void asker.ask(name);
  await asker.release('a1');
  // a4's turn would be first, but its account has two.
  expect(asker.order.slice(3)).toEqual(['b1']);
  await asker.release('a2');
  expect(asker.order.slice(3)).toEqual(['b1', 'a4']);
  await asker.release('a3');
  expect(asker.order.slice(3)).toEqual(['b1', 'a4', 'b2']);
});

it('refuses what comes when too much waits, in all and of one account', async () => {
  const asker = new Asker({ slots: 1, waiting: 3, waitingPerAccount: 2 });
  for (const name of ['a1', 'a2', 'a3']) void asker.ask(name);
  await expect(asker.ask('a4')).rejects.toBeInstanceOf(QueueFullError);
  void asker.ask('b1');
  await expect(asker.ask('c1')).rejects.toBeInstanceOf(QueueFullError);
  await asker.release('a1');
  void asker.ask('c2');
  await settled();
  expect(asker.slots.waiting).toBe(3);
});

it('lets a caller who goes leave, and the others keep their turn', async () => {
  const asker = new Asker({ slots: 1 });
  const client = new AbortController();
  void asker.ask('a1');
  const gone = asker.ask('b1', 'b', client.signal);
  for (const name of ['c1', 'b2']) void asker.ask(name);
  client.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  expect(asker.slots.waiting).toBe(2);
  await asker.releaseAll();
  expect(asker.order).toEqual(['a1', 'b2', 'c1']);
  expect([asker.slots.running, asker.slots.waiting]).toEqual([0, 0]);
  await expect(asker.ask('d1', 'd', client.signal)).rejects.toThrow('gone');
});

/** One thing that happens: an account asks, the oldest of those that run ends, or the oldest that waits goes. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const), account: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), account: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('go' as const), account: fc.integer({ min: 0, max: 4 }) }) },
);

it('lets no account that has none wait behind more than one entry of each other, whatever comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(happening, { maxLength: 60 }), async (slots, story) => {
      const fair = new FairSlots({ slots, waiting: 1_000, waitingPerAccount: 1_000 });
      const running: { account: number; release: () => void }[] = [];
      const waiting: { account: number; client: AbortController }[] = [];
      /** For each account that waits and has no slot: the starts of each other account since then. */
      const passed = new Map<number, Map<number, number>>();
      let asked = 0;
      for (const { kind, account } of story) {
        if (kind === 'ask') {
          asked += 1;
          const entry = { account, client: new AbortController() };
          waiting.push(entry);
          fair.take(account.toString(), entry.client.signal).then(
            (release) => {
              waiting.splice(waiting.indexOf(entry), 1);
              running.push({ account, release });
              for (const [other, starts] of passed)
                if (other !== account) starts.set(account, (starts.get(account) ?? 0) + 1);
              passed.delete(account);
            },
            () => waiting.splice(waiting.indexOf(entry), 1),
          );
        } else if (kind === 'end') {
          running.splice(account % Math.max(1, running.length), 1)[0]?.release();
        } else {
          waiting[account % Math.max(1, waiting.length)]?.client.abort(new Error('gone'));
        }
        await settled();
        for (let one = 0; one < 5; one++) {
          const waits = waiting.some((entry) => entry.account === one);
          if (!waits || running.some((entry) => entry.account === one)) passed.delete(one);
          else if (!passed.has(one)) passed.set(one, new Map());
        }
        for (const starts of passed.values()) expect(Math.max(0, ...starts.values())).toBeLessThanOrEqual(1);
        expect([fair.running, fair.waiting]).toEqual([running.length, waiting.length]);
        // No slot stays free while somebody waits, and within an account nobody is passed.
        expect(running.length === slots || waiting.length === 0).toBe(true);
      }
      expect(asked).toBeGreaterThanOrEqual(running.length + waiting.length);
    }),
    { numRuns: 200 },
  );
});
