/** Apache's and nginx's `common` and `combined` logs. They hold no latency. */
import { parseCommonDate } from './dates';
import { type ParsedLine, REASONS, bytesOf, parseRequestLine, statusOf } from './parsed-line';

/**
 * Host, identity and user (which may hold spaces), date, request (quotes in it are escaped), status, size.
 * What follows in the combined format, referrer and browser, is not needed and may be cut off.
 */
const LINE = /^\S+ \S.*? \[([^\]]{20,40})\] "((?:[^"\\]|\\.)*)" (\S+) (\S+)(?: |$)/;

/** Reads one line of the `common` or `combined` format. */
export function parseAccessLog(line: string): ParsedLine {
  const match = LINE.exec(line);
  if (!match) return { reason: REASONS.layout };
  const [, date = '', quoted = '', statusText, sizeText] = match;
  const at = parseCommonDate(date);
  if (at === null) return { reason: REASONS.date };
  const request = parseRequestLine(quoted.replace(/\\(["\\])/g, '$1'));
  if (request === null) return { reason: REASONS.request };
  const statusCode = statusOf(statusText);
  if (statusCode === null) return { reason: REASONS.status };
  const responseBytes = bytesOf(sizeText);
  if (responseBytes === null) return { reason: REASONS.bytes };
  return { at, fields: { ...request, statusCode, responseBytes } };
}
