/** Turns a path or a route template into the name that usage is counted under. */
import { readTemplate } from './route-template';
import { compose, decode, encode } from './spelling';
import { normaliseSegment } from './variable-parts';

/** The longest name, in UTF-16 units. */
export const ENDPOINT_MAX_LENGTH = 256;

/** The name of all endpoints past an account's number of names a day; no path is called that. */
export const OTHER_ENDPOINT = '{other}';

/**
 * The endpoint's name: the path alone, without query string, fragment, parameters of segments (`;…`), `.` and `..`,
 * doubled or trailing slashes; in one spelling (RFC 3986, 6.2.2); with `{id}` for each part that differs from request to
 * request. Variable parts of a template have their name: `{userId}`, also for `:userId` and `<int:userId>`. Words,
 * versions and file names stay. Whole segments past 256 characters are cut.
 *
 * Events and filters are named by this alike. Never throws, takes linear time, and a name's name is itself.
 * @example normaliseEndpoint('/v1/orders/42?page=2') === '/v1/orders/{id}'
 */
export function normaliseEndpoint(endpoint: string): string {
  if (endpoint === OTHER_ENDPOINT) return OTHER_ENDPOINT;
  const text = endpoint.startsWith('/') ? endpoint : endpoint.trim().replace(ORIGIN, '');
  const path = readTemplate(decode(wellFormed(text)));
  let name = '';
  let before = '';
  for (const segment of segmentsOf(USUAL.test(path) ? path : compose(encode(path)))) {
    before = normaliseSegment(segment, before);
    const next = `${name}/${before.replaceAll(' ', '%20')}`;
    if (next.length > ENDPOINT_MAX_LENGTH) break;
    name = next;
  }
  return name === '' ? '/' : name;
}

/** What `encode` and `compose` leave as it is. */
const USUAL = /^[ -[\]_-~]*$/;

/** Scheme and host of a whole URL. */
const ORIGIN = /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*/i;

function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const part of path.split('/')) {
    const segment = withoutParameters(part).trim();
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}

/** `login;jsessionid=1A2B` without what follows the semicolon; one in brackets belongs to a key. */
function withoutParameters(segment: string): string {
  return segment.includes(';') ? (/^(?:\([^()]*\)|[^;])*/.exec(segment)?.[0] ?? segment) : segment;
}

/** Half a surrogate pair cannot be stored as UTF-8. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}
