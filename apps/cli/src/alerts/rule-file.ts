/** Alert rules as a YAML file, so that they can live in a repository. */
import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '@meterhouse/common';
import { parse } from 'yaml';
import { UsageError } from '../errors';

/** A rule as the file has it: a name, and the fields of `POST /alerts/rules`. */
export type FileRule = { name: string } & Record<string, unknown>;

/** A rule of the service. */
export type PresentRule = { id: string } & FileRule;

/** What makes the rules of an account those of a file. */
export interface Changes {
  created: FileRule[];
  changed: { id: string; name: string; fields: Record<string, unknown>; before: Record<string, unknown> }[];
  deleted: PresentRule[];
  unchanged: number;
}

/**
 * Reads a file of the form `rules: [{name, metric, condition, …}]`; the service checks the fields.
 * @throws UsageError for any other file, and for a name that comes twice
 */
export function readRuleFile(text: string): FileRule[] {
  const file = parsed(text);
  const rules: unknown = isObject(file) ? file['rules'] : undefined;
  if (!Array.isArray(rules)) throw new UsageError('The file should hold a list of rules under "rules:".');
  const names = new Set<string>();
  return rules.map((rule: unknown, index) => {
    const name = isObject(rule) ? rule['name'] : undefined;
    if (!isObject(rule) || typeof name !== 'string' || name === '') {
      throw new UsageError(`Rule ${index + 1} of the file should have a name: by it the file's rules are found again.`);
    }
    if (names.has(name)) throw new UsageError(`The file has two rules with the name "${name}".`);
    names.add(name);
    return { ...rule, name };
  });
}

/** Compares a file with the rules of an account; fields that the file does not name stay as they are. */
export function compareRules(
  wanted: readonly FileRule[],
  present: readonly PresentRule[],
  deleteOthers: boolean,
): Changes {
  const changes: Changes = { created: [], changed: [], deleted: [], unchanged: 0 };
  for (const rule of wanted) {
    const known = present.find(({ name }) => name === rule.name);
    if (!known) {
      changes.created.push(rule);
      continue;
    }
    const different = Object.entries(rule).filter(([field, value]) => !isSame(value, known[field]));
    const before = Object.fromEntries(different.map(([field]) => [field, known[field]]));
    if (different.length === 0) changes.unchanged++;
    else changes.changed.push({ id: known.id, name: rule.name, fields: Object.fromEntries(different), before });
  }
  if (deleteOthers) changes.deleted = present.filter(({ name }) => !wanted.some((rule) => rule.name === name));
  return changes;
}

/** The changes as lines: `+` a new rule, `~` a changed one with its fields, `-` one that is deleted. */
export function diffOf({ created, changed, deleted }: Changes): string[] {
  const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
  return [
    ...created.flatMap(({ name, ...fields }) => [
      `+ ${name}`,
      ...Object.entries(fields).map(([field, value]) => `    ${field}: ${shown(value)}`),
    ]),
    ...changed.flatMap(({ name, fields, before }) => [
      `~ ${name}`,
      ...Object.entries(fields).map(([field, value]) => `    ${field}: ${shown(before[field])} -> ${shown(value)}`),
    ]),
    ...deleted.map(({ name }) => `- ${name}`),
  ];
}

/** Whether the service has what the file says: it adds fields that are left out, and writes status codes as texts. */
function isSame(wanted: unknown, present: unknown): boolean {
  if (Array.isArray(wanted) && Array.isArray(present)) {
    return wanted.length === present.length && wanted.every((item, index) => isSame(item, present[index]));
  }
  if (isObject(wanted) && isObject(present)) {
    const names = new Set([...Object.keys(wanted), ...Object.keys(present)]);
    return [...names].every((name) => isSame(wanted[name] ?? emptyOf(present[name]), present[name]));
  }
  if (typeof wanted === 'number' && typeof present === 'string') return String(wanted) === present;
  return isDeepStrictEqual(wanted ?? null, present ?? null);
}

function emptyOf(present: unknown): unknown {
  return Array.isArray(present) ? [] : undefined;
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(`The file is not YAML: ${reasonOf(error)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
