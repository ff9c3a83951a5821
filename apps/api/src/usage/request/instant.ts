import { parseInstant, startOfDateIn } from '@meterhouse/common';

/** Years that are told; events are of today. */
const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(2100, 0, 1);

/** Epoch milliseconds of ISO 8601 with an offset, or of the start of a date in a zone; null for anything else. */
export function toInstant(text: string, timezone: string): number | null {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = parseInstant(isDate ? `${text}T00:00:00Z` : text);
  if (!(at >= FIRST && at < LAST)) return null;
  return isDate ? startOfDateIn(at, timezone) : at;
}
