/** A route takes the query parameters and the body that it declares with what is exported here, and nothing else. */
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Body as NestBody,
  type NestInterceptor,
  Query as NestQuery,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ApiException } from './api-exception';
import { refuseUnknown } from './validation';

const TAKES_QUERY = 'meterhouse:takes-query';
const TAKES_BODY = 'meterhouse:takes-body';

/** The query of a route, by its DTO. */
export const Query = (): ParameterDecorator => declaring(SetMetadata(TAKES_QUERY, true), NestQuery());

/** The JSON body of a route, by its DTO. */
export const Body = (): ParameterDecorator => declaring(SetMetadata(TAKES_BODY, true), NestBody());

/** For a route that reads its body in a way of its own. */
export const TakesBody = (): MethodDecorator => SetMetadata(TAKES_BODY, true);

/** Behind the guards: refuses a query or a body that the route does not declare, instead of ignoring it. */
@Injectable()
export class DeclaredInput implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  /** @throws ApiException INVALID_PARAMETERS */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const takes = (declared: string): boolean => this.reflector.get(declared, context.getHandler()) === true;
    if (!takes(TAKES_QUERY)) refuseUnknown(request.query, []);
    if (!takes(TAKES_BODY) && hasBody(request)) {
      throw new ApiException('INVALID_PARAMETERS', `${request.method} of this path takes no body; send none.`);
    }
    return next.handle();
  }
}

function declaring(declare: MethodDecorator, parameter: ParameterDecorator): ParameterDecorator {
  return (target, method, index) => {
    parameter(target, method, index);
    const handler = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && handler !== undefined) declare(target, method, handler);
  };
}

type Request = Pick<FastifyRequest, 'method' | 'headers' | 'body'> & { query: object };

function hasBody({ method, headers, body }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return body !== undefined && body !== null;
  // Theirs is not read.
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}
