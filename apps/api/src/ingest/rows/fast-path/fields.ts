/** The fields of an event, told apart by their bytes; each is a bit, so that those that were sent are one number. */
import type { EVENT_FIELDS } from '../../event/event';
import { type JsonCursor, NOT_PLAIN } from './json-cursor';

export const FIELD: Record<(typeof EVENT_FIELDS)[number], number> = {
  id: 1,
  timestamp: 2,
  keyId: 4,
  method: 8,
  endpoint: 16,
  statusCode: 32,
  latencyMs: 64,
  requestBytes: 128,
  responseBytes: 256,
  errorType: 512,
};

export const REQUIRED = FIELD.method | FIELD.endpoint | FIELD.statusCode | FIELD.latencyMs;

/** By the first byte. */
const CANDIDATES: { name: Uint8Array; field: number }[][] = Array.from({ length: 128 }, () => []);
for (const [name, field] of Object.entries(FIELD)) {
  CANDIDATES[name.charCodeAt(0)]?.push({ name: Buffer.from(`${name}"`), field });
}

/** Reads a field's name, whose first quote has been passed. */
export function readField(cursor: JsonCursor): number {
  const candidates = CANDIDATES[cursor.bytes[cursor.at] as number];
  if (candidates === undefined) throw NOT_PLAIN;
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index] as (typeof candidates)[number];
    if (cursor.take(candidate.name)) return candidate.field;
  }
  throw NOT_PLAIN;
}
