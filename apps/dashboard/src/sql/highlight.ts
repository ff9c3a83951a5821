/** Cuts a statement into pieces that look different in the editor. */

export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'parameter' | 'plain';

export interface Token {
  kind: TokenKind;
  text: string;
}

const KEYWORDS = new Set(
  (
    'all and any as asc between by case cast cross desc describe distinct else end except exists explain false final ' +
    'first format from full global group having if ilike in inner intersect interval into is join last left like limit ' +
    'not null nulls offset on or order outer over partition prewhere qualify right rollup sample select semi settings ' +
    'show tables then ties to totals true union using values when where window with'
  ).split(' '),
);

const TOKEN =
  /(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<string>'(?:[^'\\]|\\[^])*(?:'|$)|`(?:[^`\\]|\\[^])*(?:`|$)|"(?:[^"\\]|\\[^])*(?:"|$))|(?<parameter>\{\s*\w+\s*:[^{}]*\})|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_]\w*)/g;

/** The pieces in order; joined they are the statement. */
export function tokensOf(statement: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of statement.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: statement.slice(end, match.index) });
    tokens.push({ kind: kindOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < statement.length) tokens.push({ kind: 'plain', text: statement.slice(end) });
  return tokens;
}

function kindOf({ groups = {} }: RegExpMatchArray): TokenKind {
  if (groups.comment !== undefined) return 'comment';
  if (groups.string !== undefined) return 'string';
  if (groups.parameter !== undefined) return 'parameter';
  if (groups.number !== undefined) return 'number';
  return KEYWORDS.has(groups.word?.toLowerCase() ?? '') ? 'keyword' : 'plain';
}
