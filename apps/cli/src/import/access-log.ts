/** Apache's and nginx's `common` and `combined` logs. */
import { SECOND } from '@meterhouse/common';
import { parseCommonDate, startOf } from './dates';
import { readEscapes } from './escapes';
import { type ParsedLine, REASONS, bytesOf, latencyOf, statusOf } from './parsed-line';
import { parseRequestLine } from './request-line';

/** Host, identity and user (which may hold spaces), date, request (quotes in it are escaped), status, size. */
const LINE = /^\S+ \S.*? \[([^\]]{20,40})\] "((?:[^"\\]|\\.)*)" (\S+) (\S+)(?= |$)/;
/** Referrer, browser, and nginx' $request_time: no other common field has seconds with three decimals. */
const REST = / "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*" (\d{1,9}\.\d{3})(?= |$)/y;

/**
 * Reads one line of the `common` or `combined` format. A line of the combined format says what its common part does and
 * when it began, so that a log read as either has the same ids.
 */
export function parseAccessLog(line: string): ParsedLine {
  const match = LINE.exec(line);
  if (!match) return { reason: REASONS.layout };
  const [common, date = '', quoted = '', statusText, sizeText] = match;
  const logged = parseCommonDate(date);
  if (logged === null) return { reason: REASONS.date };
  const request = parseRequestLine(readEscapes(quoted));
  if ('noRequest' in request) return request;
  const statusCode = statusOf(statusText);
  if (statusCode === null) return { reason: REASONS.status };
  const responseBytes = bytesOf(sizeText);
  if (responseBytes === null) return { reason: REASONS.bytes };
  REST.lastIndex = common.length;
  const latencyMs = latencyOf(REST.exec(line)?.[1]) ?? undefined;
  const at = startOf(logged, latencyMs, SECOND);
  const latency = latencyMs === undefined ? {} : { latencyMs };
  return { at, content: `${at}\n${common}`, fields: { ...request, statusCode, ...latency, responseBytes } };
}
