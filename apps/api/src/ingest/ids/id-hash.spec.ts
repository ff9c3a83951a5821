import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { hashOf, writeHash } from './id-hash';

it('is the first 16 bytes of SHA-256 of account, NUL and id in UTF-8', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(text, text, (accountId, id) => {
      const expected = createHash('sha256').update(`${accountId}\0${id}`, 'utf8').digest().subarray(0, 16);
      expect(Buffer.from(hashOf(accountId, id), 'latin1')).toEqual(expected);
      const buffer = Buffer.alloc(18);
      writeHash(accountId, id, buffer, 1);
      expect(buffer).toEqual(Buffer.concat([Buffer.alloc(1), expected, Buffer.alloc(1)]));
    }),
  );
});

it('separates the account from the id', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
});
