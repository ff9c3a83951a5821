/** nginx logs with one JSON object a line, under nginx's variable names and their common alternatives. */
import { SECOND } from '@meterhouse/common';
import { parseCommonDate, parseEpochSeconds, parseIsoDate, startOf } from './dates';
import { withJsonEscapes } from './escapes';
import { jsonObject } from './ndjson';
import { type BadLine, type ParsedLine, REASONS, bytesOf, isMissing, latencyOf, statusOf } from './parsed-line';
import { type NoRequest, type RequestLine, parseRequestLine, requestOf } from './request-line';

type Json = Record<string, unknown>;

/** Reads one line of JSON. nginx logs a request at its end; the event is dated at its start. */
export function parseNginxJson(line: string): ParsedLine {
  const json = jsonObject(line) ?? jsonObject(withJsonEscapes(line));
  if (json === null) return { reason: REASONS.json };
  const { fields, content } = json;
  const logged = dateOf(fields);
  if (logged === null) return { reason: REASONS.date };
  const request = requestIn(fields);
  if (!('method' in request)) return request;
  const statusCode = statusOf(first(fields, 'status', 'status_code'));
  if (statusCode === null) return { reason: REASONS.status };
  const requestBytes = bytesOf(fields['request_length']);
  const responseBytes = bytesOf(first(fields, 'body_bytes_sent', 'bytes_sent'));
  if (requestBytes === null || responseBytes === null) return { reason: REASONS.bytes };
  const latencyMs = durationOf(fields);
  if (latencyMs === null) return { reason: REASONS.latency };
  const latency = latencyMs === undefined ? {} : { latencyMs };
  const at = startOf(logged.at, latencyMs, logged.step);
  return { at, content, fields: { ...request, statusCode, ...latency, requestBytes, responseBytes } };
}

/** The first of these fields that has a value. */
function first(json: Json, ...names: string[]): unknown {
  const name = names.find((candidate) => !isMissing(json[candidate]));
  return name === undefined ? undefined : json[name];
}

/** When the line was written, and in steps of how many milliseconds; null when it does not say. */
function dateOf(json: Json): { at: number; step: number } | null {
  // The most exact first: the others mostly know whole seconds.
  const msec = first(json, 'msec');
  if (msec !== undefined) return inSteps(parseEpochSeconds(msec), 1);
  const date = first(json, 'time_iso8601', '@timestamp', 'timestamp', 'time');
  if (typeof date === 'string') return inSteps(parseIsoDate(date), /[.,]/.test(date) ? 1 : SECOND);
  const local = first(json, 'time_local');
  return typeof local === 'string' ? inSteps(parseCommonDate(local), SECOND) : null;
}

function inSteps(at: number | null, step: number): { at: number; step: number } | null {
  return at === null ? null : { at, step };
}

function requestIn(json: Json): RequestLine | NoRequest | BadLine {
  const method = first(json, 'request_method', 'method');
  const target = first(json, 'request_uri', 'uri');
  if (typeof method === 'string' && typeof target === 'string') return requestOf(method, target);
  const request = first(json, 'request');
  if (typeof request === 'string') return parseRequestLine(request);
  // Empty where nothing came; a log that never says it has other names for it.
  const said = 'request' in json || 'request_method' in json || 'method' in json;
  return said ? parseRequestLine('') : { reason: REASONS.request };
}

/** Milliseconds: of the request, or where only that is logged, of all servers that it was passed to. */
function durationOf(json: Json): number | undefined | null {
  const whole = first(json, 'request_time');
  if (whole !== undefined) return latencyOf(whole);
  const upstream = first(json, 'upstream_response_time');
  // `0.001, 0.002 : 0.100`, and `-` for a server that did not answer.
  const parts = typeof upstream === 'string' ? upstream.split(/ *[,:] */) : [upstream];
  const times = parts.map(latencyOf).filter((time) => time !== undefined);
  if (times.length === 0) return undefined;
  const sum = times.reduce((total, time) => (total === null || time === null ? null : total + time));
  return sum === null ? null : Math.round(sum * 1_000) / 1_000;
}
