/** An error as ClickHouse's HTTP interface answers it: a number, a name, and the status that goes with them. */
import { StorageFailure, reasonOf } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import { SqlFailure } from '../sql-failure';
import { SqlRefusal } from '../statement/refusal';

/**
 * Statuses by ClickHouse's error numbers, from its `exceptionCodeToHTTPStatus.cpp`; any other is 500.
 */
const STATUS_BY_CODE: Readonly<Record<number, readonly number[]>> = {
  400: [6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676],
  401: [194],
  403: [192, 193, 497, 512, 516],
  404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511],
  408: [159],
  411: [381],
  413: [229],
  415: [779],
  429: [201],
  501: [48],
  503: [76, 202, 209, 210, 439],
};

const STATUSES = new Map(
  Object.entries(STATUS_BY_CODE).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

export class PortError extends Error {
  /**
   * @param code ClickHouse's number
   * @param type its name
   * @param retryAfterSeconds sent as `Retry-After`
   */
  constructor(
    readonly code: number,
    readonly type: string,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  get status(): number {
    return STATUSES.get(this.code) ?? 500;
  }

  /** The text that clients take apart. @param version of the engine */
  text(version: string): string {
    const sentence = this.message.replace(/\s*\([A-Z_]+\)\s*$/, '').replace(/^Code: \d+\. DB::Exception: /, '');
    return `Code: ${this.code}. DB::Exception: ${sentence} (${this.type}) (version ${version} (official build))\n`;
  }
}

/** What a client is told of any error; undefined where it is the service's own fault, whose reason is not for it. */
export function portError(error: unknown): PortError | undefined {
  if (error instanceof PortError) return error;
  if (error instanceof SqlFailure) return new PortError(error.engineCode, error.type, error.message);
  if (error instanceof SqlRefusal) return new PortError(error.code, error.type, error.message);
  if (error instanceof ApiException) return ofApi(error);
  if (error instanceof StorageFailure) return new PortError(210, 'NETWORK_ERROR', 'The storage cannot be used now.');
  return undefined;
}

function ofApi({ code, message, retryAfterSeconds }: ApiException): PortError {
  switch (code) {
    case 'RATE_LIMIT_EXCEEDED':
      return new PortError(201, 'QUOTA_EXCEEDED', message, retryAfterSeconds);
    case 'OVERLOADED':
      return new PortError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', message, retryAfterSeconds);
    case 'UNAUTHORIZED':
    case 'API_KEY_EXPIRED':
    case 'API_KEY_REVOKED':
      return new PortError(516, 'AUTHENTICATION_FAILED', message);
    case 'FORBIDDEN':
      return new PortError(497, 'ACCESS_DENIED', message);
    default:
      return new PortError(36, 'BAD_ARGUMENTS', message);
  }
}

/** For the log alone. */
export function isUnexpected(error: unknown): string | undefined {
  return portError(error) === undefined || error instanceof StorageFailure ? reasonOf(error) : undefined;
}
