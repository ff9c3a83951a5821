/** What the service says of a form that it refuses, by field. */
import type { CallError } from './client';

export interface FormErrors {
  /** By the names of the fields that the form has. */
  fields: Readonly<Record<string, string>>;
  /** What is about no field of the form; null where there is nothing of it. */
  form: string | null;
}

/**
 * Sorts an error by the fields of a form; an error of `rateLimit.requestsPerDay` goes to that field, or else to `rateLimit`.
 * @param names of the fields beside which an error can stand
 */
export function formErrors(error: Pick<CallError, 'message' | 'details'> | null, names: readonly string[]): FormErrors {
  if (!error) return { fields: {}, form: null };
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of error.details) {
    const name = names.find((known) => known === field) ?? names.find((known) => field.startsWith(`${known}.`));
    if (name === undefined) others.push(message);
    else fields[name] ??= message;
  }
  if (error.details.length === 0) return { fields, form: error.message };
  return { fields, form: others.length > 0 ? others.join(' ') : null };
}
