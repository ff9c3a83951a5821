/** An HTTP method: a token of RFC 9110 with at least one letter, such as `GET`, `M-SEARCH` or `RPC_IN_DATA`. */
export const HTTP_METHOD = /^(?=.*[A-Za-z])[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/;

/** The methods that nearly all requests have. */
export const COMMON_METHODS: ReadonlySet<unknown> = new Set([
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
]);
