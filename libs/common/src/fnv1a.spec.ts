import { FNV_START, fnv1a } from './fnv1a';

// Test vectors of the authors: http://www.isthe.com/chongo/src/fnv/test_fnv.c
it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('hashes "%s" as its authors do', (text, hash) => {
  expect([...Buffer.from(text)].reduce(fnv1a, FNV_START) >>> 0).toBe(hash);
});
