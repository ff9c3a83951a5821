import fc from 'fast-check';
import { describeJsonError } from './json-error';

describe('describeJsonError', () => {
  it.each([
    ['', 'it ends too early, in line 1.'],
    ['{"a":1', 'it ends too early, in line 1.'],
    ['[\n1,\n', 'it ends too early, in line 3.'],
    ['"abc', 'it ends too early, in line 1.'],
    ['{"a":}', 'unexpected "}" at line 1, column 6.'],
    ['{"a" 1}', 'unexpected "1" at line 1, column 6.'],
    ['{a:1}', 'unexpected "a" at line 1, column 2.'],
    ['{"a":1,}', 'unexpected "}" at line 1, column 8.'],
    ['[1,]', 'unexpected "]" at line 1, column 4.'],
    ['[1 2]', 'unexpected "2" at line 1, column 4.'],
    ['[1}', 'unexpected "}" at line 1, column 3.'],
    ['{"a":1}\n{"a":2}', 'unexpected "{" at line 2, column 1.'],
    ['[1,\n  nul]', 'unexpected "n" at line 2, column 3.'],
    ['[01]', 'unexpected "1" at line 1, column 3.'],
    ['[1.]', 'unexpected "." at line 1, column 3.'],
    ['["\\x"]', 'unexpected "x" at line 1, column 4.'],
    ['["\\u12G4"]', 'unexpected "G" at line 1, column 7.'],
    ['["a\nb"]', 'unexpected character U+000A at line 1, column 4.'],
    ['\u00e9', 'unexpected character U+00E9 at line 1, column 1.'],
    ["{'a':1}", 'unexpected "\'" at line 1, column 2.'],
  ])('%j: %s', (text, expected) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(describeJsonError(text)).toBe(expected);
  });

  it('counts lines from a given number', () => {
    expect(describeJsonError('{]', 7)).toBe('unexpected "]" at line 7, column 2.');
  });

  it('finds the cut of a document that was cut, and the character that was put in', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const cut = json.slice(0, at % json.length);
        if (!parses(cut)) expect(describeJsonError(cut)).toMatch(/ends too early|unexpected "[-tfn.eE]"/);
        const spoilt = `${json}#`;
        expect(describeJsonError(spoilt)).toBe(`unexpected "#" at line 1, column ${spoilt.length}.`);
      }),
    );
  });

  it('takes linear time at any depth', () => {
    const start = performance.now();
    describeJsonError('['.repeat(1_000_000));
    describeJsonError('{"a":'.repeat(200_000));
    describeJsonError(`"${'\\u0041'.repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
