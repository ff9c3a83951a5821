import { ApiException } from './api-exception';

/** Seconds in `Retry-After` when the service cannot take more. */
const RETRY_AFTER_SECONDS = 2;

/** A 503: the service cannot take the call now, and may in two seconds. */
export function overloaded(message: string): ApiException {
  return new ApiException('OVERLOADED', message, undefined, RETRY_AFTER_SECONDS);
}
