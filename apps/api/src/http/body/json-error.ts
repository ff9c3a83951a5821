/** Says where a text stops being JSON; the engine's own messages name no place for most errors. */
import type { Slices } from '@meterhouse/common';

/** Bytes between two looks at the clock. */
const STEP = 16 * 1024;

/**
 * What is wrong with a text that `JSON.parse` refuses: its first error with line and column, counted from 1.
 * @param bytes the text in UTF-8
 * @param firstLine the number of the text's first line
 * @example await describeJsonError(Buffer.from('[1,]'), slices) === 'unexpected "]" at line 1, column 4.'
 */
export async function describeJsonError(bytes: Buffer, slices: Slices, firstLine = 1): Promise<string> {
  const { at, line, lineStart } = await scan(bytes, slices);
  if (at >= bytes.length) return `it ends too early, in line ${firstLine + line}.`;
  const found = bytes.toString('utf8', at, at + 4).charAt(0);
  const shown = /[\x20-\x7e]/.test(found) ? `"${found}"` : `character U+${codePoint(found)}`;
  return `unexpected ${shown} at line ${firstLine + line}, column ${1 + utf16Length(bytes, lineStart, at)}.`;
}

/** Whether `JSON.parse` takes the text. @param bytes the text in UTF-8 */
export async function isJson(bytes: Buffer, slices: Slices): Promise<boolean> {
  return (await scan(bytes, slices)).isWhole;
}

async function scan(bytes: Buffer, slices: Slices): Promise<JsonScanner> {
  // A character for each byte: all that are not ASCII stand in strings, or are wrong.
  const scanner = new JsonScanner(bytes.toString('latin1'));
  while (scanner.advance(STEP)) if (slices.spent) await slices.next();
  return scanner;
}

function codePoint(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** The length of a text in UTF-8, as that of a string is counted. */
function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    // Bytes that begin a character, and once more for those that take two units.
    if ((byte & 0xc0) !== 0x80) length += byte < 0xf0 ? 1 : 2;
  }
  return length;
}

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or close' | 'end';

/** Walks the text once with a stack of its own, so that no nesting can overflow the call stack. */
class JsonScanner {
  /** The offset of the first character that cannot stand where it stands; the length when the text ends too early. */
  at = 0;
  /** The number of the line in which that is, from 0, and the offset of its first character. */
  line = 0;
  lineStart = 0;
  private expected: Expected = 'value';
  private inString = false;
  private failed = false;
  private readonly open: string[] = [];

  constructor(private readonly text: string) {}

  /** Whether the text is JSON, once `advance` has returned false. */
  get isWhole(): boolean {
    return !this.failed && !this.inString && this.expected === 'end' && this.at >= this.text.length;
  }

  /** Goes on for about so many characters. @returns whether there are more, and no error so far */
  advance(characters: number): boolean {
    const end = Math.min(this.text.length, this.at + characters);
    while (this.at < end && !this.failed) {
      if (this.inString) this.failed = !this.string(end);
      else if (!this.space()) this.failed = !this.step(this.text[this.at] ?? '');
    }
    return this.at < this.text.length && !this.failed;
  }

  /** Takes one character of white space, if there is one. */
  private space(): boolean {
    const code = this.text.charCodeAt(this.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
    this.at += 1;
    if (code !== 0x0a) return true;
    this.line += 1;
    this.lineStart = this.at;
    return true;
  }

  /** Takes one token; false leaves `at` where the error is. */
  private step(character: string): boolean {
    switch (this.expected) {
      case 'key or }':
        return character === '}' ? this.close(character) : character === '"' && this.quote(':');
      case 'key':
        return character === '"' && this.quote(':');
      case ':':
        return character === ':' && this.take('value');
      case ', or close':
        if (character === ',') return this.take(this.open.at(-1) === '{' ? 'key' : 'value');
        return this.close(character);
      case 'value or ]':
        return character === ']' ? this.close(character) : this.value(character);
      case 'value':
        return this.value(character);
      case 'end':
        return false;
    }
  }

  private value(character: string): boolean {
    if (character === '{' || character === '[') {
      this.open.push(character);
      return this.take(character === '{' ? 'key or }' : 'value or ]');
    }
    if (character === '"') return this.quote(this.afterValue());
    return this.scalar();
  }

  private close(character: string): boolean {
    if (character !== (this.open.at(-1) === '{' ? '}' : ']')) return false;
    this.open.pop();
    return this.take(this.afterValue());
  }

  private take(next: Expected): true {
    this.at += 1;
    this.expected = next;
    return true;
  }

  private afterValue(): Expected {
    return this.open.length === 0 ? 'end' : ', or close';
  }

  /** Enters a string. @param next what may come behind it */
  private quote(next: Expected): true {
    this.inString = true;
    return this.take(next);
  }

  /** Takes characters of a string up to its end, or to `end`. */
  private string(end: number): boolean {
    for (; this.at < end; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code < 0x20) return false;
      if (code === 0x5c && !this.escape()) return false;
      if (code !== 0x22) continue;
      this.inString = false;
      this.at += 1;
      return true;
    }
    return true;
  }

  /** Moves from a backslash to the last character of its escape. */
  private escape(): boolean {
    this.at += 1;
    const character = this.text[this.at];
    if (character === undefined || '"\\/bfnrt'.includes(character)) return true;
    if (character !== 'u') return false;
    for (let digit = 0; digit < 4 && this.at + 1 < this.text.length; digit += 1) {
      this.at += 1;
      if (!/[0-9a-f]/i.test(this.text[this.at] ?? '')) return false;
    }
    return true;
  }

  private scalar(): boolean {
    const token = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    token.lastIndex = this.at;
    const match = token.exec(this.text)?.[0];
    if (match === undefined) return false;
    this.at += match.length;
    this.expected = this.afterValue();
    return true;
  }
}
