/** Reads back what Apache and nginx write in place of quotes, backslashes, control characters and bytes past ASCII. */

const ESCAPES = /(?:\\(?:x[0-9A-Fa-f]{2}|["\\bfnrtv]))+/g;
const ESCAPE = /\\(?:x(..)|(.))/g;
/** Apache writes these control characters as C does. */
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The text that was logged: `\xhh` (either case) are bytes of UTF-8, and `\"`, `\\`, `\n` and the like are characters.
 * Bytes that are no UTF-8 become U+FFFD; a backslash before anything else stays.
 * @example readEscapes('/caf\\xC3\\xA9') === '/café'
 */
export function readEscapes(text: string): string {
  return text.includes('\\') ? text.replace(ESCAPES, decodeRun) : text;
}

/**
 * JSON that nginx wrote without `escape=json`, and which is therefore none: its `\xhh` become JSON's escapes.
 * @example withJsonEscapes('{"uri":"/a\\x22"}') === '{"uri":"/a\\""}'
 */
export function withJsonEscapes(line: string): string {
  return line.replace(/(?:\\x[0-9A-Fa-f]{2})+/g, (run) => JSON.stringify(decodeRun(run)).slice(1, -1));
}

/** Side by side, because a character past ASCII is several bytes. */
function decodeRun(run: string): string {
  const bytes = run.replace(ESCAPE, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (CONTROLS[letter] ?? letter) : String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
