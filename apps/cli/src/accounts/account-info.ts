/** An account as the service shows it. */
import type { Answer } from '../answer';

export interface AccountInfo {
  id: string;
  keys: { total: number; active: number };
  tier: string | null;
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
    lastUsedAt: answer.textOrNull('lastUsedAt'),
    usage: {
      requests: usage.number('requests'),
      previousRequests: usage.number('previousRequests'),
      failedRequests: usage.number('failedRequests'),
    },
  };
}
