/** The latencies of rows that were read apart, and what percentiles they have together. */
import { PERCENTILE_LEVELS } from './latency.sql';

/** How many requests have which latency code, by ascending code. */
export interface CodeCounts {
  readonly codes: Uint16Array;
  readonly counts: Float64Array;
}

export const NO_CODES: CodeCounts = { codes: new Uint16Array(), counts: new Float64Array() };

/** Codes below this are counted one by one, above in steps, by quantilesTiming. */
const SMALL = 1_024;
const STEP = 16;
const ALL = SMALL + (30_000 - SMALL) / STEP;

/**
 * Reads a state of quantilesTiming as the engine stores it: a byte for its kind, then the values (up to 31, or up to some
 * thousand), or how often each comes: as pairs, or for all that there may be.
 * @throws Error for what is no such state
 */
export function readState(state: Buffer): CodeCounts {
  const kind = state[0];
  if (kind === 1) return countValues(state.subarray(3, 3 + 2 * state.readUInt16LE(1)));
  if (kind === 2) return countValues(state.subarray(9, 9 + 2 * Number(state.readBigUInt64LE(1))));
  if (kind === 3) return isDense(Number(state.readBigUInt64LE(1))) ? readDense(state) : readPairs(state);
  throw new Error(`A latency state has the unknown kind ${kind}.`);
}

const isDense = (values: number): boolean => 2 * values > ALL;

function countValues(values: Buffer): CodeCounts {
  const counts = new Map<number, number>();
  for (let at = 0; at < values.length; at += 2) {
    const code = values.readUInt16LE(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return toCounts([...counts].sort(([one], [other]) => one - other));
}

function readDense(state: Buffer): CodeCounts {
  const pairs: [number, number][] = [];
  for (let position = 0, at = 9; position < ALL; position++, at += 8) {
    const count = readCount(state, at);
    if (count > 0) pairs.push([codeAt(position), count]);
  }
  return toCounts(pairs);
}

/** They end with a position past all others. */
function readPairs(state: Buffer): CodeCounts {
  const pairs: [number, number][] = [];
  for (let at = 9; state.length - at >= 10; at += 10)
    pairs.push([codeAt(state.readUInt16LE(at)), readCount(state, at + 2)]);
  return toCounts(pairs);
}

function codeAt(position: number): number {
  return position < SMALL ? position : SMALL + STEP * (position - SMALL);
}

/** 64 bits, exact up to 2^53. */
function readCount(state: Buffer, at: number): number {
  return state.readUInt32LE(at) + 2 ** 32 * state.readUInt32LE(at + 4);
}

function toCounts(pairs: readonly (readonly [number, number])[]): CodeCounts {
  return { codes: Uint16Array.from(pairs, ([code]) => code), counts: Float64Array.from(pairs, ([, count]) => count) };
}

export function joinCounts(one: CodeCounts, other: CodeCounts): CodeCounts {
  if (one.codes.length === 0) return other;
  if (other.codes.length === 0) return one;
  const pairs: [number, number][] = [];
  for (let first = 0, second = 0; first < one.codes.length || second < other.codes.length;) {
    const [left, right] = [one.codes[first] ?? Infinity, other.codes[second] ?? Infinity];
    const count =
      (left <= right ? (one.counts[first++] ?? 0) : 0) + (right <= left ? (other.counts[second++] ?? 0) : 0);
    pairs.push([Math.min(left, right), count]);
  }
  return toCounts(pairs);
}

/** The nearest rank of each level, as quantilesTiming tells it; null where there is nothing. */
export function percentileCodes({ codes, counts }: CodeCounts): (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return PERCENTILE_LEVELS.map((level) => {
    const rank = Math.ceil(level * total);
    let index = 0;
    for (let passed = counts[0] ?? 0; passed < rank; passed += counts[index] ?? Infinity) index += 1;
    return codes[index] ?? null;
  });
}
