/** Reads JSON from the bytes of a body, within bounds. */
import { isUtf8 } from 'node:buffer';
import { ApiException } from '../api-exception';
import { describeJsonError } from './json-error';
import { MAX_VALUES, holdsMoreValues } from './json-values';

/** Nothing the service takes is nested deeper; it keeps whatever walks a body by recursion from overflowing. */
const MAX_DEPTH = 32;

/** The text of JSON, or of lines of it. @throws ApiException INVALID_PARAMETERS, or PAYLOAD_TOO_LARGE for too many values */
export function decodeText(body: Buffer): string {
  if (!isUtf8(body)) throw new ApiException('INVALID_PARAMETERS', 'The body is not valid UTF-8.');
  if (holdsMoreValues(body)) {
    throw new ApiException('PAYLOAD_TOO_LARGE', `The body holds more than ${MAX_VALUES} values; send fewer at once.`);
  }
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * `JSON.parse` makes a field named `__proto__` a plain field of its own, which changes no prototype; readers here take
 * fields by name and refuse that one as unknown.
 * @returns undefined for an empty text
 * @throws ApiException INVALID_PARAMETERS
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw new ApiException('INVALID_PARAMETERS', `The body is not valid JSON: ${describeJsonError(text)}`);
  }
  if (isDeeper(value, MAX_DEPTH)) {
    throw new ApiException('INVALID_PARAMETERS', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1));
  const fields = value as Record<string, unknown>;
  for (const name in fields) if (isDeeper(fields[name], levels - 1)) return true;
  return false;
}
