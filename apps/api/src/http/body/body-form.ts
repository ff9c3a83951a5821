/** What the body of a route may be, and what the route gets of it. */
import { Slices } from '@meterhouse/common';
import { ApiException } from '../api-exception';
import { checkedUtf8, parseJson } from './json-body';

export interface BodyForm {
  /** Most bytes, as they are sent and inflated. */
  maxBytes: number;
  /** Media types in lower case, without parameters. */
  types: readonly string[];
  /**
   * Makes the route's body, or a promise of it, of the bytes that were sent; there are none of an empty body.
   * @param type one of `types`; empty for an empty body without a type
   * @throws ApiException for what cannot be read
   */
  read(bytes: Buffer, type: string): unknown;
}

/** One JSON value; undefined for an empty body. */
export const JSON_BODY: BodyForm = {
  maxBytes: 64 * 1024,
  types: ['application/json'],
  read: (bytes) => parseJson(checkedUtf8(bytes), new Slices(null)),
};

/** A 413: the body is past its route's limit. */
export function tooLarge(maxBytes: number): ApiException {
  const limit = maxBytes < 1024 * 1024 ? `${maxBytes / 1024} KiB` : `${maxBytes / 1024 / 1024} MiB`;
  return new ApiException(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${limit} (inflated); send it in smaller parts.`,
  );
}
