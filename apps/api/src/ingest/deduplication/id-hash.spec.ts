import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { hashOf, wordAt } from './id-hash';

it('is the first 16 bytes of SHA-256 of account, NUL and id in UTF-8', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(text, text, (accountId, id) => {
      const expected = createHash('sha256').update(`${accountId}\0${id}`, 'utf8').digest().subarray(0, 16);
      const hash = hashOf(accountId, id);
      expect(Buffer.from(hash, 'latin1')).toEqual(expected);
      for (const byte of [0, 4, 8, 12]) expect(wordAt(hash, byte)).toBe(expected.readUInt32BE(byte));
    }),
  );
});

it('tells where the account ends and the id begins', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
});
