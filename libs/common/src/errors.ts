/** The codes of the errors that a client can meet, and what an error says in a log. */

/** Every error code of the contract with its HTTP status. */
export const ERROR_STATUS = {
  INVALID_TIMEFRAME: 400,
  INVALID_GRANULARITY: 400,
  GRANULARITY_TOO_FINE: 400,
  INVALID_PARAMETERS: 400,
  QUERY_REFUSED: 400,
  QUERY_FAILED: 400,
  UNAUTHORIZED: 401,
  API_KEY_EXPIRED: 401,
  API_KEY_REVOKED: 401,
  FORBIDDEN: 403,
  LIMIT_REACHED: 403,
  KEY_NOT_FOUND: 404,
  ACCOUNT_NOT_FOUND: 404,
  CHANNEL_NOT_FOUND: 404,
  RULE_NOT_FOUND: 404,
  ALERT_NOT_FOUND: 404,
  PLAN_NOT_FOUND: 404,
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

/** What went wrong, in the error's own words; also for errors of Node's own that come from another realm. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** The `code` of an error as text: ClickHouse's number (`"241"`), a name of the system's (`ENOSPC`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : undefined;
}

/**
 * ClickHouse did not do what it was asked: it is away, refuses, or broke off. Whatever its number, known or not, the same
 * call may succeed later; a client gets OVERLOADED. `code` is ClickHouse's number or the system's name, where there is one.
 */
export class StorageFailure extends Error {
  readonly code: string | undefined;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.code = errorCode(cause);
  }
}
