/** Says where a text stops being JSON; the engine's own messages name no place for most errors. */

/**
 * What is wrong with a text that `JSON.parse` refuses: its first error with line and column, counted from 1.
 * @param firstLine the number of the text's first line
 */
export function describeJsonError(text: string, firstLine = 1): string {
  const at = new JsonScanner(text).firstError();
  const before = text.slice(0, at);
  const line = firstLine + before.split('\n').length - 1;
  if (at >= text.length) return `it ends too early, in line ${line}.`;
  const column = at - before.lastIndexOf('\n');
  const found = text[at] ?? '';
  const shown = /[\x20-\x7e]/.test(found) ? `"${found}"` : `character U+${codePoint(found)}`;
  return `unexpected ${shown} at line ${line}, column ${column}.`;
}

function codePoint(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or close' | 'end';

/** Walks the text once with a stack of its own, so that no nesting can overflow the call stack. */
class JsonScanner {
  private at = 0;
  private expected: Expected = 'value';
  private readonly open: string[] = [];

  constructor(private readonly text: string) {}

  /** The offset of the first character that cannot stand where it stands; the length when the text ends too early. */
  firstError(): number {
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (' \t\n\r'.includes(character)) this.at += 1;
      else if (!this.step(character)) return this.at;
    }
    return this.at;
  }

  /** Takes one token; false leaves `at` where the error is. */
  private step(character: string): boolean {
    switch (this.expected) {
      case 'key or }':
        return character === '}' ? this.close(character) : character === '"' && this.string(':');
      case 'key':
        return character === '"' && this.string(':');
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
    if (character === '"') return this.string(this.afterValue());
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

  private string(next: Expected): boolean {
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) return this.take(next);
      if (code < 0x20) return false;
      if (code === 0x5c && !this.escape()) return false;
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
