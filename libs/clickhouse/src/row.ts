import type { Slices } from '@meterhouse/common';

/** One row of an answer, read by column name; a missing or mistyped column is an error, never a cast. */
export class Row {
  constructor(private readonly columns: Readonly<Record<string, unknown>>) {}

  /** A number; 64-bit integers arrive quoted and are exact up to 2^53. */
  number(name: string): number {
    const value = this.numberOrNull(name);
    if (value === null) throw this.mismatch(name, 'a number');
    return value;
  }

  /** A number, or null (also for the NaN that a mean over nothing yields). */
  numberOrNull(name: string): number | null {
    return toNumberOrNull(this.value(name), () => this.mismatch(name, 'a number or null'));
  }

  /** A whole number of any size. */
  bigint(name: string): bigint {
    const value = this.value(name);
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    throw this.mismatch(name, 'a whole number');
  }

  string(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw this.mismatch(name, 'a string');
    return value;
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value === 'boolean') return value;
    if (value === 0 || value === 1) return value === 1;
    throw this.mismatch(name, 'a boolean');
  }

  strings(name: string): string[] {
    const value = this.value(name);
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw this.mismatch(name, 'an array of strings');
    }
    return value;
  }

  /** An array of numbers, NaN and null as null. */
  numbersOrNull(name: string): (number | null)[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw this.mismatch(name, 'an array of numbers');
    return value.map((item) => toNumberOrNull(item, () => this.mismatch(name, 'an array of numbers')));
  }

  /** The result of `sumMap`: keys, and their sums in the same order. */
  sums(name: string): Map<string, number[]> {
    const mismatch = (): Error => this.mismatch(name, 'what sumMap answers');
    const [keys, ...columns] = arrayOf(this.value(name), mismatch).map((column) => arrayOf(column, mismatch));
    const sums = columns.map((column) => column.map((sum) => toNumberOrNull(sum, mismatch) ?? 0));
    return new Map((keys ?? []).map((key, index) => [String(key), sums.map((column) => column[index] ?? 0)]));
  }

  /** An array of named tuples, each as a row of its own. */
  rows(name: string): Row[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw this.mismatch(name, 'an array of named tuples');
    return value.map((item: unknown) => {
      if (typeof item !== 'object' || item === null) throw this.mismatch(name, 'an array of named tuples');
      return new Row(item as Record<string, unknown>);
    });
  }

  private value(name: string): unknown {
    if (!(name in this.columns)) throw new Error(`The answer has no column "${name}".`);
    return this.columns[name];
  }

  private mismatch(name: string, expected: string): Error {
    return new Error(`Column "${name}" should be ${expected}, but is ${JSON.stringify(this.columns[name])}.`);
  }
}

function arrayOf(value: unknown, mismatch: () => Error): unknown[] {
  if (!Array.isArray(value)) throw mismatch();
  return value as unknown[];
}

function toNumberOrNull(value: unknown, mismatch: () => Error): number | null {
  if (value === null || value === 'nan') return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw mismatch();
}

/** The rows of an answer in JSONEachRow. @throws SyntaxError for an answer that is not ClickHouse's */
export function toRows(answer: Buffer, slices: Slices): Promise<Row[]> {
  return slices.map(linesOf(answer), (line) => new Row(JSON.parse(line) as Record<string, unknown>));
}

/** Text is made of the lines one by one: of an answer of many megabytes at once it takes tens of milliseconds. */
function* linesOf(answer: Buffer): Generator<string> {
  for (let start = 0; start < answer.length;) {
    const newline = answer.indexOf(NEWLINE, start);
    const end = newline === -1 ? answer.length : newline;
    if (end > start) yield answer.toString('utf8', start, end);
    start = end + 1;
  }
}

const NEWLINE = 0x0a;
