/** The forms of a state, as the engine writes them; test/medium/usage-parts.spec.ts compares them with the engine itself. */
import { percentileCodes, readState } from './latency-state';

/** Positions of codes and how often they come, as the engine writes many values of few codes. */
function pairs(total: number, counts: [number, number][]): Buffer {
  const state = Buffer.alloc(9 + 10 * counts.length + 2);
  state.writeUInt8(3, 0);
  state.writeBigUInt64LE(BigInt(total), 1);
  counts.forEach(([position, count], index) => {
    state.writeUInt16LE(position, 9 + 10 * index);
    state.writeBigUInt64LE(BigInt(count), 11 + 10 * index);
  });
  state.writeUInt16LE(30_000, 9 + 10 * counts.length);
  return state;
}

/** How often each position comes. */
function dense(total: number, counts: [number, number][]): Buffer {
  const state = Buffer.alloc(9 + 8 * 2_835);
  state.writeUInt8(3, 0);
  state.writeBigUInt64LE(BigInt(total), 1);
  for (const [position, count] of counts) state.writeBigUInt64LE(BigInt(count), 9 + 8 * position);
  return state;
}

const contentOf = (state: Buffer): { codes: number[]; upTo: number[] } => {
  const { codes, upTo } = readState(state);
  return { codes: [...codes], upTo: [...upTo] };
};

it.each<[string, Buffer, [number, number][]]>([
  ['nothing', Buffer.from('010000', 'hex'), []],
  [
    'few values, in any order',
    Buffer.from('01030016040604 0604'.replace(' ', ''), 'hex'),
    [
      [1_030, 2],
      [1_046, 3],
    ],
  ],
  [
    'some values',
    Buffer.from('0203000000000000000500' + '03000500', 'hex'),
    [
      [3, 1],
      [5, 3],
    ],
  ],
  [
    'pairs',
    pairs(1_000, [
      [7, 400],
      [1_025, 600],
    ]),
    [
      [7, 400],
      [1_040, 1_000],
    ],
  ],
  [
    'counts of all codes',
    dense(2 ** 33, [
      [0, 1],
      [1_026, 2 ** 33 - 1],
    ]),
    [
      [0, 1],
      [1_056, 2 ** 33],
    ],
  ],
])('reads %s', (_, state, expected) => {
  expect(contentOf(state)).toEqual({ codes: expected.map(([code]) => code), upTo: expected.map(([, count]) => count) });
});

it.each([
  ['another kind', Buffer.from('04', 'hex')],
  ['counts that are not those of its values', pairs(1_000, [[7, 400]])],
  ['the half of it', dense(9_000, [[0, 9_000]]).subarray(0, 1_000)],
])('refuses %s', (_, state) => {
  expect(() => readState(state)).toThrow();
});

it('ranks the latencies of all parts together', () => {
  const part = (counts: [number, number][]): ReturnType<typeof readState> =>
    readState(
      pairs(
        counts.reduce((sum, [, count]) => sum + count, 0),
        counts,
      ),
    );
  expect(percentileCodes([])).toEqual([null, null, null, null, null]);
  expect(percentileCodes([part([[5, 1]])])).toEqual([5, 5, 5, 5, 5]);
  const parts = [
    part([
      [1, 50],
      [9, 1],
    ]),
    part([
      [1, 10],
      [4, 24],
      [1_030, 15],
    ]),
  ];
  expect(percentileCodes(parts)).toEqual([1, 4, 1_120, 1_120, 1_120]);
});
