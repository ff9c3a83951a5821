/** Alert rules of the demo's largest account, so that there is something to see where alerts are shown. */
import type { MeterhouseClient } from '../client';
import { TOUR_KEY } from './accounts';

/** The last fires at once: its window has not ended, and has more than that already. */
const RULES = [
  {
    name: 'Errors',
    severity: 'high',
    metric: 'errorRate',
    window: '1h',
    condition: { type: 'threshold', operator: 'above', value: 5, recovery: 3 },
    breaching: { windows: 2, of: 3 },
  },
  {
    name: 'Slow endpoints',
    metric: 'p95',
    groupBy: 'endpoint',
    window: '1h',
    condition: { type: 'threshold', operator: 'above', value: 1_000 },
  },
  {
    name: 'Traffic out of line',
    metric: 'requests',
    window: '1h',
    condition: { type: 'anomaly', direction: 'both', sensitivity: 'low' },
  },
  {
    name: 'Failed requests of a day',
    severity: 'low',
    metric: 'failedRequests',
    window: '24h',
    condition: { type: 'threshold', operator: 'above', value: 10 },
  },
];

/** Makes those that are not there; one that was changed or has others beside it is left as it is. */
export async function ensureDemoRules(client: MeterhouseClient): Promise<void> {
  const { accountId } = TOUR_KEY;
  const names = await client.list('/alerts/rules', 'rules', { accountId }, Infinity, (rule) => rule.text('name'));
  for (const rule of RULES) {
    if (!names.includes(rule.name)) await client.post('/alerts/rules', { accountId, ...rule });
  }
}
