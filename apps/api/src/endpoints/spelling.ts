/** One spelling of each path: RFC 3986, 6.2.2, for paths that people read. */

/** Every byte of a character but its first. */
const BYTE = '%[89ab][\\da-f]';

/** Percent-encoded characters in UTF-8, by the number of their bytes. */
const CHARACTERS = [
  '%[0-7][\\da-f]',
  `%(?:c[2-9a-f]|d[\\da-f])${BYTE}`,
  `%(?:e0%[ab][\\da-f]|ed%[89][\\da-f]|e[1-9a-cef]${BYTE})${BYTE}`,
  `%(?:f0%[9ab][\\da-f]|f[1-3]${BYTE}|f4%8[\\da-f])${BYTE}${BYTE}`,
];
const ENCODED = new RegExp(`(?!%25)(?:${CHARACTERS.join('|')}|%[\\da-f]{2})`, 'gi');
const ENCODES_NOTHING = /%(?![\da-f]{2})/gi;

/** Signs that mean something else when they are not encoded. */
const DELIMITERS = '%/\\\\?#;^';

/** What nobody sees or what changes how the rest is read: controls, bidirectional marks, all spaces but the usual one. */
const INVISIBLE = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';

const STAYS_ENCODED = new RegExp(`[${DELIMITERS}${INVISIBLE}]`, 'u');
const MUST_BE_ENCODED = new RegExp(`[\\\\^${INVISIBLE}]`, 'gu');

/**
 * Characters for what is percent-encoded, as far as they are readable and stand for nothing else; the rest in upper case,
 * and `%25` for a percent sign that encodes nothing. Spaces are decoded too: they are encoded in the last step of all.
 * @example decode('/caf%c3%a9%2f%66oo') === '/café%2Ffoo'
 */
export function decode(text: string): string {
  return text.includes('%') ? text.replace(ENCODES_NOTHING, '%25').replace(ENCODED, decodeCharacter) : text;
}

/** What `decode` leaves encoded, where it was not. @example encode('/a\\b') === '/a%5Cb' */
export function encode(text: string): string {
  return text.replace(MUST_BE_ENCODED, encodeURIComponent);
}

/** Composed characters (NFC) for decomposed ones: `é` is also sent as `e` and an accent. */
export function compose(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  // Piece by piece: an accent is not put on the last digit of what is encoded.
  return text
    .split(/(%[\dA-F]{2})/)
    .map((piece) => piece.normalize('NFC'))
    .join('');
}

/** The first 128 characters as they are written. */
const ASCII = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const encoded = `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return STAYS_ENCODED.test(character) ? encoded : character;
});

function decodeCharacter(encoded: string): string {
  if (encoded.length === 3) return ASCII[Number.parseInt(encoded.slice(1), 16)] ?? encoded.toUpperCase();
  const character = decodeURIComponent(encoded);
  return STAYS_ENCODED.test(character) ? encoded.toUpperCase() : character;
}
