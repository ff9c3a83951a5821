/** Rules for specs. */
import type { Rule } from '../rules/rule';

/** A rule on the error rate of an account, and what differs from it. */
export function aRule(change: Partial<Rule> = {}): Rule {
  return {
    id: 'rul_0000000000000000',
    accountId: 'acme',
    channelAccountId: 'acme',
    serviceUrl: 'https://usage.example.com',
    version: 1,
    name: 'Errors',
    enabled: true,
    severity: 'medium',
    metric: 'errorRate',
    filters: { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [] },
    groupBy: null,
    window: '5m',
    condition: { type: 'threshold', operator: 'above', value: 5 },
    minimumRequests: 20,
    breaching: { windows: 1, of: 1 },
    noData: 'ok',
    renotifyAfterMinutes: null,
    channels: [],
    schedule: null,
    createdAt: 0,
    updatedAt: 0,
    definedAt: 0,
    ...change,
  };
}
