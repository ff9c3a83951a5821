/** An entry of the audit log as the service shows it. */
import type { Answer } from '../answer';

export interface AuditFilter {
  account?: string;
  action?: string;
  /** ISO 8601. */
  from?: string;
  to?: string;
  /** Entries at most. */
  limit: number;
}

export interface AuditInfo {
  at: string;
  action: string;
  actor: { keyId: string | null; accountId: string | null; address: string | null };
  target: string | null;
  details: unknown;
}

export function readAuditEntry(answer: Answer): AuditInfo {
  const actor = answer.object('actor');
  return {
    at: answer.text('at'),
    action: answer.text('action'),
    actor: {
      keyId: actor.textOrNull('keyId'),
      accountId: actor.textOrNull('accountId'),
      address: actor.textOrNull('address'),
    },
    target: answer.textOrNull('target'),
    details: answer.unknown('details'),
  };
}
