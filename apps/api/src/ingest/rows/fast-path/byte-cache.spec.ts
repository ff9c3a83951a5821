import { FNV_START, fnv1a } from '@meterhouse/common';
import { ByteCache } from './byte-cache';

const hashOf = (bytes: Buffer): number => bytes.reduce(fnv1a, FNV_START);

it('answers what was made from the same bytes, wherever they stand', () => {
  const cache = new ByteCache<string>(10);
  const body = Buffer.from('..abc..');
  cache.set(body, 2, 5, hashOf(Buffer.from('abc')), 'value');
  expect(cache.get(Buffer.from('abc'), 0, 3, hashOf(Buffer.from('abc')))).toBe('value');
  expect(cache.get(Buffer.from('abd'), 0, 3, hashOf(Buffer.from('abc')))).toBeUndefined();
  expect(cache.get(Buffer.from('abcd'), 0, 4, hashOf(Buffer.from('abc')))).toBeUndefined();
});

it('keeps a copy, and not the body that the bytes came in', () => {
  const cache = new ByteCache<string>(10);
  const body = Buffer.from('abc');
  const hash = hashOf(body);
  cache.set(body, 0, 3, hash, 'value');
  body.fill(0);
  expect(cache.get(Buffer.from('abc'), 0, 3, hash)).toBe('value');
});

it('forgets all when there are too many', () => {
  const cache = new ByteCache<number>(3);
  for (let byte = 0; byte < 4; byte++) cache.set(Buffer.from([byte]), 0, 1, byte, byte);
  expect([0, 1, 2, 3].map((byte) => cache.get(Buffer.from([byte]), 0, 1, byte))).toEqual([
    undefined,
    undefined,
    undefined,
    3,
  ]);
});
