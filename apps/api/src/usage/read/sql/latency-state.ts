/** The latencies of rows that were read apart, and what percentiles they have together. */
import { PERCENTILE_LEVELS } from '@meterhouse/clickhouse/rollups';

/** How many requests have a latency code up to which. */
export interface CodeCounts {
  /** Ascending. */
  readonly codes: Uint16Array;
  /** How many there are up to each of the codes. */
  readonly upTo: Float64Array;
}

/** Codes below this are counted one by one, above in steps, by quantilesTiming. */
const SMALL = 1_024;
const STEP = 16;
const MAX_CODE = 30_000;
const ALL = SMALL + (MAX_CODE - SMALL) / STEP;

/** Of the kinds that count in 64 bits. */
const HEADER_BYTES = 9;

/**
 * Reads a state of quantilesTiming as the engine stores it: a byte for its kind, then the values (up to 31, or up to some
 * thousand), or how often each comes: as pairs, or for all that there may be.
 * @throws Error for what is no such state
 */
export function readState(state: Buffer): CodeCounts {
  const kind = state[0];
  if (kind === 1) return countValues(state.subarray(3, 3 + 2 * state.readUInt16LE(1)));
  if (kind === 2) return countValues(state.subarray(HEADER_BYTES, HEADER_BYTES + 2 * Number(state.readBigUInt64LE(1))));
  if (kind !== 3) throw new Error(`A latency state has the unknown kind ${kind}.`);
  const total = Number(state.readBigUInt64LE(1));
  const counts = isDense(total) ? readDense(state) : readPairs(state);
  if (counts.upTo.at(-1) !== total) throw new Error(`A latency state of ${total} values holds others.`);
  return counts;
}

const isDense = (values: number): boolean => 2 * values > ALL;

function countValues(values: Buffer): CodeCounts {
  const sorted = Uint16Array.from({ length: values.length / 2 }, (_, index) => values.readUInt16LE(2 * index)).sort();
  const counts = new Map<number, number>();
  for (const code of sorted) counts.set(code, (counts.get(code) ?? 0) + 1);
  return cumulated([...counts.keys()], [...counts.values()]);
}

/** They end with a position past all others. */
function readPairs(state: Buffer): CodeCounts {
  const codes: number[] = [];
  const counts: number[] = [];
  for (let at = HEADER_BYTES; state.length - at >= 10; at += 10) {
    codes.push(codeAt(state.readUInt16LE(at)));
    counts.push(readCount(state, at + 2));
  }
  return cumulated(codes, counts);
}

function readDense(state: Buffer): CodeCounts {
  const codes: number[] = [];
  const counts: number[] = [];
  for (let position = 0; position < ALL; position++) {
    const count = readCount(state, HEADER_BYTES + 8 * position);
    if (count === 0) continue;
    codes.push(codeAt(position));
    counts.push(count);
  }
  return cumulated(codes, counts);
}

function codeAt(position: number): number {
  return position < SMALL ? position : SMALL + STEP * (position - SMALL);
}

/** 64 bits, exact up to 2^53. */
function readCount(state: Buffer, at: number): number {
  return state.readUInt32LE(at) + 2 ** 32 * state.readUInt32LE(at + 4);
}

function cumulated(codes: readonly number[], counts: readonly number[]): CodeCounts {
  let sum = 0;
  return { codes: Uint16Array.from(codes), upTo: Float64Array.from(counts, (count) => (sum += count)) };
}

/** The nearest rank of each level over all parts, as quantilesTiming returns it; null where there is none. */
export function percentileCodes(parts: readonly CodeCounts[]): (number | null)[] {
  const total = parts.reduce((sum, { upTo }) => sum + (upTo.at(-1) ?? 0), 0);
  if (total === 0) return PERCENTILE_LEVELS.map(() => null);
  return PERCENTILE_LEVELS.map((level) => {
    const rank = Math.ceil(level * total);
    return firstWhere(MAX_CODE, (code) => parts.reduce((sum, part) => sum + countUpTo(part, code), 0) >= rank);
  });
}

function countUpTo({ codes, upTo }: CodeCounts, code: number): number {
  const after = firstWhere(codes.length, (index) => (codes[index] ?? Infinity) > code);
  return upTo[after - 1] ?? 0;
}

/** The first number from 0 on that fits, where all after it fit too; `end` where none before it does. */
function firstWhere(end: number, fits: (number: number) => boolean): number {
  let [from, to] = [0, end];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fits(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
