/** An API key as the service shows it, and what a new one can be given. */
import type { Answer } from '../answer';

export interface KeyInfo {
  id: string;
  accountId: string;
  name: string;
  description: string | null;
  tier: string;
  permissions: string[];
  rateLimit: {
    requestsPerMinute: number | null;
    requestsPerHour: number | null;
    requestsPerDay: number | null;
  };
  status: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  usage: { totalRequests: number; requestsToday: number; requestsThisMonth: number };
  metadata: Record<string, unknown>;
}

/** The body of `POST /keys`, and without a name and an account that of `PATCH /keys/{keyId}`. */
export interface NewKey {
  name: string;
  description?: string;
  tier?: string;
  permissions?: string[];
  rateLimit?: { requestsPerMinute?: number; requestsPerHour?: number; requestsPerDay?: number };
  /** Null: never. */
  expiresAt?: string | null;
  metadata?: Record<string, unknown>;
  accountId?: string;
}

/** A secret, which the service shows this once, with its key. */
export interface NewSecret {
  apiKey: string;
  key: KeyInfo;
}

export function readNewSecret(answer: Answer): NewSecret {
  return { apiKey: answer.text('apiKey'), key: readKey(answer.object('key')) };
}

export function readKey(answer: Answer): KeyInfo {
  const rateLimit = answer.object('rateLimit');
  const usage = answer.object('usage');
  const metadata = answer.unknown('metadata');
  return {
    id: answer.text('id'),
    accountId: answer.text('accountId'),
    name: answer.text('name'),
    description: answer.textOrNull('description'),
    tier: answer.text('tier'),
    permissions: answer.texts('permissions'),
    rateLimit: {
      requestsPerMinute: rateLimit.numberOrNull('requestsPerMinute'),
      requestsPerHour: rateLimit.numberOrNull('requestsPerHour'),
      requestsPerDay: rateLimit.numberOrNull('requestsPerDay'),
    },
    status: answer.text('status'),
    createdAt: answer.text('createdAt'),
    expiresAt: answer.textOrNull('expiresAt'),
    revokedAt: answer.textOrNull('revokedAt'),
    lastUsedAt: answer.textOrNull('lastUsedAt'),
    usage: {
      totalRequests: usage.number('totalRequests'),
      requestsToday: usage.number('requestsToday'),
      requestsThisMonth: usage.number('requestsThisMonth'),
    },
    metadata: typeof metadata === 'object' && metadata !== null ? { ...metadata } : {},
  };
}
