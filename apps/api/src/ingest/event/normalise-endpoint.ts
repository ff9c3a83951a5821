/** Turns a path or a route template into the name that usage is counted under. */

/** The longest name, in UTF-16 units. */
export const ENDPOINT_MAX_LENGTH = 256;

/** No word of a path is longer; what is, is an id. It also bounds what the patterns below are tried on. */
const SEGMENT_MAX_LENGTH = 128;

const VARIABLE = '{id}';

/**
 * The endpoint's name: the path alone, without query string, fragment, doubled or trailing slashes, and with
 * `{id}` for each part that differs from request to request (numbers, dates, UUIDs, hex and opaque ids, e-mail
 * addresses). Template parts stay (`{userId}`; `:userId` becomes `{userId}`), and so do words, versions and file
 * names. Whole segments past 256 characters are cut. Never throws, takes linear time, and
 * normalising a name again changes nothing.
 */
export function normaliseEndpoint(endpoint: string): string {
  const path = endpoint
    // The `?` of an optional template part is not a query string.
    .replace(/\{(\w+)\?\}/g, '{$1}')
    .replace(/[?#][^]*$/, '')
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  let name = '';
  for (const part of path.split('/')) {
    const segment = part.trim();
    if (segment === '') continue;
    const next = `${name}/${normaliseSegment(segment)}`;
    if (next.length > ENDPOINT_MAX_LENGTH) break;
    name = next;
  }
  return name === '' ? '/' : name;
}

function normaliseSegment(segment: string): string {
  if (segment.length > SEGMENT_MAX_LENGTH) return VARIABLE;
  // Most segments are plain words.
  if (/^[a-z][a-z_-]*$/i.test(segment)) return segment;
  const decoded = decode(segment);
  const parameter = /^(?::([a-z_]\w{0,63})(?:\(.*\))?|\{([a-z_]\w{0,63})\})$/i.exec(decoded);
  if (parameter) return `{${parameter[1] ?? parameter[2]}}`;
  if (/\{[^{}]*\}/.test(decoded)) return segment;
  const verb = /^([^:]+)(:[a-z]{1,32})$/i.exec(decoded);
  if (verb?.[1] && isVariable(verb[1])) return VARIABLE + verb[2];
  const file = /^(.+)(\.[a-z][a-z0-9]{0,4})$/i.exec(segment);
  if (file?.[1] && file[2] && !isEmail(decoded)) return normaliseFileName(file[1]) + file[2];
  return isVariable(decoded) ? VARIABLE : segment;
}

/** `1234.json` and `app.3f9c1b2d.js` vary, `logo-2.png` and `jquery-1.7.2.min.js` are names. */
function normaliseFileName(base: string): string {
  if (isNumeric(base)) return VARIABLE;
  return base
    .split('.')
    .map((part) => (isUuid(part) || (isHexId(part) && /[a-f]/i.test(part)) || holdsRandom(part) ? VARIABLE : part))
    .join('.');
}

function isVariable(text: string): boolean {
  if (isVersion(text)) return false;
  if (isNumeric(text) || isUuid(text) || isHexId(text) || isEmail(text)) return true;
  return /\d{5}/.test(text) || holdsRandom(text);
}

function holdsRandom(text: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some(isRandom);
}

/** `v1`, `v2.1`, `v1beta1`, `1.1`, `2.14.3`. */
function isVersion(text: string): boolean {
  return /^(?:v\d{1,4}(?:\.\d{1,4}){0,2}(?:(?:alpha|beta|rc)\d{0,2})?|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)$/i.test(text);
}

/** Numbers, dates, addresses and lists of them: digits with signs between. */
function isNumeric(text: string): boolean {
  return /^[+-]?\d+(?:[.,;_:~-]\d+)*(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?$/i.test(text);
}

function isUuid(text: string): boolean {
  return /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i.test(text);
}

function isHexId(text: string): boolean {
  return /^(?:0x)?[0-9a-f]{8,}$/i.test(text) && /\d/.test(text);
}

function isEmail(text: string): boolean {
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text);
}

/**
 * Whether letters and digits alternate as they do in random ids (`9s6XKzkNRiz8i3`, ULIDs, base64url) and hardly
 * ever in words (`oauth2callback`, `utf8mb4`).
 */
function isRandom(token: string): boolean {
  if (token.length < 8) return false;
  const changes = (token.match(/\d+|\D+/g) ?? []).length - 1;
  if (changes >= 4) return true;
  const mixedCase = /[a-z]/.test(token) && /[A-Z]/.test(token.slice(1));
  return (changes >= 3 && mixedCase) || (changes >= 2 && token.length >= 16);
}

/** What the percent signs stand for; a malformed text stands for itself. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
