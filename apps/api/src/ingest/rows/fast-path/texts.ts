/** What rows say of endpoints, methods and errors, remembered over all calls: an API has few of them. */
import { HTTP_METHOD } from '@meterhouse/common';
import { endpointName } from '../../../endpoints/endpoint-names';
import { errorTypeOf } from '../../event/error-type';
import type { PlainText } from '../row-writer';
import { ByteCache } from './byte-cache';
import { type JsonCursor, NOT_PLAIN } from './json-cursor';

/** With `MAX_CACHED_LENGTH` this bounds the memory: 5 MB at most. */
const endpoints = new ByteCache<Buffer>(5_000);
const methods = new ByteCache<Buffer>(100);

/** A path that is longer is seldom sent twice. */
const MAX_CACHED_LENGTH = 256;

/** The method in the cursor's string. */
export function methodOf({ bytes, start, end, hash }: JsonCursor): Buffer {
  const known = methods.get(bytes, start, end, hash);
  if (known !== undefined) return known;
  const text = bytes.toString('latin1', start, end);
  if (!HTTP_METHOD.test(text)) throw NOT_PLAIN;
  const method = Buffer.from(text.toUpperCase());
  methods.set(bytes, start, end, hash, method);
  return method;
}

/** The name of the endpoint in the cursor's string, as a JSON string. */
export function endpointOf({ bytes, start, end, hash }: JsonCursor): Buffer {
  const known = endpoints.get(bytes, start, end, hash);
  if (known !== undefined) return known;
  const endpoint = Buffer.from(JSON.stringify(endpointName(bytes.toString('latin1', start, end))));
  if (end - start <= MAX_CACHED_LENGTH) endpoints.set(bytes, start, end, hash, endpoint);
  return endpoint;
}

/** Whether an error type can be stored as it is: no comma, and no space around it. */
export function isStorable({ bytes, start, end }: PlainText): boolean {
  const [comma, space] = [0x2c, 0x20];
  return bytes[start] !== space && bytes[end - 1] !== space && !bytes.subarray(start, end).includes(comma);
}

/** The error type by status code, where none was sent. */
export const ERROR_TYPES: readonly PlainText[] = Array.from({ length: 600 }, (_, status) => {
  const bytes = Buffer.from(status < 400 ? '' : errorTypeOf(status));
  return { bytes, start: 0, end: bytes.length };
});
