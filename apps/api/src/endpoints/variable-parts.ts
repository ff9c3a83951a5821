/** Finds what differs from request to request in a segment of a path, and puts `{id}` in its place. */
import { isIP } from 'node:net';
import { VARIABLE } from './route-template';

/** No word is longer; what is, is an id. It also bounds what the rules are tried on. */
const MAX_LENGTH = 128;

/** What a text looks like, with examples that a test reads. */
interface Rule {
  what: string;
  examples: string[];
  fits: (text: string) => boolean;
}

/** Names that hold digits, looked at first. */
export const NAMES: Rule[] = [
  {
    what: 'versions; two numbers without a v may be a price, see VERSIONED',
    examples: ['v1', 'v1.2', 'v1beta1', '2.14.3', '2.0.0-rc.1'],
    fits: (text) =>
      /^(?:v\d{1,4}(?:[._]\d{1,4}){0,3}|\d{1,3}(?:\.\d{1,3}){2})(?:[-._]?[a-z]{1,8}[-._]?\d{0,3})?$/i.test(text),
  },
  { what: 'versions by date', examples: ['v2026-11-27'], fits: (text) => /^v\d{4}-\d\d-\d\d$/i.test(text) },
];

/** Behind these, and at the start of a path, `1.1` is a version; elsewhere it is a number. */
const VERSIONED = new Set(['', 'api', 'rest', 'doc', 'docs', 'version', 'versions', 'release', 'releases', 'schemas']);

/** Texts that are a value as a whole. */
export const VALUES: Rule[] = [
  {
    what: 'numbers and what is made of them: decimals, ranges, lists, times, coordinates',
    examples: ['42', '-17', '12.99', '1.5e-7', '1,2,3', '10:30', '40.71,-74.01', '10.0.0.1:8080'],
    fits: (text) => /^[+-]?\d+(?:[.,_:~-][+-]?\d+)*(?:e[+-]?\d+)?$/i.test(text),
  },
  {
    what: 'network addresses',
    examples: ['192.168.1.20', '2001:db8::1', '[::1]', 'fe80::1%25eth0'],
    fits: (text) => /[.:]/.test(text) && isIP(text.startsWith('[') ? text.slice(1, -1) : text) !== 0,
  },
  { what: 'e-mail addresses', examples: ['jane.doe@example.com', '@jane@example.social'], fits: isEmail },
  {
    what: 'URLs, whose slashes are encoded',
    examples: ['https:%2F%2Fexample.com'],
    fits: (text) => /^[a-z][a-z\d+.-]{0,20}:(?:%2F){2}/i.test(text),
  },
];

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** What is part of a word. Without the classes of Unicode this takes a fifth of the time. */
const LETTER = '[a-z0-9\\u0080-\\uffff]';
const TIME = '(?:(?: at |[T_ -])?\\d\\d[-:._h]?\\d\\d(?:[-:._m]?\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?';

/** Ids of several words, wherever they stand in a segment. What has letters or digits beside it is part of a word. */
const LONG_IDS = new RegExp(
  `(?:(?<!${LETTER}|%)|(?<=%[\\dA-F]{2}))(?:${[
    '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}', // UUID
    `${YEAR}([-._])\\d\\d\\1\\d\\d${TIME}`, // 2026-11-27, 2026-11-27T10:15:30.000Z
    `${YEAR}[-._](?:\\d\\d|\\d{3})`, // 2026-11, 2026-331
    `${YEAR}[-._]?[WQ]\\d{1,2}(?:-\\d)?`, // 2026-W48, 2026Q4
    `\\d{1,2}([-._])\\d{1,2}\\2${YEAR}`, // 27.11.2026
    `\\d{1,2}[-._ ]?${MONTH}[-._ ]?${YEAR}`, // 27-Nov-2026
    `${YEAR}[-._ ]?${MONTH}[-._ ]?\\d{1,2}`, // 2026-nov-27
    '(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?:[:-][0-9a-f]{2}){0,2}', // MAC, EUI-64
    '(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}', // MAC in fours
    '(?<!\\d\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\.\\d)', // IPv4
  ].join('|')})(?!${LETTER})`,
  'gi',
);

/** Words; a template's variable part and what is percent-encoded are none. */
const WORDS = new RegExp(`\\{[^{}]*\\}|%[\\dA-F]{2}|${LETTER}+`, 'gi');

/** What frameworks of pages call a variable part: `[slug]`, `[...path]`, `[[...path]]`, and `*path` elsewhere. */
const NAMED = /^(?:\[{1,2}(?:\.\.\.)?([a-z_]\w{0,63})\]{1,2}|\*([a-z_]\w{0,63}))$/i;

/**
 * @param segment decoded; may hold variable parts of a template
 * @param before the segment before it, empty at the start of a path
 * @returns the segment with `{id}` for what varies; normalising that again changes nothing
 */
export function normaliseSegment(segment: string, before: string): string {
  if (segment.length > MAX_LENGTH) return VARIABLE;
  // Most segments are words without a digit.
  if (!/[\d@:([*]/.test(segment)) return segment;
  const named = NAMED.exec(segment);
  if (named) return `{${named[1] ?? named[2]}}`;
  if (isName(segment, before)) return segment;
  if (isValue(segment)) return VARIABLE;
  const [, object, verb] = /^([^:]+)(:[a-z]{1,32})$/i.exec(segment) ?? [];
  if (object !== undefined) return normaliseSegment(object, before) + verb;
  const [, base, extension] = /^(.+)(\.[a-z][a-z0-9]{0,4})$/i.exec(segment) ?? [];
  if (base !== undefined && isValue(base) && !isName(base, before)) return VARIABLE + extension;
  const replaced = replaceIds(segment);
  if (replaced === segment) return segment;
  // Of a file, a function or a template the rest says something; of `order-10023` it does not.
  if (extension === undefined && !/[({]|\.log\b/i.test(segment)) return VARIABLE;
  return replaced.length > MAX_LENGTH ? VARIABLE : untilStable(replaced);
}

function isName(text: string, before: string): boolean {
  if (VERSIONED.has(before.toLowerCase()) && /^\d{1,2}\.\d{1,2}$/.test(text)) return true;
  return NAMES.some(({ fits }) => fits(text));
}

function isValue(text: string): boolean {
  return VALUES.some(({ fits }) => fits(text));
}

/** Puts `{id}` for the ids inside a text. */
function replaceIds(text: string): string {
  const withoutLong = replaceArguments(text).replace(LONG_IDS, VARIABLE);
  return replaceWords(withoutLong).replace(/\{id\}(?:[-_ ]\{id\})+/g, VARIABLE);
}

/** That an id is gone may show that its neighbour is one. */
function untilStable(text: string): string {
  const replaced = replaceIds(text);
  return replaced === text ? text : untilStable(replaced);
}

/** Keys and arguments in OData's way: `Users(42)`, `Users('jane')`, `Near(lat=40.71,at=guid'…')`. */
function replaceArguments(text: string): string {
  if (!text.includes('(')) return text;
  return text
    .replace(/([(,=])[a-z]*'(?:[^']|'')*'/gi, `$1${VARIABLE}`)
    .replace(/\(([^()]*)\)/g, (_, list: string) => `(${list.split(',').map(replaceArgument).join(',')})`);
}

function replaceArgument(argument: string): string {
  const start = argument.indexOf('=') + 1;
  const value = argument.slice(start).trim();
  return isValue(value) ? argument.slice(0, start) + VARIABLE : argument;
}

function replaceWords(text: string): string {
  let result = '';
  let at = 0;
  WORDS.lastIndex = 0;
  for (let found = WORDS.exec(text); found !== null; found = WORDS.exec(text)) {
    const [word] = found;
    result += text.slice(at, found.index);
    at = WORDS.lastIndex;
    const kind = /^[{%]/.test(word) ? 'word' : kindOf(word, result);
    result += kind === 'word' ? word : VARIABLE;
    if (kind !== 'random') continue;
    // What a random id was put together with is part of it.
    REST_OF_ID.lastIndex = at;
    REST_OF_ID.exec(text);
    at = WORDS.lastIndex = REST_OF_ID.lastIndex;
  }
  return result + text.slice(at);
}

const REST_OF_ID = new RegExp(`(?:${LETTER}|[_-])*`, 'iy');

/** @param before the text before the word: the build number of a version is no id */
function kindOf(word: string, before: string): 'word' | 'id' | 'random' {
  if (!/\d/.test(word)) return 'word';
  if (/^\d+$/.test(word)) {
    const isLong = word.length > 4 || (word.length === 4 && !/^(?:19|20)/.test(word));
    return isLong && !/(?:^|\D)\d{1,3}\.$/.test(before) ? 'id' : 'word';
  }
  if (isRandom(word)) return 'random';
  return /\d{5}/.test(word) || isHex(word) ? 'id' : 'word';
}

function isHex(word: string): boolean {
  if (/^(?:0x)?[0-9a-f]{8,}$/i.test(word)) return true;
  // Short commit hashes: `3f9c1b2`.
  return /^[0-9a-f]{6,7}$/i.test(word) && changesOf(word) >= 3;
}

/**
 * Whether letters and digits alternate as they do in random ids (`9s6XKzkNRiz8i3`, ULIDs, base64url) and hardly
 * ever in words (`oauth2callback`, `utf8mb4`, `convertMp3ToMp4`).
 */
function isRandom(word: string): boolean {
  if (word.length < 8) return false;
  const changes = changesOf(word);
  if (changes >= 4) return true;
  return (changes >= 3 && isMixedCase(word)) || (changes >= 2 && word.length >= 16);
}

/** How often digits follow other characters or others digits. */
function changesOf(word: string): number {
  let changes = 0;
  for (let at = 1; at < word.length; at++) if (isDigit(word, at) !== isDigit(word, at - 1)) changes += 1;
  return changes;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** Upper and lower case in no order: camelCase has words of about three letters and more. */
function isMixedCase(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word.slice(1))) return false;
  const pieces = word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return pieces.join('').length < 3 * pieces.length;
}

/** The picture for a sharp display, `logo@2x.png`, looks like one; so does a file of a package, `vue@next.js`. */
function isEmail(text: string): boolean {
  const [, local, domain] = /^@?([^@\s]+)@([^@\s]+)$/.exec(text) ?? [];
  if (local === undefined || domain === undefined || /^\dx\./i.test(domain)) return false;
  return /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}$/u.test(domain) && !FILE.test(domain);
}

/** Extensions that are no top-level domains. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|json|map|html?|xml|pdf|woff2?)$/i;
