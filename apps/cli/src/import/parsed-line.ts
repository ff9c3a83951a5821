/** What a log line becomes: an event for `POST /events`, or the reason why it cannot. */

export const FORMATS = ['combined', 'common', 'nginx-json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** A line that can be sent. */
export interface ParsedEvent {
  /** When the request came, epoch milliseconds; null when the line does not say (the service then takes now). */
  at: number | null;
  /** The event's other fields, named as in `POST /events`. `latencyMs` is missing when the line does not hold it. */
  fields: Record<string, unknown>;
}

/** A line that cannot be sent; the reason is the same text for the same kind of fault, so that it can be counted. */
export interface BadLine {
  reason: string;
}

export type ParsedLine = ParsedEvent | BadLine;

/** Reads one line of a log. Never throws. */
export type LineParser = (line: string) => ParsedLine;

export const REASONS = {
  layout: 'the line does not have the layout of this format',
  date: 'the date cannot be read',
  request: 'the request line is not a method, a path and a protocol',
  status: 'the status is not a number from 100 to 599',
  bytes: 'a size is not a whole number of bytes',
  latency: 'the duration is not a number of 0 or more',
  json: 'the line is not a JSON object',
  tooLong: 'the line is longer than 1 MiB',
} as const;

/** An HTTP method and the path of a request, without its query string. */
export interface RequestLine {
  method: string;
  endpoint: string;
}

const METHOD = /^[A-Za-z][A-Za-z-]{1,15}$/;

/** Reads `GET /path?query HTTP/1.1`; null when it is anything else, such as `-` or the bytes of a TLS handshake. */
export function parseRequestLine(request: string): RequestLine | null {
  const space = request.indexOf(' ');
  if (space < 0) return null;
  const target = request.slice(space + 1).replace(/ HTTP\/\d(?:\.\d)?$/, '');
  return requestOf(request.slice(0, space), target);
}

/** Checks a method and the target of a request, which may be a path, a whole URL, or `*`. */
export function requestOf(method: string, target: string): RequestLine | null {
  if (!METHOD.test(method)) return null;
  const endpoint = pathOf(target.trim());
  return endpoint === null ? null : { method: method.toUpperCase(), endpoint };
}

function pathOf(target: string): string | null {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (path === '' && target !== '' && /^https?:/i.test(target)) return '/';
  return path.startsWith('/') || path === '*' ? path : null;
}

/** Three digits from 100 to 599; null for anything else. */
export function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

/** A size in bytes; `-`, an empty text and nothing are 0, and null stands for what is no size. */
export function bytesOf(value: unknown): number | null {
  if (value === undefined || value === null || value === '-' || value === '') return 0;
  const bytes = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}
