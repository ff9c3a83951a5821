/** Walks through JSON byte by byte, as long as it is plain: no escapes, no other than printable ASCII, no odd numbers. */
import { FNV_START, fnv1a } from '@meterhouse/common';

/** Local: looked up in the library's exports for each byte, it makes reading a body a third slower. */
const hashByte = fnv1a;

/** More digits may not be exact. */
const MAX_DIGITS = 15;
/** All of them exact, so that a quotient of whole numbers is what JSON.parse makes of the decimal. */
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);

/** Thrown at the first thing that is not plain; it says nothing about whether it is good. */
export const NOT_PLAIN = new Error('The JSON is not plain.');

export class JsonCursor {
  at = 0;
  /** The last string's bytes, between its quotes. */
  start = 0;
  end = 0;
  /** Of these bytes, by `fnv1a`. */
  hash = 0;

  /** @param isLines a line feed is no white space */
  constructor(
    readonly bytes: Buffer,
    private readonly isLines: boolean,
  ) {}

  /** The byte that comes next after white space, -1 at the end. */
  peek(): number {
    const { bytes } = this;
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at] as number;
      const isSpace = byte === SPACE || byte === TAB || byte === RETURN || (byte === LINE_FEED && !this.isLines);
      if (!isSpace) return byte;
    }
    return -1;
  }

  /** Passes over white space and this byte. */
  expect(byte: number): void {
    if (this.peek() !== byte) throw NOT_PLAIN;
    this.at++;
  }

  /** Passes over white space, and over this byte if it comes then; whether it did. */
  skips(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  /** Whether these bytes come here; passes over them if so. */
  take(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** Reads a string of so many bytes. */
  text(least: number, most: number): void {
    this.expect(QUOTE);
    const { bytes } = this;
    let hash = FNV_START;
    let at = this.at;
    this.start = at;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte === undefined || byte < SPACE || byte > TILDE || byte === BACKSLASH) throw NOT_PLAIN;
      hash = hashByte(hash, byte);
    }
    if (at - this.start < least || at - this.start > most) throw NOT_PLAIN;
    this.end = at;
    this.hash = hash;
    this.at = at + 1;
  }

  /** Reads a number from 0 without an exponent, before which there is no white space. */
  number(): number {
    const { bytes } = this;
    const start = this.at;
    let value = 0;
    let at = start;
    for (; isDigit(bytes[at]); at++) value = 10 * value + (bytes[at] as number) - ZERO;
    const whole = at - start;
    if (whole === 0 || (whole > 1 && bytes[start] === ZERO)) throw NOT_PLAIN;
    let decimals = 0;
    if (bytes[at] === POINT) {
      for (at++; isDigit(bytes[at]); at++, decimals++) value = 10 * value + (bytes[at] as number) - ZERO;
      if (decimals === 0) throw NOT_PLAIN;
    }
    if (whole + decimals > MAX_DIGITS) throw NOT_PLAIN;
    this.at = at;
    return decimals === 0 ? value : value / (POWERS[decimals] as number);
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;
