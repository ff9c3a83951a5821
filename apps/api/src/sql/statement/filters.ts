/**
 * `additional_table_filters`, as the ad-hoc filters of Grafana's plugin send it: a map from tables to conditions, such as
 * `{'meterhouse_bi.usage_hour' : ' key_id = \'key_1\' '}`. The engine reads each condition as an expression wherever the
 * statement reads the table, so a condition is checked as a statement is, and only views may be named: a condition on a
 * table behind one would see what the view leaves out.
 */
import type { AllowedFunctions } from './functions';
import { INSIDE_QUOTES, quoted, unquoted } from './literals';
import { SqlRefusal } from './refusal';
import { splitStatement } from './statement';
import { checkCondition } from './syntax';

export const FILTERS = 'additional_table_filters';

const DATABASE = 'meterhouse_bi';

const ENTRY = new RegExp(`^\\s*'(${INSIDE_QUOTES})'\\s*:\\s*'(${INSIDE_QUOTES})'\\s*(?:,|$)`, 's');
const VIEW = new RegExp(`^["\`]?(?:${DATABASE}["\`]?\\.["\`]?)?(\\w+)["\`]?$`);

/** What the engine's own parser says of a text. */
export interface Parser {
  canonical: (text: string) => Promise<string>;
  syntaxTree: (statement: string) => Promise<string[]>;
}

/** The map with each condition as the engine formats it. @throws SqlRefusal; an error of the engine's where one does not parse */
export async function checkedFilters(map: string, parser: Parser, functions: AllowedFunctions): Promise<string> {
  const entries: string[] = [];
  const [, inside] = /^\s*\{(.*)\}\s*$/s.exec(map) ?? [];
  if (inside === undefined) throw malformed();
  for (let rest = inside.trim(); rest !== '';) {
    const [whole = '', table, condition] = ENTRY.exec(rest) ?? [];
    if (table === undefined || condition === undefined) throw malformed();
    const [, view] = VIEW.exec(unquoted(table)) ?? [];
    if (view === undefined) throw SqlRefusal.setting(`${FILTERS} may name the views of ${DATABASE}, no other tables.`);
    const checked = await checkedCondition(unquoted(condition), parser, functions);
    entries.push(`${quoted(`${DATABASE}.${view}`)}:${quoted(checked)}`);
    rest = rest.slice(whole.length).trim();
  }
  return `{${entries.join(', ')}}`;
}

async function checkedCondition(condition: string, parser: Parser, functions: AllowedFunctions): Promise<string> {
  const { body, format, settings } = splitStatement(await parser.canonical(`SELECT (\n${condition}\n)`));
  if (format !== undefined || Object.keys(settings).length > 0) throw malformed();
  checkCondition(await parser.syntaxTree(body), functions);
  return body.slice('SELECT '.length);
}

function malformed(): SqlRefusal {
  return SqlRefusal.setting(`${FILTERS} should be like {'${DATABASE}.usage_hour':'failed > 0'}.`);
}
