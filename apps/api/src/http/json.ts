/** JSON of answers whose whole numbers may be past 2^53, up to which a number of JavaScript holds each exactly. */
import { randomUUID } from 'node:crypto';

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
