/** JSON of answers whose whole numbers may be past 2^53, up to which a number of JavaScript holds each exactly. */
import { randomUUID } from 'node:crypto';

/** Items of a list that are written at once. */
const TOGETHER = 64;

/** A number where it is the same, else the bigint, of which `toJson` writes all digits. */
export function exactly(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Stands before digits for a moment; made by each process anew, so that no text that a client sent can hold it. */
const MARK = `bigint:${randomUUID()}:`;
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/**
 * As `JSON.stringify`, and a bigint as a number with all of its digits: JSON itself knows no largest number.
 *
 *     toJson({ dataTransferred: 9007199254740993n }); // {"dataTransferred":9007199254740993}
 * @throws TypeError for what JSON cannot hold
 */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // It takes no bigint. They are rare, and a function that looks at each value takes five times as long.
    const marked = (_name: string, item: unknown): unknown => (typeof item === 'bigint' ? `${MARK}${item}` : item);
    return JSON.stringify(value, marked).replace(MARKED, '$1');
  }
}

/**
 * The text of `toJson` in pieces, so that long lists are written in slices of the event loop. Items of a list are alike:
 * where the first holds no long list, none does.
 * @param value plain objects, arrays and what they hold
 */
export function* jsonPieces(value: unknown): Generator<string> {
  if (!holdsLongList(value)) yield toJson(value);
  else if (Array.isArray(value)) yield* arrayPieces(value);
  else yield* objectPieces(value);
}

function holdsLongList(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > TOGETHER || holdsLongList(value[0]);
  return Object.values(value).some(holdsLongList);
}

function* arrayPieces(items: readonly unknown[]): Generator<string> {
  const together = holdsLongList(items[0]) ? 1 : TOGETHER;
  for (let start = 0; start < items.length; start += together) {
    yield start === 0 ? '[' : ',';
    if (together === 1) yield* jsonPieces(items[start]);
    else yield toJson(items.slice(start, start + together)).slice(1, -1);
  }
  yield ']';
}

function* objectPieces(value: object): Generator<string> {
  let before = '{';
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    if (item === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonPieces(item);
    before = ',';
  }
  yield '}';
}
