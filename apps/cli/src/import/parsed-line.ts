/** What a log line becomes: an event for `POST /events`, a line without a request, or the reason why it is neither. */
import type { NoRequest } from './request-line';

export const FORMATS = ['combined', 'common', 'nginx-json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** A line that can be sent. */
export interface ParsedEvent {
  /** When the request came, epoch milliseconds; null when the line does not say (the service then takes now). */
  at: number | null;
  /** What the line says, in one spelling: lines with the same content have the same time. */
  content: string;
  /** The event's other fields, named as in `POST /events`. `latencyMs` is missing when the line does not hold it. */
  fields: Record<string, unknown>;
}

/** A line that cannot be sent; the reason is the same text for the same kind of fault, so that it can be counted. */
export interface BadLine {
  reason: string;
}

export type ParsedLine = ParsedEvent | NoRequest | BadLine;

/** Reads one line of a log. Never throws. */
export type LineParser = (line: string) => ParsedLine;

export const REASONS = {
  layout: 'the line does not have the layout of this format',
  date: 'the date cannot be read',
  request: 'there is no request_method with request_uri or uri, and no request',
  status: 'the status is not a number from 100 to 599',
  bytes: 'a size is not a whole number of bytes',
  latency: 'the duration is not a number of 0 or more',
  json: 'the line is not a JSON object',
  tooLong: 'the line is longer than 1 MiB',
} as const;

/** Whether a log has nothing to say: nginx writes an empty text in JSON, and `-` elsewhere. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '-';
}

/** Three digits from 100 to 599; null for anything else. */
export function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

/** A size in bytes; 0 where it is missing, and null for what is no size. */
export function bytesOf(value: unknown): number | null {
  if (isMissing(value)) return 0;
  const bytes = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

/** Milliseconds from the seconds of nginx; undefined where they are missing, null for what is no duration. */
export function latencyOf(value: unknown): number | undefined | null {
  if (isMissing(value)) return undefined;
  const seconds = typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds < 1e9)) return null;
  // Microseconds stay; the rounding removes what 0.123 * 1000 adds.
  return Math.round(seconds * 1_000_000) / 1_000;
}
