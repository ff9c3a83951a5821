import fc from 'fast-check';
import { Slices } from '@meterhouse/common';
import { describeJsonError, isJson } from './json-error';

const describeError = (text: string, firstLine?: number): Promise<string> =>
  describeJsonError(Buffer.from(text), new Slices(null), firstLine);

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
    ['["\u00e9\u20ac\u{1f600}" x]', 'unexpected "x" at line 1, column 9.'],
    ['[1,\u{1f600}]', 'unexpected character U+D83D at line 1, column 4.'],
    ['\u00e9', 'unexpected character U+00E9 at line 1, column 1.'],
    ["{'a':1}", 'unexpected "\'" at line 1, column 2.'],
  ])('%j: %s', async (text, expected) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(await describeError(text)).toBe(expected);
  });

  it('counts lines from a given number', async () => {
    expect(await describeError('{]', 7)).toBe('unexpected "]" at line 7, column 2.');
  });

  it('finds the cut of a document that was cut, and the character that was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(), async (json, at) => {
        const cut = json.slice(0, at % json.length);
        if (!parses(cut)) expect(await describeError(cut)).toMatch(/ends too early|unexpected "[-tfn.eE]"/);
        const spoilt = `${json}#`;
        expect(await describeError(spoilt)).toBe(`unexpected "#" at line 1, column ${spoilt.length}.`);
      }),
    );
  });

  it('takes linear time at any depth', async () => {
    const start = performance.now();
    await describeError('['.repeat(1_000_000));
    await describeError('{"a":'.repeat(200_000));
    await describeError(`"${'\\u0041'.repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

it('takes for JSON what JSON.parse takes, also in many slices', async () => {
  const spoilt = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '\\', '}', ']', '0', '\n'))
    .map(([json, at, by]) => json.slice(0, at % (json.length + 1)) + by + json.slice((at % (json.length + 1)) + 1));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), spoilt), fc.nat(20_000), async (json, blanks) => {
      const text = `${' '.repeat(blanks)}${json}`;
      expect(await isJson(Buffer.from(text), new Slices(null))).toBe(parses(json));
    }),
    { numRuns: 1_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
