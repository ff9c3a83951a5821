import { isRetryable } from './retry';

describe('isRetryable', () => {
  const coded = (code: string) => Object.assign(new Error('Code'), { code });

  it.each([
    ['too many parts', coded('252'), true],
    ['the memory limit', coded('241'), true],
    ['too many queries', coded('202'), true],
    ['a time-out', coded('159'), true],
    ['a reset', coded('ECONNRESET'), true],
    ['a refused connection', coded('ECONNREFUSED'), true],
    ["the client's time-out", new Error('Timeout error.'), true],
    ['a row that cannot be parsed', coded('27'), false],
    ['an unknown table', coded('60'), false],
    ['a fault of this program', new TypeError('x is undefined'), false],
    ['no error at all', undefined, false],
  ])('%s: %p is %s', (_, error, expected) => {
    expect(isRetryable(error)).toBe(expected);
  });
});
