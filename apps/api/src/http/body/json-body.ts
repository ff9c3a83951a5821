/** Reads JSON from the bytes of a body, within bounds. */
import { isUtf8 } from 'node:buffer';
import type { Slices } from '@meterhouse/common';
import { ApiException } from '../api-exception';
import { describeJsonError } from './json-error';

/** Nothing the service takes is nested deeper; it keeps whatever walks a body by recursion from overflowing. */
export const MAX_DEPTH = 32;

/** The UTF-8 of JSON, or of lines of it, without a byte order mark. @throws ApiException INVALID_PARAMETERS */
export function checkedUtf8(body: Buffer): Buffer {
  if (!isUtf8(body)) throw new ApiException('INVALID_PARAMETERS', 'The body is not valid UTF-8.');
  return body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? body.subarray(BYTE_ORDER_MARK.length)
    : body;
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * The value of a text in UTF-8 that is short enough to be parsed at once.
 *
 * `JSON.parse` makes a field named `__proto__` a plain field of its own, which changes no prototype; readers here take
 * fields by name and refuse that one as unknown.
 * @returns undefined for an empty text
 * @throws ApiException INVALID_PARAMETERS
 */
export async function parseJson(bytes: Buffer, slices: Slices): Promise<unknown> {
  const text = bytes.toString('utf8');
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw await notJson(bytes, slices);
  }
  if (isDeeper(value, MAX_DEPTH)) throw tooDeep();
  return value;
}

/** What is wrong with a text that `JSON.parse` refuses. */
export async function notJson(bytes: Buffer, slices: Slices): Promise<ApiException> {
  const what = await describeJsonError(bytes, slices);
  return new ApiException('INVALID_PARAMETERS', `The body is not valid JSON: ${what}`);
}

export function tooDeep(): ApiException {
  return new ApiException('INVALID_PARAMETERS', `The body is nested deeper than ${MAX_DEPTH} levels.`);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1));
  const fields = value as Record<string, unknown>;
  for (const name in fields) if (isDeeper(fields[name], levels - 1)) return true;
  return false;
}
