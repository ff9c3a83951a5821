/** Gives every error the contract's shape; one that the client did not cause is logged and its reason not sent. */
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { ERROR_STATUS, type ErrorCode, StorageFailure, escapeControls, iso } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiException } from './api-exception';
import { KnownPaths } from './known-paths';

/** The body of every answer that is not a success. */
export interface ErrorBody {
  success: false;
  error: ErrorCode;
  message: string;
  details?: { field: string; message: string }[];
  requestId: string;
  timestamp: string;
}

@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  constructor(private readonly paths: KnownPaths) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    this.send(error, request, http.getResponse<FastifyReply>());
  }

  /** Also Fastify's own error handler, for what fails before a route is found. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const methods = statusOf(error) === 404 ? this.paths.otherMethods(request.method, pathOf(request)) : [];
    const exception = toApiException(error, request, methods);
    if (methods.length > 0) reply.header('Allow', methods.join(', '));
    if (exception.code === 'INTERNAL' || (exception.code === 'OVERLOADED' && exception !== error)) {
      this.logger.error(error instanceof Error ? error : String(error));
    }
    if (exception.retryAfterSeconds !== undefined) reply.header('Retry-After', exception.retryAfterSeconds);
    if (ERROR_STATUS[exception.code] === 401) reply.header('WWW-Authenticate', 'Bearer realm="meterhouse"');
    reply
      .status(ERROR_STATUS[exception.code])
      .type('application/json; charset=utf-8')
      .send(errorBody(exception, request.id));
  }
}

export function errorBody({ code, message, details }: ApiException, requestId: string): ErrorBody {
  return {
    success: false,
    error: code,
    message,
    ...(details ? { details } : {}),
    requestId,
    timestamp: iso(Date.now()),
  };
}

/** Of the system where a disk or another server does not do what it is asked, or nothing more can be opened. */
const SYSTEM_ERRORS = new Set([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** Storage that was asked in vain: "not now" to a client, whatever the reason, and the reason in the log. */
function isOfStorage(error: unknown): boolean {
  return error instanceof StorageFailure || SYSTEM_ERRORS.has(errorFields(error).code ?? '');
}

/** @param methods that the path takes, where it does not take the request's */
function toApiException(error: unknown, request: FastifyRequest, methods: readonly string[]): ApiException {
  if (error instanceof ApiException) return error;
  const status = statusOf(error);
  if (status === 404) {
    const instead = methods.length > 0 ? `the path takes ${methods.join(', ')}` : 'see /docs for what there is';
    return new ApiException(
      'NOT_FOUND',
      `There is no ${request.method} ${escapeControls(pathOf(request)).slice(0, 200)}; ${instead}.`,
    );
  }
  if (status === 413) return new ApiException('PAYLOAD_TOO_LARGE', 'The request is too large.');
  if (status !== undefined && status >= 400 && status < 500) {
    return new ApiException(
      'INVALID_PARAMETERS',
      'The request could not be read: its URL, headers or body are malformed.',
    );
  }
  if (isOfStorage(error)) {
    return new ApiException('OVERLOADED', 'The storage does not answer at the moment; try again.', undefined, 5);
  }
  return new ApiException('INTERNAL', 'Something went wrong here; try again, and report the requestId if it stays.');
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

function statusOf(error: unknown): number | undefined {
  return error instanceof HttpException ? error.getStatus() : errorFields(error).statusCode;
}

function errorFields(error: unknown): { code: string | undefined; statusCode: number | undefined } {
  if (typeof error !== 'object' || error === null) return { code: undefined, statusCode: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  return { code, statusCode };
}
