/** What a channel is: where the alerts of an account are sent. */
import type { AccountScope } from '../auth/key';

export const CHANNEL_TYPES = ['webhook', 'slack', 'pagerduty', 'email', 'alertmanager'] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** Channels of one account that are not deleted. */
export const MAX_CHANNELS = 100;

/** Characters of a target, and addresses in one of mail. */
export const MAX_TARGET_LENGTH = 2_048;
export const MAX_CHANNEL_ADDRESSES = 10;

/** A channel as it is stored and held in memory. Instants are epoch milliseconds. */
export interface Channel {
  id: string;
  /** Grows with every change; the newest version of an id counts. */
  version: number;
  accountId: string;
  name: string;
  type: ChannelType;
  /** The target as answers show it, without what is secret. */
  shown: string;
  /** `ChannelSecrets`, encrypted. */
  sealed: string;
  enabled: boolean;
  /** Why the service disabled it; null where it did not. */
  disabledReason: string | null;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

/** What of a channel is encrypted where it is stored. */
export interface ChannelSecrets {
  /** A URL, a routing key, or addresses of mail with commas between them. */
  target: string;
  /** Of a webhook: `whsec_` and 32 random bytes in base64. */
  secret?: string;
  /** The secret before the last rotation, which signs too until `previousUntil` (epoch milliseconds). */
  previousSecret?: string;
  previousUntil?: number;
}

/** Whether a scope reads a channel. */
export function isIn(scope: AccountScope, { accountId, deletedAt }: Channel): boolean {
  return deletedAt === null && (scope === null || scope === accountId);
}
