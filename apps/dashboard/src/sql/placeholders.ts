/** The values that a statement asks for, as `{name:Type}`. */

export interface Placeholder {
  name: string;
  type: string;
}

/** Strings, quoted names and comments: what stands in them is no placeholder. */
const QUOTED = /'(?:[^'\\]|\\.|'')*'?|`(?:[^`\\]|\\.)*`?|"(?:[^"\\]|\\.)*"?|--[^\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** Each name once, in the order of the text. @example placeholdersOf('SELECT {n:UInt8}') // [{ name: 'n', type: 'UInt8' }] */
export function placeholdersOf(statement: string): Placeholder[] {
  const found = statement
    .replace(QUOTED, ' ')
    .matchAll(/\{\s*([A-Za-z_]\w{0,63})\s*:\s*([A-Za-z]\w*(?:\([^{}]*\))?)\s*\}/g);
  const byName = new Map<string, string>();
  for (const [, name = '', type = ''] of found) if (!byName.has(name)) byName.set(name, type);
  return [...byName].map(([name, type]) => ({ name, type }));
}
