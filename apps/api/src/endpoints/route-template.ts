/**
 * Reads route templates as routers, OpenAPI documents, gateways and regular expressions write them: what stands for a
 * variable part becomes `{name}`, constraints and optional file formats go, and what is left is a path.
 *
 * | written                                                     | becomes                   |
 * | ----------------------------------------------------------- | ------------------------- |
 * | `/users/:id`, `/users/:id(\\d+)?`, `/users/<int:id>`        | `/users/{id}`             |
 * | `/users/{id:int}`, `/users/{id?}`, `/users/{id:[0-9]{1,5}}` | `/users/{id}`             |
 * | `/files/:path*`, `/files/{*path}`, `/files/{path...}`       | `/files/{path}`           |
 * | `/photos/:id(.:format)`, `/photos(/:id)`, `/photos{/:id}`   | `/photos/{id}`            |
 * | `/search{?q,page}`, `/v1/{name=projects/*}`                 | `/search`, `/v1/{name}`   |
 * | `^/users/(?P<id>\d+)/?$`, `~^/users/(?<id>[^/]+)`           | `/users/{id}`             |
 * | `^/v1/(?:orders|carts)/[0-9]+$`                             | `/v1/(orders|carts)/{id}` |
 */

/** What a variable part becomes when it has no name of its own. */
export const VARIABLE = '{id}';

/** More signs are no template but a heap of brackets, which is cut there: each may take a look at all that follows. */
const MAX_SIGNS = 64;
const MAX_READS = 4;

const TEMPLATE_SIGNS = /[:{}<(*[\\^~]/;

/** How regular expressions begin, with the signs that nginx, Kong and JavaScript put before them. */
const REGEX_START = /^(?:~\*?\s*(?=[\^/])|\/(?=\^))?\^?/;
const REGEX_INSIDE = /\\[dwsDWS]|\(\?/;

/** Brackets with brackets inside, three deep; one that is not closed is a sign like any other. */
const CHARACTER = String.raw`\\.|\[(?:\\.|[^\]\\]){1,64}\]|[^()[\\]`;
const GROUP = [1, 2].reduce((inner) => String.raw`\((?:${CHARACTER}|${inner})*\)`, String.raw`\((?:${CHARACTER})*\)`);

/** What a part becomes, by the groups of the pattern; INNER reads the first as a template of its own. */
type Rule = [pattern: RegExp, becomes: typeof INNER | ((first: string, second: string) => string)];
const INNER = 'inner';
const NAME = (name: string): string => `{${name}}`;
const NOTHING = (): string => '';

/** The parts of a template by the sign they begin with: how far each reaches, and the first rule that fits. */
interface Part {
  /** Without it there is none. */
  close?: string;
  extent: RegExp;
  rules: Rule[];
}

const PARTS: Record<string, Part> = {
  ':': {
    extent: new RegExp(String.raw`:[a-z_]\w{0,63}(?!\w)(?:${GROUP})?`, 'iy'),
    rules: [[/^:(\w+).*$/s, NAME]], // :id(\d+)
  },
  '<': {
    close: '>',
    extent: /<(?:[a-z_]\w{0,63}(?:\([^<>()]*\))?:)?[a-z_]\w{0,63}>/iy,
    rules: [[/^<(?:.*:)?(\w+)>$/s, NAME]], // <int:id>
  },
  '{': {
    close: '}',
    extent: /\{(?:[^{}]|\{[^{}]*\})*\}/y,
    rules: [
      [/^\{\{?\s*[+*]{0,2}([a-z_][\w-]{0,63}(?:\.\w[\w-]{0,63})*).*$/is, NAME], // {id} {id:int} {+path} {{id}}
      [/^\{[?&#$].*$/s, NOTHING], // {?q,page} {$}
      [/^\{\/([:*].*)\}$/s, INNER], // {/:id} {/*path}
      [/^\{([/.])([a-z_]\w{0,63}).*$/is, (sign, name) => `${sign}{${name}}`], // {/id} {.format}
    ],
  },
  '(': {
    close: ')',
    extent: new RegExp(GROUP, 'y'),
    rules: [
      [/^\((?:\?:)?\\?\.:?\w+\)$/, NOTHING], // (.:format) (?:\.json)
      [/^\(\?(?:<?[=!].*|[a-z]+\))$/s, NOTHING], // (?=x) (?i)
      [/^\(\?P?<(\w+)>.*$/s, NAME], // (?<id>\d+)
      [/^\((?:\?:)?\\?\/(.*)\)$/s, INNER], // (/:id) (?:/x)
      [/^\((?:\?:)?([\w.~%-]+(?:\|[\w.~%-]+)+)\)$/, (words) => `(${words})`], // (?:orders|carts)
    ],
  },
};

const REGEX_PARTS: Record<string, Part> = {
  ...PARTS,
  '[': { close: ']', extent: /\[(?:\\.|[^\]\\]){1,64}\]/y, rules: [] },
  '.': { extent: /\.(?=[*+{])/y, rules: [] },
  '\\': { extent: /\\[dwsDWSbBAzZ]/y, rules: [[/[bBAzZ]/, NOTHING]] },
};

/** Behind these a `:` begins a name; `/operations/12:cancel` is a path. */
const BEFORE_NAME = /[ /.(,~@+=-]/;

/** What only the group of a template holds. Others are part of a path: `/Users(42)`, `/wiki/Alien_(film)`. */
const GROUP_SIGNS = /\\|\||\[[^\]]+\]|[.)](?:[*+]|\{\d)|^\(\?|^\([.:/]?[:*]/;

const LITERAL = /[^:{}<(?#]+/y;
const REGEX_LITERAL = /[^:{}<(?#[.\\$^*+]+/y;

/** Behind a part, how often it may come. A `?` with a word behind it begins a query string. */
const QUANTIFIER = /(?<!\})[*+]?(?:\?(?=$|[/.(){-]))?/y;
const REGEX_QUANTIFIER = /(?:[*+?]|\{\d+,?\d*\})?\??/y;

/**
 * The path that a route template stands for, without its query string and fragment; a path stands for itself.
 * @example readTemplate('/orders/:id(\\d+)?') === '/orders/{id}'
 */
export function readTemplate(text: string): string {
  const path = withoutQuery(text);
  if (!TEMPLATE_SIGNS.test(path)) return path;
  const start = REGEX_START.exec(text)?.[0] ?? '';
  let template = text.slice(start.length);
  // JavaScript prints a regular expression between slashes, with its flags behind.
  if (start.startsWith('/')) template = template.replace(/\/[a-z]*$/, '');
  const isRegex = start !== '' || (template.endsWith('$') && REGEX_INSIDE.test(template));
  return readAll(template, isRegex ? REGEX_PARTS : PARTS);
}

/** Reads again where something is gone that stood between two signs, which may make them a part. */
function readAll(template: string, parts: Record<string, Part>): string {
  let { path, isSettled } = read(template, parts);
  for (let reads = 1; !isSettled; reads++) {
    if (reads === MAX_READS) return VARIABLE;
    const again = read(path, PARTS);
    isSettled = again.isSettled || again.path === path;
    path = again.path;
  }
  return path;
}

function withoutQuery(text: string): string {
  const end = text.search(/[?#]/);
  return end === -1 ? text : text.slice(0, end);
}

function read(text: string, parts: Record<string, Part>): { path: string; isSettled: boolean } {
  const isRegex = parts === REGEX_PARTS;
  let isSettled = !isRegex;
  let path = '';
  let signs = 0;
  for (let at = 0; at < text.length && signs <= MAX_SIGNS;) {
    const sign = text[at] as string;
    const part = sign === ':' && !BEFORE_NAME.test(path.at(-1) ?? '/') ? undefined : partAt(text, at, parts);
    if (part !== undefined) {
      const result = becomes(part, parts);
      const quantifier = matchAt(isRegex ? REGEX_QUANTIFIER : QUANTIFIER, text, at + part.length) ?? '';
      isSettled &&= /^[{(]/.test(result) && quantifier === '';
      if (result !== part) signs += 1;
      path += result;
      at += part.length + quantifier.length;
    } else if (sign === '#' || (sign === '?' && !isRegex)) {
      break;
    } else {
      const literal = matchAt(isRegex ? REGEX_LITERAL : LITERAL, text, at) ?? sign;
      // Anchors, escapes and quantifiers say nothing about the path; a brace without its pair must not get one.
      if (!isRegex || !/[$^?*+\\]/.test(sign)) path += sign === '{' || sign === '}' ? '-' : literal;
      at += literal.length;
      if (sign in parts) signs += 1;
    }
  }
  return { path, isSettled };
}

/** The part of a template that begins here. */
function partAt(text: string, at: number, parts: Record<string, Part>): string | undefined {
  const sign = text[at] as string;
  const { extent, close } = parts[sign] ?? {};
  if (extent === undefined || (close !== undefined && text.lastIndexOf(close) < at)) return undefined;
  const part = matchAt(extent, text, at);
  return sign === '(' && parts === PARTS && part !== undefined && !GROUP_SIGNS.test(part) ? undefined : part;
}

function becomes(part: string, parts: Record<string, Part>): string {
  for (const [pattern, result] of parts[part[0] as string]?.rules ?? []) {
    const [found, first = '', second = ''] = pattern.exec(part) ?? [];
    if (found !== undefined) return result === INNER ? `/${read(first, parts).path}` : result(first, second);
  }
  return VARIABLE;
}

function matchAt(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
