/**
 * Characters that act instead of being read: C0 controls (with NUL, line breaks and ESC), DEL, C1 controls, Unicode's line
 * and paragraph separators, and bidirectional controls, by which text is shown in another order than it is written in.
 * Texts from outside that are stored hold none, and what could still hold one is escaped before it is printed.
 */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const CONTROLS = new RegExp(CONTROL, 'gu');

/** The first control character of a text, for a message; null where there is none. @example controlIn('a\u001b[2J') === 'U+001B' */
export function controlIn(text: string): string | null {
  const [found] = CONTROL.exec(text) ?? [];
  return found === undefined ? null : `U+${codeOf(found).toUpperCase()}`;
}

/**
 * The text with its control characters as `\u001b`, fit for a terminal or a log; JSON stays JSON and says the same.
 * @param kept one that stays, such as the line break of a text of several lines
 * @example escapeControls('a\u001b[2J') === 'a\\u001b[2J'
 */
export function escapeControls(text: string, kept = ''): string {
  return text.replace(CONTROLS, (found) => (found === kept ? found : `\\u${codeOf(found)}`));
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
