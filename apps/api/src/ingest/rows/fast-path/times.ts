/** Timestamps of the events of one body. */
import { parseInstant } from '@meterhouse/common';
import type { TimeLimits } from '../../event/validate-event';
import { type JsonCursor, NOT_PLAIN } from './json-cursor';

/** The form that most libraries write, and what of it tells the minute. */
const USUAL = '2026-03-02T10:15:30.000Z'.length;
const MINUTE = '2026-03-02T10:15:'.length;

export class PlainTimes {
  /** Where the last usual one stands, and the start of its minute; -1: there was none. */
  private lastAt = -1;
  private minute = 0;

  constructor(
    private readonly cursor: JsonCursor,
    private readonly limits: TimeLimits,
  ) {}

  /** Reads one, in epoch milliseconds. */
  read(): number {
    const { cursor, limits } = this;
    const at = cursor.peek() === QUOTE ? this.instant() : Math.floor(cursor.number());
    if (!(at >= limits.earliest && at <= limits.latest)) throw NOT_PLAIN;
    return at;
  }

  /** Of the same minute as the one before, only the seconds are read. */
  private instant(): number {
    const { cursor } = this;
    cursor.text(1, 64);
    const { bytes, start, end } = cursor;
    const isUsual = end - start === USUAL && bytes[start + 19] === POINT && bytes[start + 23] === LETTER_Z;
    if (!isUsual) return parseInstant(bytes.toString('latin1', start, end));
    const seconds = this.digits(start + 17, 2);
    const milliseconds = this.digits(start + 20, 3);
    if (seconds > 59) throw NOT_PLAIN;
    if (!this.isSameMinute(start)) {
      this.minute = parseInstant(bytes.toString('latin1', start, end)) - 1_000 * seconds - milliseconds;
      this.lastAt = start;
    }
    return this.minute + 1_000 * seconds + milliseconds;
  }

  private isSameMinute(start: number): boolean {
    const { bytes } = this.cursor;
    if (this.lastAt < 0) return false;
    for (let index = 0; index < MINUTE; index++) if (bytes[start + index] !== bytes[this.lastAt + index]) return false;
    return true;
  }

  private digits(start: number, count: number): number {
    let value = 0;
    for (let at = start; at < start + count; at++) {
      const digit = (this.cursor.bytes[at] as number) - ZERO;
      if (!(digit >= 0 && digit <= 9)) throw NOT_PLAIN;
      value = 10 * value + digit;
    }
    return value;
  }
}

const QUOTE = 0x22;
const POINT = 0x2e;
const ZERO = 0x30;
const LETTER_Z = 0x5a;
