import { HttpException } from '@nestjs/common';
import { ERROR_STATUS, type ErrorCode, type ErrorDetail } from '@meterhouse/common';

/**
 * The error to throw where a client should read what was wrong; `ErrorFilter` gives it the contract's shape.
 * @example throw new ApiException('KEY_NOT_FOUND', `There is no key ${quoted(id)} here; GET /keys lists them.`);
 */
export class ApiException extends HttpException {
  /**
   * @param message what was wrong and what would be right
   * @param details one for each field that was wrong
   * @param retryAfterSeconds after which a retry makes sense; sent as `Retry-After`
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetail[],
    readonly retryAfterSeconds?: number,
  ) {
    super(message, ERROR_STATUS[code]);
  }
}
