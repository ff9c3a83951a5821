/** Values of `{name:Type}` placeholders for a handle of the embedded engine. */

/** Values bound to `{name:Type}` placeholders. */
export type Parameters = Record<string, ParameterValue>;

/** What a placeholder may be bound to. */
export type ParameterValue = string | number | boolean | null | readonly (string | number)[];

/**
 * A `SET` that binds the statement's placeholders on the handle that runs it, or an empty text when there are none.
 *
 * The engine's own way to bind runs one statement at a time over the whole process: a slow one would hold up all others,
 * whatever the handle. A handle keeps what was set, so a placeholder without a value is refused here.
 * @throws Error for a placeholder without a value
 */
export function bindings(sql: string, parameters: Parameters): string {
  const names = new Set([...sql.matchAll(/\{(\w+)\s*:/g)].map((match) => match[1] ?? ''));
  const set = [...names].map((name) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`The statement has no value for its placeholder "${name}".`);
    return `param_${name} = ${literal(parameterText(value))}`;
  });
  return set.length === 0 ? '' : `SET ${set.join(', ')}`;
}

/** A string literal that reads back as the very text. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** The value as ClickHouse reads a parameter: tab-separated text, and literals within an array. */
export function parameterText(value: ParameterValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return value.replace(/[\\\0\b\f\n\r\t]/g, (character) => ESCAPES[character] ?? '');
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  return `[${value.map((item) => (typeof item === 'number' ? String(item) : literal(item))).join(',')}]`;
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
