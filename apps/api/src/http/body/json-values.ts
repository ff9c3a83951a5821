/** Sees how many values JSON holds before it is parsed: `[{},{},…]` takes twenty times its size when it is. */
import type { Slices } from '@meterhouse/common';
import { ApiException } from '../api-exception';

/** Most values in a body, fields counted twice; 10,000 events of ten fields have half of it. */
export const MAX_VALUES = 400_000;

/** Bytes between two looks at the clock: about a tenth of a millisecond. */
const STEP = 64 * 1024;

/** Whether JSON, or lines of it, in UTF-8 holds more; of text that is not JSON either may be said. */
export async function holdsMoreValues(text: Uint8Array, slices: Slices, most: number = MAX_VALUES): Promise<boolean> {
  // All values but the first come after a comma, a colon or a bracket, and take a byte at least.
  if (text.length < 2 * most) return false;
  const counter = new ValueCounter(text);
  while (counter.values <= most && counter.advance(STEP)) if (slices.spent) await slices.next();
  return counter.values > most;
}

/** A 413. */
export function tooManyValues(): ApiException {
  return new ApiException('PAYLOAD_TOO_LARGE', `The body holds more than ${MAX_VALUES} values; send fewer at once.`);
}

class ValueCounter {
  values = 1;
  private at = 0;
  private inString = false;

  constructor(private readonly text: Uint8Array) {}

  /** Goes on for some bytes. @returns whether there are more */
  advance(count: number): boolean {
    const { text } = this;
    const end = Math.min(text.length, this.at + count);
    let { at, inString, values } = this;
    for (; at < end; at++) {
      const byte = text[at];
      if (inString) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === COMMA || byte === COLON || byte === BRACKET) values += 1;
    }
    this.at = at;
    this.inString = inString;
    this.values = values;
    return at < text.length;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
