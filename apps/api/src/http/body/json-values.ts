/** Sees how many values JSON holds before it is parsed: `[{},{},…]` takes twenty times its size when it is. */

/** Most values in a body, fields counted twice; 10,000 events of ten fields have half of it. */
export const MAX_VALUES = 400_000;

/** Whether JSON, or lines of it, in UTF-8 holds more; of text that is not JSON either may be said. */
export function holdsMoreValues(text: Uint8Array, most: number = MAX_VALUES): boolean {
  // All values but the first come after a comma, a colon or a bracket, and take a byte at least.
  if (text.length < 2 * most) return false;
  let values = 1;
  for (let at = 0; at < text.length && values <= most; at++) {
    const byte = text[at];
    if (byte === QUOTE) at = endOfString(text, at + 1);
    else if (byte === COMMA || byte === COLON || byte === BRACKET) values += 1;
  }
  return values > most;
}

/** Where the string ends whose first character is here. */
function endOfString(text: Uint8Array, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at;
  }
  return text.length;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
