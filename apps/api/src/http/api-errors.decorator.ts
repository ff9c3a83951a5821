/** Documents the errors of a route: the contract's shape and one example for each code. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import { ERROR_STATUS, type ErrorCode } from '@meterhouse/common';

const ERROR_CODES = Object.keys(ERROR_STATUS);

/** One thing that was wrong with the input. */
export class ErrorDetailDto {
  @ApiProperty({ description: 'The parameter, or the body field as a dotted path.', example: 'limit' })
  field!: string;

  @ApiProperty({
    description: 'What was wrong with it, and what would be right.',
    example: 'limit should be a whole number from 1 to 1000, but is "0".',
  })
  message!: string;
}

/** The body of every answer that is not a success. */
export class ErrorDto {
  @ApiProperty({ description: 'Always false.', enum: [false], type: Boolean, example: false })
  success!: false;

  @ApiProperty({
    description: 'The kind of error, for programs.',
    enum: ERROR_CODES,
    enumName: 'ErrorCode',
    example: 'INVALID_PARAMETERS',
  })
  error!: ErrorCode;

  @ApiProperty({
    description: 'What was wrong and what would be right, for people.',
    example: 'limit should be a whole number from 1 to 1000, but is "0".',
  })
  message!: string;

  @ApiPropertyOptional({ description: 'Each field that was wrong.', type: () => [ErrorDetailDto] })
  details?: ErrorDetailDto[];

  @ApiProperty({
    description: 'Names this call in the log; also sent as `X-Request-Id`.',
    example: '0f8fad5b-d9cb-469f-a165-70867728950e',
  })
  requestId!: string;

  @ApiProperty({
    description: 'When it was answered, ISO 8601 UTC.',
    format: 'date-time',
    example: '2026-03-02T10:15:30.000Z',
  })
  timestamp!: string;
}

/** When a code is sent, and a message it comes with; `field` says that the answer names the field in `details`. */
interface ErrorExample {
  summary: string;
  message: string;
  field?: string;
}

const EXAMPLES: Record<ErrorCode, ErrorExample> = {
  INVALID_TIMEFRAME: {
    summary: 'The timeframe is not one of the list.',
    message: 'timeframe should be one of 1h, 24h, 7d, 30d, 90d, 1y, all, but is "24hr". Did you mean "24h"?',
    field: 'timeframe',
  },
  INVALID_GRANULARITY: {
    summary: 'The granularity is not one of the list.',
    message: 'granularity should be one of minute, hour, day, week, month, but is "hours". Did you mean "hour"?',
    field: 'granularity',
  },
  GRANULARITY_TOO_FINE: {
    summary: 'The time series would have more than 11,000 points, or needs rows that are no longer kept.',
    message: '30d by minute is 43201 points, more than 11000; the finest granularity that fits is "hour".',
  },
  QUERY_REFUSED: {
    summary: 'The SQL may not do this; nothing was run.',
    message: 'The function file may not be used here.',
  },
  QUERY_FAILED: {
    summary: "The engine did not run the statement to its end; the message is the engine's, with its code and name.",
    message:
      'Code 47 (UNKNOWN_IDENTIFIER): Unknown expression identifier `request` in scope SELECT request FROM usage_hour.',
  },
  INVALID_PARAMETERS: {
    summary: 'A parameter, a header or the body is not valid.',
    message: 'limit should be a whole number from 1 to 1000, but is "0".',
    field: 'limit',
  },
  UNAUTHORIZED: {
    summary: 'No key was sent, or no such key exists.',
    message: 'This route needs an API key: send it as "Authorization: Bearer mh_…" or "X-API-Key: mh_…".',
  },
  API_KEY_EXPIRED: {
    summary: 'The key has expired.',
    message: 'This API key expired at 2026-03-01T00:00:00.000Z; ask for a new one.',
  },
  API_KEY_REVOKED: {
    summary: 'The key was revoked.',
    message: 'This API key was revoked at 2026-03-01T00:00:00.000Z; ask for a new one.',
  },
  FORBIDDEN: {
    summary: 'The key does not have the permission.',
    message: 'This route needs the permission keys:write, which this key does not have.',
  },
  LIMIT_REACHED: {
    summary: 'The account has as many active keys as it may.',
    message: 'This account has 10 active keys, and may have 10; revoke one, or ask an admin for a higher limit.',
  },
  KEY_NOT_FOUND: {
    summary: 'The account has no such key.',
    message: 'There is no key "key_4f9a1c" in this account; GET /keys lists them.',
  },
  ACCOUNT_NOT_FOUND: {
    summary: 'There is no such account.',
    message: 'There is no account "acmee"; GET /accounts lists them.',
  },
  CHANNEL_NOT_FOUND: {
    summary: "The channel does not exist, or it is another account's.",
    message: 'There is no such channel in this account; GET /alerts/channels lists them.',
  },
  RULE_NOT_FOUND: {
    summary: "The rule does not exist, or it is another account's.",
    message: 'There is no such rule in this account; GET /alerts/rules lists them.',
  },
  ALERT_NOT_FOUND: {
    summary: "The alert does not exist, or it is another account's.",
    message: 'There is no such alert in this account; GET /alerts lists them.',
  },
  PLAN_NOT_FOUND: {
    summary: 'There is no such plan, or the account has none.',
    message: 'There is no plan "pln_4fJ2mZ0aQ9xT7bKd"; GET /plans lists them.',
  },
  NOT_FOUND: { summary: 'There is no such path.', message: 'There is no GET /usages; see /docs for what there is.' },
  PAYLOAD_TOO_LARGE: {
    summary: 'More events or bytes than one call may carry.',
    message: 'The body is larger than 64 KiB (inflated); send it in smaller parts.',
  },
  RATE_LIMIT_EXCEEDED: {
    summary: "The key's limit is used up; `Retry-After` says when to try again.",
    message: 'The limit of 60 requests a minute is used up; try again in 18 seconds.',
  },
  INTERNAL: {
    summary: 'A fault of the service.',
    message: 'Something went wrong here; try again, and report the requestId if it stays.',
  },
  OVERLOADED: {
    summary: 'The service cannot take more now; try again later.',
    message: 'The service cannot take more requests right now; try again in 5 seconds.',
  },
};

const STATUS_HEADERS: Record<number, Record<string, { description: string; schema: { type: string } }>> = {
  401: { 'WWW-Authenticate': { description: 'The scheme to sign in with.', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds until a retry can succeed.', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds until a retry makes sense.', schema: { type: 'integer' } } },
};

/**
 * Documents the errors a route can answer with. Codes of one status become named examples of one response.
 * Use it once on a route, with every code.
 */
export function ApiErrors(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const statuses = [...new Set(codes.map((code) => ERROR_STATUS[code]))];
  const responses = statuses.map((status) =>
    errorResponse(
      status,
      codes.filter((code) => ERROR_STATUS[code] === status),
    ),
  );
  return applyDecorators(...responses);
}

function errorResponse(status: number, codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const headers = STATUS_HEADERS[status];
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${EXAMPLES[code].summary}`).join('\n\n'),
    ...(headers === undefined ? {} : { headers }),
    type: ErrorDto,
    examples: Object.fromEntries(
      codes.map((code) => [code, { summary: EXAMPLES[code].summary, value: exampleBody(code) }]),
    ),
  });
}

function exampleBody(code: ErrorCode): ErrorDto {
  const { message, field } = EXAMPLES[code];
  return {
    success: false,
    error: code,
    message,
    ...(field === undefined ? {} : { details: [{ field, message }] }),
    requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    timestamp: '2026-03-02T10:15:30.000Z',
  };
}
