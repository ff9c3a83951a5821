/** What the audit log says of a key: neither its secret, nor its metadata and description, which may hold anything. */
import type { AuditSubject } from '../audit/audit-entry';
import type { KeyResponse } from './dto/key-response.dto';
import type { UpdateKeyDto } from './dto/update-key.dto';

const SHOWN = ['name', 'tier', 'permissions', 'rateLimit', 'expiresAt'] as const;

/** A key that was created. */
export function createdKey(key: KeyResponse): AuditSubject {
  return aboutKey(key, shown(key, SHOWN));
}

/** A key that was changed: which fields, and the new values of those that may be shown. */
export function changedKey(key: KeyResponse, changes: UpdateKeyDto): AuditSubject {
  const changed = Object.keys(changes);
  const values = shown(
    key,
    SHOWN.filter((name) => changed.includes(name)),
  );
  return aboutKey(key, { changed, ...values });
}

/** A key to which something else was done. */
export function aboutKey(key: KeyResponse, details: Record<string, unknown>): AuditSubject {
  return { target: key.id, accountId: key.accountId, details };
}

function shown(key: KeyResponse, names: readonly (typeof SHOWN)[number][]): Record<string, unknown> {
  return Object.fromEntries(names.map((name): [string, unknown] => [name, key[name]]));
}
