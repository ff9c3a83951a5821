/** Text literals as the engine formats them. */

/** The inside of one, between its quotes. */
export const INSIDE_QUOTES = String.raw`(?:[^'\\]|\\.)*`;

const CONTROLS: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** The text that stands between the quotes of a literal. */
export function unquoted(inside: string): string {
  return inside.replace(/\\(.)/gs, (_, character: string) => CONTROLS[character] ?? character);
}
