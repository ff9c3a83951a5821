import fc from 'fast-check';
import { exactly, jsonPieces, toJson } from './json';

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

describe('exactly', () => {
  it.each([
    [0n, 0],
    [LARGEST, Number.MAX_SAFE_INTEGER],
    [LARGEST + 1n, LARGEST + 1n],
    [-LARGEST, -Number.MAX_SAFE_INTEGER],
    [-LARGEST - 2n, -LARGEST - 2n],
    [2n ** 64n - 1n, 2n ** 64n - 1n],
  ])('of %d is %d', (value, expected) => {
    expect(exactly(value)).toBe(expected);
  });
});

describe('toJson', () => {
  it('writes whole numbers of any size with all of their digits', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(), { minLength: 1, maxLength: 20 }), (values) => {
        const json = toJson({ values: values.map(exactly), nested: { first: exactly(values[0] ?? 0n) } });
        expect(json).toBe(`{"values":[${values.join(',')}],"nested":{"first":${values[0]}}}`);
      }),
    );
  });

  it('writes all else as JSON.stringify does, text that looks like a marked number too', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(toJson(value)).toBe(JSON.stringify(value));
        expect(toJson([value, 1n])).toBe(`[${JSON.stringify(value)},1]`);
      }),
    );
    const text = 'bigint:6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f:12';
    expect(toJson({ text, much: 2n ** 60n })).toBe(`{"text":"${text}","much":1152921504606846976}`);
  });

  it('refuses what JSON cannot hold', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => toJson(circle)).toThrow(/circular/);
  });
});

describe('jsonPieces', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.bigInt());
  const list = fc
    .tuple(fc.array(value, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 200 }))
    .map(([values, count]) => Array.from({ length: count }, (_, index) => values[index % values.length]));
  const answer = fc.letrec<{ answer: unknown }>((tie) => ({
    answer: fc.oneof(
      { maxDepth: 3 },
      list,
      value,
      fc.constant(undefined),
      fc.dictionary(fc.string(), tie('answer')),
      fc.array(
        tie('answer').filter((item) => item !== undefined),
        { maxLength: 5 },
      ),
    ),
  })).answer;

  it('write what toJson writes', () => {
    fc.assert(
      fc.property(answer, (of) => {
        expect([...jsonPieces({ of })].join('')).toBe(toJson({ of }));
      }),
      { numRuns: 1_000 },
    );
  });

  it('are short, also in lists within lists', () => {
    const points = Array.from({ length: 10_000 }, (_, index) => ({ index, text: 'x'.repeat(100) }));
    const pieces = [
      ...jsonPieces({
        groups: [
          { name: 'a', points },
          { name: 'b', points },
        ],
        points,
      }),
    ];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(10_000);
  });
});
