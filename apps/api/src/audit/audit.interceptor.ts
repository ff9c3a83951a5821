import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { type Observable, catchError, mergeMap } from 'rxjs';
import type { Authenticated } from '../auth/identity';
import { ApiException } from '../http/api-exception';
import { clientAddress } from '../http/client-address';
import type { AuditActor, AuditSubject } from './audit-entry';
import { AuditLog } from './audit-log';
import { AUDITED, type AuditedRoute } from './audited.decorator';

/** Records the calls of routes that are `@Audited`, before they are answered. What a call may not do is not recorded. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<AuditedRoute | undefined>(AUDITED, context.getHandler());
    if (!route) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest & Authenticated>();
    // The pipes have made the body a DTO of its own; it is read by the time there is an answer.
    const body = (): unknown => request.body ?? {};
    const record = async (subjectOf: () => AuditSubject): Promise<void> => {
      if (!route.changes(body())) return;
      const actor = actorOf(request);
      const { target, accountId = actor.accountId, details } = subjectOf();
      await this.log.record({ at: this.clock.now(), action: route.action, actor, target, accountId, details });
    };
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await record(() => route.describe(answer, body()));
        return answer;
      }),
      catchError(async (error: unknown) => {
        if (isUncertain(error)) await record(() => asked(request, error));
        throw error;
      }),
    );
  }
}

function actorOf(request: FastifyRequest & Authenticated): AuditActor {
  const { identity } = request;
  return {
    keyId: identity?.key.id ?? null,
    accountId: identity?.accountId ?? null,
    address: clientAddress(request),
  };
}

/** What failed for no fault of the caller may have been done, or in part. */
function isUncertain(error: unknown): boolean {
  return !(error instanceof ApiException) || error.getStatus() >= 500;
}

/** What a call without an answer was about, as far as it says. */
function asked(request: FastifyRequest & Authenticated, error: unknown): AuditSubject {
  const { params, body } = request;
  const [target = null] = Object.values(params ?? {}).filter((value) => typeof value === 'string');
  const named = typeof body === 'object' && body !== null && 'accountId' in body ? body.accountId : undefined;
  return {
    target,
    accountId: typeof named === 'string' ? named : undefined,
    details: { error: error instanceof ApiException ? error.code : 'INTERNAL' },
  };
}
