/** The one error a client can meet: a code from the contract, a sentence, and perhaps details. */
import { HttpException } from '@nestjs/common';

/** Every error code of the contract with its HTTP status. */
export const ERROR_STATUS = {
  INVALID_TIMEFRAME: 400,
  INVALID_GRANULARITY: 400,
  GRANULARITY_TOO_FINE: 400,
  INVALID_PARAMETERS: 400,
  UNAUTHORIZED: 401,
  API_KEY_EXPIRED: 401,
  API_KEY_REVOKED: 401,
  FORBIDDEN: 403,
  KEY_NOT_FOUND: 404,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMIT_EXCEEDED: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One thing that was wrong with the input. */
export interface ErrorDetail {
  /** The parameter or body field, as a dotted path. */
  field: string;
  /** What was wrong with it, and what would be right. */
  message: string;
}

/** Throw this where a client should read what went wrong; the exception filter gives it its shape. */
export class ApiException extends HttpException {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetail[],
    /** Seconds after which a retry makes sense; becomes `Retry-After`. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message, ERROR_STATUS[code]);
  }
}

/** What went wrong, in the error's own words; also for errors of Node's own that come from another realm. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
