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
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ApiException } from './api-exception';
import { type BodyForm, JSON_BODY } from './body/body-form';
import { BodyReader, hasBody } from './body/body-reader';
import { refuseUnknown } from './validation';

const TAKES_QUERY = 'meterhouse:takes-query';
const BODY_FORM = 'meterhouse:body-form';

/** The query of a route, by its DTO. */
export const Query = (): ParameterDecorator => declaring(SetMetadata(TAKES_QUERY, true), NestQuery());

/** The JSON body of a route, by its DTO; at most 64 KiB. */
export const Body = (): ParameterDecorator => declaring(TakesBody(JSON_BODY), NestBody());

/** For a route whose body has a form of its own. */
export const TakesBody = (form: BodyForm): MethodDecorator => SetMetadata(BODY_FORM, form);

/**
 * Behind the guards and before the pipes: refuses a query or a body that the route does not declare, instead of ignoring
 * it, and reads the body of a route that does. So no byte of a body is read for a caller that may not send it.
 */
@Injectable()
export class DeclaredInput implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly bodies: BodyReader,
  ) {}

  /** @throws ApiException as `BodyReader.read`; INVALID_PARAMETERS for what is not declared */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { query: object }>();
    if (this.reflector.get(TAKES_QUERY, context.getHandler()) !== true) refuseUnknown(request.query, []);
    const form = this.reflector.get<BodyForm | undefined>(BODY_FORM, context.getHandler());
    if (form) {
      request.body = await this.bodies.read(request, http.getResponse<FastifyReply>(), form);
    } else if (hasBody(request.headers)) {
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
