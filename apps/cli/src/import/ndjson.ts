/** Events as `POST /events` takes them, one a line; the service checks their fields. */
import { epochMs, parseIsoDate } from './dates';
import { type ParsedLine, REASONS } from './parsed-line';

/** Reads one line; only the date is looked at, so that it can be shifted. */
export function parseNdjson(line: string): ParsedLine {
  const json = jsonObject(line);
  if (json === null) return { reason: REASONS.json };
  const { content } = json;
  const { timestamp, ...fields } = json.fields;
  if (timestamp === undefined || timestamp === null) return { at: null, content, fields };
  const at =
    typeof timestamp === 'string' ? parseIsoDate(timestamp) : typeof timestamp === 'number' ? epochMs(timestamp) : null;
  return at === null ? { reason: REASONS.date } : { at, content, fields };
}

/** An object, and the same as text with its fields sorted by name. */
export interface JsonLine {
  fields: Record<string, unknown>;
  content: string;
}

/** The object that a line of JSON holds; null when it holds none, or one that is nested too deep to be written again. */
export function jsonObject(line: string): JsonLine | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return { fields: { ...value }, content: JSON.stringify(sorted) };
  } catch {
    return null;
  }
}
