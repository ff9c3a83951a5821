/** Names for what went wrong, where a client gave a status code only. */
const NAMES = new Map([
  [400, 'bad_request'],
  [401, 'unauthorized'],
  [402, 'payment_required'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [406, 'not_acceptable'],
  [408, 'request_timeout'],
  [409, 'conflict'],
  [410, 'gone'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
  [422, 'unprocessable_entity'],
  [429, 'rate_limited'],
  [500, 'internal_error'],
  [501, 'not_implemented'],
  [502, 'bad_gateway'],
  [503, 'service_unavailable'],
  [504, 'gateway_timeout'],
]);

/** The error type of a status code from 400: the code's own name, or its class. */
export function errorTypeOf(statusCode: number): string {
  return NAMES.get(statusCode) ?? (statusCode < 500 ? 'client_error' : 'server_error');
}
