/** The parts of a statement in the engine's own formatting, where a clause of the outermost level begins a line. */
import { INSIDE_QUOTES, unquoted } from './literals';
import { SqlRefusal } from './refusal';

export interface Statement {
  /** The statement without FORMAT and SETTINGS. */
  body: string;
  /** The name behind FORMAT, if any. */
  format: string | undefined;
  /** What stands behind SETTINGS. */
  settings: Readonly<Record<string, string | number>>;
}

const FORMAT = /^FORMAT (\w+)$/;
const SETTINGS = /^SETTINGS (.+)$/;
const OUTFILE = /^INTO OUTFILE /m;

/** A name and a value, as the engine writes them; a map is of texts. */
const TEXT = `'${INSIDE_QUOTES}'`;
const SETTING = new RegExp(
  `^(\\w+) = (?:(-?\\d+(?:\\.\\d+)?)|(true|false)|'(${INSIDE_QUOTES})'|(\\{(?:${TEXT}:${TEXT}(?:, )?)*\\}))(?:, |$)`,
);

/** @param canonical the engine's formatting of one statement @throws SqlRefusal */
export function splitStatement(canonical: string): Statement {
  // In this formatting a line break within a string or a name is written `\n`.
  if (OUTFILE.test(canonical)) throw SqlRefusal.denied('INTO OUTFILE is not allowed: the answer comes to you.');
  const lines = canonical.split('\n');
  let format: string | undefined;
  let settings: Record<string, string | number> = {};
  const clause = SETTINGS.exec(lines.at(-1) ?? '');
  if (clause?.[1] !== undefined) {
    settings = parseSettings(clause[1]);
    lines.pop();
  }
  const named = FORMAT.exec(lines.at(-1) ?? '');
  if (named) {
    format = named[1];
    lines.pop();
  }
  return { body: lines.join('\n'), format, settings };
}

/**
 * `a = 1, b = 'x'` as an object; a map of texts as it is written.
 * @throws SqlRefusal for a value that is not a number, a text, a truth value or a map of texts
 */
export function parseSettings(text: string): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (let rest = text; rest !== '';) {
    const match = SETTING.exec(rest);
    const [whole = '', name = '', number, truth, string, map] = match ?? [];
    if (!match) throw SqlRefusal.setting(`A setting should be a number or a text, but there is: ${rest.slice(0, 60)}`);
    if (number !== undefined) settings[name] = Number(number);
    else if (truth !== undefined) settings[name] = truth === 'true' ? 1 : 0;
    else settings[name] = map ?? unquoted(string ?? '');
    rest = rest.slice(whole.length);
  }
  return settings;
}
