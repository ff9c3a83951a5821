/** An account as the service shows it. */
import type { Answer } from '../answer';

/** Null is no limit. */
export interface LimitsInfo {
  activeKeys: number | null;
  eventsPerMinute: number | null;
  eventsPerDay: number | null;
  endpointNamesPerDay: number | null;
}

/** Limits to set: a number, null for none, or the tier's. */
export type LimitChanges = { [Name in keyof LimitsInfo]?: LimitsInfo[Name] | 'default' };

export interface AccountInfo {
  id: string;
  keys: { total: number; active: number };
  tier: string | null;
  limits: LimitsInfo;
  /** Those of the limits that an admin set. */
  customLimits: string[];
  lastUsedAt: string | null;
  usage: { requests: number; previousRequests: number; failedRequests: number };
}

export function readAccount(answer: Answer): AccountInfo {
  const keys = answer.object('keys');
  const usage = answer.object('usage');
  return {
    id: answer.text('id'),
    keys: { total: keys.number('total'), active: keys.number('active') },
    tier: answer.textOrNull('tier'),
    limits: readLimits(answer),
    customLimits: answer.texts('customLimits'),
    lastUsedAt: answer.textOrNull('lastUsedAt'),
    usage: {
      requests: usage.number('requests'),
      previousRequests: usage.number('previousRequests'),
      failedRequests: usage.number('failedRequests'),
    },
  };
}

/** @param account as an answer holds it */
export function readLimits(account: Answer): LimitsInfo {
  const limits = account.object('limits');
  return {
    activeKeys: limits.numberOrNull('activeKeys'),
    eventsPerMinute: limits.numberOrNull('eventsPerMinute'),
    eventsPerDay: limits.numberOrNull('eventsPerDay'),
    endpointNamesPerDay: limits.numberOrNull('endpointNamesPerDay'),
  };
}
