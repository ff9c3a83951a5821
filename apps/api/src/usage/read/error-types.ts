/** What the error types mean that the service names itself; see `ingest` for how a status gets its name. */
const DESCRIPTIONS: Record<string, string> = {
  bad_request: 'The request was malformed or failed validation.',
  unauthorized: 'Credentials were missing or not valid.',
  payment_required: 'Payment is required before the request can be served.',
  forbidden: 'The caller may not do this.',
  not_found: 'The resource does not exist.',
  method_not_allowed: 'The resource does not support this method.',
  not_acceptable: 'No representation that the caller accepts could be produced.',
  request_timeout: 'The client took too long to send its request.',
  conflict: 'The request conflicts with the current state of the resource.',
  gone: 'The resource has been removed for good.',
  payload_too_large: 'The request body was too large.',
  unsupported_media_type: 'The content type of the request is not supported.',
  unprocessable_entity: 'The request was well-formed but could not be processed.',
  rate_limited: 'The caller sent more requests than its limit allows.',
  client_error: 'The request could not be served because of the caller.',
  internal_error: 'The API failed while serving the request.',
  not_implemented: 'The API does not support what was asked for.',
  bad_gateway: 'A service behind the API gave an invalid answer.',
  service_unavailable: 'The API was overloaded or down for maintenance.',
  gateway_timeout: 'A service behind the API did not answer in time.',
  server_error: 'The API could not serve the request.',
  '{other}': 'Error types past the number that is counted apart, together.',
};

export const KNOWN_ERROR_TYPES: readonly string[] = Object.keys(DESCRIPTIONS);

/** One sentence on an error type; types that the API made up are said to be its own. */
export function describeErrorType(type: string): string {
  return Object.hasOwn(DESCRIPTIONS, type) ? (DESCRIPTIONS[type] ?? '') : `Reported by the API as "${type}".`;
}
