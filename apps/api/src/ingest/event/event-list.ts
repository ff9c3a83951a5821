/** Finds the events of a long JSON document without parsing it, so that they can be parsed a few at a time. */
import type { Slices } from '@meterhouse/common';
import { MAX_VALUES, tooManyValues } from '../../http/body/json-values';

/** Bytes from one offset up to another. */
export interface Span {
  start: number;
  end: number;
}

/** Bytes between two looks at the clock: about a tenth of a millisecond. */
const STEP = 64 * 1024;

/**
 * Cuts an array of JSON into groups of elements. The document is JSON exactly if each group is, in brackets, and so is what
 * stands around the array: where strings and brackets do not match the cuts are elsewhere, next to a group that is none.
 * @param bytes UTF-8
 * @param open the offset of the opening bracket
 * @param groupBytes the most bytes of a group; a longer element is one by itself
 * @returns undefined where the array does not end, or lacks an element
 * @throws ApiException PAYLOAD_TOO_LARGE for more than `MAX_VALUES`
 */
export async function cutArray(
  bytes: Uint8Array,
  open: number,
  groupBytes: number,
  slices: Slices,
): Promise<ArrayCutter | undefined> {
  const cutter = new ArrayCutter(bytes, open + 1, groupBytes);
  for (let isMore = true; isMore;) {
    if (slices.spent) await slices.next();
    isMore = cutter.advance(STEP);
    if (cutter.values > MAX_VALUES) throw tooManyValues();
  }
  return cutter.isWhole ? cutter : undefined;
}

class ArrayCutter {
  /** Elements with the commas between them, in order, without the white space around. */
  readonly groups: Span[] = [];
  /** The deepest nesting, the array itself being 1. */
  deepest = 1;
  /** Values in it, counted as `holdsMoreValues` does. */
  values = 2;
  /** Whether the array has ended, each of its elements being there. */
  isWhole = false;
  private depth = 1;
  private inString = false;
  /** The element so far: its first byte, -1 where there is none yet, and its last that is not white space. */
  private first = -1;
  private last = -1;

  /** @param at behind the opening bracket at first, and behind the closing one at last */
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly groupBytes: number,
  ) {}

  /** Goes on for some bytes. @returns whether there is more to do */
  advance(count: number): boolean {
    const { bytes } = this;
    const end = Math.min(bytes.length, this.at + count);
    let { at, inString, first, last, values } = this;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (inString) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) {
          inString = false;
          last = at;
        }
        continue;
      }
      if (isJsonSpace(byte)) continue;
      if (byte === COMMA) {
        values += 1;
        if (this.depth === 1) {
          if (!this.add(first, last)) return false;
          first = -1;
          continue;
        }
      } else if (byte === COLON) values += 1;
      else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
        this.depth -= 1;
        if (this.depth === 0) {
          this.values = values;
          return this.close(first, last, at);
        }
      } else if (byte === BRACKET || byte === BRACE) {
        if (byte === BRACKET) values += 1;
        this.depth += 1;
        if (this.depth > this.deepest) this.deepest = this.depth;
      } else if (byte === QUOTE) inString = true;
      if (first === -1) first = at;
      last = at;
    }
    this.at = at;
    this.inString = inString;
    this.first = first;
    this.last = last;
    this.values = values;
    return at < bytes.length;
  }

  /** Adds an element to the last group, or begins one. @returns whether there is one */
  private add(first: number, last: number): boolean {
    if (first === -1) return false;
    const group = this.groups.at(-1);
    if (group && last + 1 - group.start <= this.groupBytes) group.end = last + 1;
    else this.groups.push({ start: first, end: last + 1 });
    return true;
  }

  private close(first: number, last: number, at: number): false {
    // Behind a comma an element is missing; an empty array has none.
    const isFull = this.add(first, last) || this.groups.length === 0;
    this.isWhole = isFull && this.bytes[at] === CLOSE_BRACKET;
    this.at = at + 1;
    return false;
  }
}

/** The offset of the `[` of a document that begins as `{"events": [` does; undefined for any other. */
export async function openOfEvents(bytes: Buffer, slices: Slices): Promise<number | undefined> {
  let at = 0;
  for (const token of EVENTS_START) {
    at = await skipSpace(bytes, at, slices);
    if (!bytes.subarray(at, at + token.length).equals(token)) return undefined;
    at += token.length;
  }
  return at - 1;
}

const EVENTS_START = ['{', '"events"', ':', '['].map((token) => Buffer.from(token));

/** The offset of the first byte from here on that is not white space of JSON. */
export async function skipSpace(bytes: Uint8Array, from: number, slices: Slices): Promise<number> {
  let at = from;
  while (at < bytes.length) {
    if (slices.spent) await slices.next();
    for (const stop = Math.min(bytes.length, at + STEP); at < stop; at++) {
      if (!isJsonSpace(bytes[at])) return at;
    }
  }
  return at;
}

export function isJsonSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
