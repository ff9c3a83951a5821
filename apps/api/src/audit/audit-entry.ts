/** What the audit log records. */

/** What was done. Each but the last is the action of a route that is `@Audited`. */
export const AUDIT_ACTIONS = [
  'key.created',
  'key.changed',
  'key.rotated',
  'key.revoked',
  'token.created',
  'channel.created',
  'channel.changed',
  'channel.deleted',
  'channel.rotated',
  'channel.tested',
  'channel.replayed',
  'rule.created',
  'rule.changed',
  'rule.deleted',
  'alert.acknowledged',
  'silence.created',
  'silence.deleted',
  'advice.dismissed',
  'account.limits_changed',
  'plan.created',
  'plan.changed',
  'account.plan_changed',
  'events.deleted',
  'backup.started',
  'rollups.repaired',
  'dead_letters.replayed',
  'log.recovered',
  'sign_in.refused',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did it: the key and account are null where no valid key was sent, the address is without port. */
export interface AuditActor {
  keyId: string | null;
  accountId: string | null;
  address: string | null;
}

/** What was changed. No secret may be in it. */
export interface AuditSubject {
  /** The id of a key, a token or an account; null where it is none of these. */
  target: string | null;
  /** The account that the target belongs to; null where there is none. @default the actor's */
  accountId?: string | null | undefined;
  details: Record<string, unknown>;
}

export interface AuditEntry extends AuditSubject {
  /** Epoch milliseconds. */
  at: number;
  action: AuditAction;
  actor: AuditActor;
  accountId: string | null;
}

/** An entry with what tells it from others of the same instant: texts that sort in the order in which they were made. */
export interface AuditRow extends AuditEntry {
  id: string;
}

/** Whether what a file holds is an `AuditRow`; the file was written by this code. */
export function isAuditRow(value: unknown): value is AuditRow {
  return typeof value === 'object' && value !== null && 'id' in value && 'at' in value && 'actor' in value;
}
