import fc from 'fast-check';
import { settled } from '../../../../../test/support/deferred';
import { hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
import { type WaitingCall, WaitingIds } from './waiting-ids';

const listOf = (numbers: readonly number[]): IdList => IdList.of(numbers.map((id) => hashOf('account', String(id))));

let waiting: WaitingIds;
beforeEach(() => {
  waiting = new WaitingIds();
});

const take = (call: WaitingCall): void => {
  for (const position of call.ids.positions()) void waiting.take(call, position);
};

/** Whether a call of one id that comes now would take it. */
const isFree = (id: number): boolean => {
  const call = waiting.begin(listOf([id]));
  const before = waiting.take(call, 0);
  waiting.accepting(call, Promise.resolve(0));
  return before === undefined;
};

it('gives each id to one call, in whatever order calls take theirs', () => {
  const ids = fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(ids, { minLength: 2, maxLength: 4 }), fc.infiniteStream(fc.nat()), (lists, order) => {
      const ids = new WaitingIds();
      const calls = lists.map((list) => ({ call: ids.begin(listOf(list)), list, next: 0 }));
      const owners = new Map<number, WaitingCall>();
      for (let open = calls; open.length > 0; open = open.filter(({ list, next }) => next < list.length)) {
        const one = open[(order.next().value ?? 0) % open.length];
        if (!one) break;
        const position = one.next++;
        const id = one.list[position] ?? 0;
        expect(ids.take(one.call, position)).toBe(owners.get(id)?.acceptance);
        owners.set(id, owners.get(id) ?? one.call);
      }
      for (const { call, list } of calls) {
        const own = call.taken.map((position) => list[position]);
        expect(own.toSorted()).toEqual([...owners].flatMap(([id, owner]) => (owner === call ? id : [])).toSorted());
      }
    }),
  );
});

it('settles the acceptance that others wait for as the call is', async () => {
  const [good, bad] = [waiting.begin(listOf([1])), waiting.begin(listOf([2]))];
  [good, bad].forEach(take);
  waiting.accepting(good, Promise.resolve(7));
  waiting.accepting(bad, Promise.reject(new Error('full')));
  expect(await good.acceptance).toBe(7);
  await expect(bad.acceptance).rejects.toThrow('full');
});

it('keeps ids until their segment is delivered, and forgets those that were not accepted', async () => {
  const calls = [3, 4, 5, 6].map((id) => waiting.begin(listOf([id])));
  calls.forEach(take);
  const outcomes = [Promise.resolve(1), Promise.resolve(2), Promise.resolve(0), Promise.reject(new Error('full'))];
  calls.forEach((call, index) => waiting.accepting(call, outcomes[index] ?? Promise.resolve(0)));
  await settled();
  expect([3, 4, 5, 6].map(isFree)).toEqual([false, false, true, true]);
  waiting.delivered(1);
  expect([3, 4].map(isFree)).toEqual([true, false]);
});

it('does not forget an id with an earlier call that had it', async () => {
  const first = waiting.begin(listOf([1]));
  take(first);
  waiting.accepting(first, Promise.resolve(1));
  await settled();
  waiting.delivered(1);
  const second = waiting.begin(listOf([1]));
  take(second);
  waiting.accepting(second, Promise.resolve(2));
  await settled();
  expect(isFree(1)).toBe(false);
});
