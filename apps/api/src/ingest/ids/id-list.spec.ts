import { hashOf } from './id-hash';
import { IdList } from './id-list';

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => hashOf('account', String(index)));

it('gives the ids of rows back, whole and by their words', () => {
  const ids = IdList.of(names(3));
  expect([ids.length, [...ids], ids.at(1)]).toEqual([3, names(3), names(3)[1]]);
  const bytes = Buffer.from(names(3)[2] ?? '', 'latin1');
  for (const byte of [0, 4, 8, 12]) expect(ids.word(2, byte)).toBe(bytes.readUInt32BE(byte));
});

it('knows the rows without an id, and leaves rows out', () => {
  const ids = IdList.concat([IdList.blank(1), IdList.of(names(2)), IdList.EMPTY, IdList.blank(2)]);
  expect(Array.from({ length: 5 }, (_, row) => ids.has(row))).toEqual([false, true, true, false, false]);
  const picked = ids.pick([1, 3]);
  expect([picked.length, picked.at(0), picked.has(1)]).toEqual([2, names(1)[0], false]);
  expect(IdList.EMPTY.pick([0, 1])).toBe(IdList.EMPTY);
});
