/** Events as `POST /events` takes them, one a line; the service checks their fields. */
import { epochMs, parseIsoDate } from './dates';
import { type ParsedLine, REASONS } from './parsed-line';

/** Reads one line; only the date is looked at, so that it can be shifted. */
export function parseNdjson(line: string): ParsedLine {
  const json = jsonObject(line);
  if (json === null) return { reason: REASONS.json };
  const { timestamp, ...fields } = json;
  if (timestamp === undefined || timestamp === null) return { at: null, fields };
  const at =
    typeof timestamp === 'string' ? parseIsoDate(timestamp) : typeof timestamp === 'number' ? epochMs(timestamp) : null;
  return at === null ? { reason: REASONS.date } : { at, fields };
}

/** The object that a line of JSON holds; null when it holds none. */
export function jsonObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
