/** nginx logs written with `log_format … escape=json`, under nginx's variable names and their common alternatives. */
import { parseCommonDate, parseEpochSeconds, parseIsoDate } from './dates';
import { jsonObject } from './ndjson';
import {
  type ParsedLine,
  REASONS,
  type RequestLine,
  bytesOf,
  parseRequestLine,
  requestOf,
  statusOf,
} from './parsed-line';

type Json = Record<string, unknown>;

/** Reads one line of JSON; `request_time` is in seconds. */
export function parseNginxJson(line: string): ParsedLine {
  const json = jsonObject(line);
  if (json === null) return { reason: REASONS.json };
  const at = dateOf(json);
  if (at === null) return { reason: REASONS.date };
  const request = requestIn(json);
  if (request === null) return { reason: REASONS.request };
  const statusCode = statusOf(json['status'] ?? json['status_code']);
  if (statusCode === null) return { reason: REASONS.status };
  const requestBytes = bytesOf(json['request_length']);
  const responseBytes = bytesOf(json['body_bytes_sent'] ?? json['bytes_sent']);
  if (requestBytes === null || responseBytes === null) return { reason: REASONS.bytes };
  const latencyMs = latencyOf(json['request_time']);
  if (latencyMs === null) return { reason: REASONS.latency };
  const latency = latencyMs === undefined ? {} : { latencyMs };
  return { at, fields: { ...request, statusCode, ...latency, requestBytes, responseBytes } };
}

function dateOf(json: Json): number | null {
  const { msec, time_local: local } = json;
  const isoText = json['time_iso8601'] ?? json['@timestamp'] ?? json['timestamp'] ?? json['time'];
  // The most exact first: the other two know whole seconds only.
  if (msec !== undefined) return parseEpochSeconds(msec);
  if (typeof isoText === 'string') return parseIsoDate(isoText);
  return typeof local === 'string' ? parseCommonDate(local) : null;
}

function requestIn(json: Json): RequestLine | null {
  const method = json['request_method'] ?? json['method'];
  const target = json['request_uri'] ?? json['uri'];
  if (typeof method === 'string' && typeof target === 'string') return requestOf(method, target);
  return typeof json['request'] === 'string' ? parseRequestLine(json['request']) : null;
}

/** Milliseconds; undefined when the log does not have it, null when it is no duration. */
function latencyOf(value: unknown): number | undefined | null {
  if (value === undefined || value === null || value === '' || value === '-') return undefined;
  const seconds = typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return null;
  // Microseconds are kept; the rounding removes what 0.123 * 1000 adds.
  return Math.round(seconds * 1_000_000) / 1_000;
}
