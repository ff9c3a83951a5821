import type { Rule } from '../api/use-rules';
import { FILTER_NAMES, type RuleBody } from './rule';

/**
 * A rule as `POST /alerts/rules` and its preview take it.
 * @param isAdmin whether the caller may say whose it is; others leave that out
 */
export function bodyOf(rule: Rule, isAdmin: boolean): RuleBody {
  const { name, enabled, severity, metric, groupBy, window, minimumRequests, breaching, noData } = rule;
  return {
    ...(isAdmin ? { accountId: rule.accountId } : {}),
    name,
    enabled,
    severity,
    metric,
    filters: Object.fromEntries(FILTER_NAMES.map((filter) => [filter, [...rule.filters[filter]]])),
    groupBy,
    window,
    condition: { ...rule.condition },
    minimumRequests,
    breaching,
    noData,
    renotifyAfterMinutes: rule.renotifyAfterMinutes,
    channels: [...rule.channels],
    schedule: rule.schedule === null ? null : { ...rule.schedule },
  };
}
