/** Which calls the audit log records. `routes.spec.ts` fails on a route that changes something and is not `@Audited`. */
import { SetMetadata } from '@nestjs/common';
import type { AuditAction, AuditSubject } from './audit-entry';

export const AUDITED = 'meterhouse:audited';

export interface AuditedRoute {
  action: AuditAction;
  /** The answer and the body as JSON; their types are those of the route. */
  describe(answer: unknown, body: unknown): AuditSubject;
  /** Whether a call with this body changes anything. */
  changes(body: unknown): boolean;
}

type Route<Answer> = (...args: never[]) => Answer | Promise<Answer>;

/**
 * Records each call of a route that succeeds, or fails in a way that leaves it open what was done.
 * @param describe what was changed, from the answer and the body: the fields that a reader needs, and no secret
 * @param changes whether a call changes anything, by its body @default always
 * @example @Audited('key.revoked', ({ key }: OneKeyResponse) => ({ target: key.id, accountId: key.accountId, details: {} }))
 */
export function Audited<Answer, Body = unknown>(
  action: AuditAction,
  describe: (answer: Answer, body: Body) => AuditSubject,
  changes: (body: Body) => boolean = () => true,
) {
  const route: AuditedRoute = { action, describe, changes };
  return <T extends Route<Answer>>(target: object, name: string | symbol, method: TypedPropertyDescriptor<T>): void => {
    SetMetadata(AUDITED, route)(target, name, method);
  };
}
