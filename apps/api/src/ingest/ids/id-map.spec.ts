import fc from 'fast-check';
import { hashOf } from './id-hash';
import { IdList } from './id-list';
import { IdMap } from './id-map';

/** So many that the table grows several times, and some of them alike in their first words. */
const ALL = IdList.of(
  Array.from({ length: 6_000 }, (_, index) => {
    const hash = hashOf('account', String(index));
    return index % 20 === 0 ? `${hashOf('account', '0').slice(0, 8)}${hash.slice(8)}` : hash;
  }),
);

const place = fc.nat({ max: ALL.length - 1 });
const steps = fc.array(fc.tuple(fc.constantFrom('set', 'delete'), place, fc.integer({ min: 1, max: 2 ** 32 - 1 })), {
  minLength: 20,
  maxLength: 200,
});

it('holds what a Map holds, whatever is set and deleted', () => {
  fc.assert(
    fc.property(steps, fc.nat({ max: ALL.length }), (changes, filled) => {
      const map = new IdMap();
      const model = new Map<number, number>();
      const set = (at: number, number: number): void => {
        map.set(ALL, at, number);
        model.set(at, number);
      };
      for (let at = 0; at < filled; at++) set(at, at + 1);
      for (const [kind, at, number] of changes) {
        if (kind === 'set') set(at, number);
        else {
          map.delete(ALL, at);
          model.delete(at);
        }
      }
      expect(map.size).toBe(model.size);
      for (let at = 0; at < ALL.length; at++) {
        const expected = model.get(at) ?? 0;
        if (map.get(ALL, at) !== expected) throw new Error(`${at}: ${map.get(ALL, at)}, not ${expected}`);
      }
      for (const at of model.keys()) map.delete(ALL, at);
      expect([map.size, map.get(ALL, 0)]).toEqual([0, 0]);
    }),
    { numRuns: 50 },
  );
});
