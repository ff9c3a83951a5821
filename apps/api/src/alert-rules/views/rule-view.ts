/** A rule as answers and notifications show it. */
import { isoOrNull, iso } from '@meterhouse/common';
import { type Key, statusOf } from '../../auth/key';
import type { JudgedReason } from '../evaluation/judge';
import { type Rule, type RuleInput, cadenceOf, delayOf } from '../rules/rule';

export interface RuleView extends RuleInput {
  id: string;
  accountId: string | null;
  createdAt: string;
  updatedAt: string;
  /** The end of the last window that was judged; null: none was. */
  lastEvaluatedTo: string | null;
  /** Why it is not judged; null where it is. */
  notJudged: JudgedReason | 'KEY_REVOKED' | null;
}

/**
 * @param evaluatedTo windows that end by then are judged; null: none are
 * @param notJudged why its latest windows were not, null where they were
 */
export function toRuleView(rule: Rule, evaluatedTo: number | null, notJudged: RuleView['notJudged']): RuleView {
  const { step } = cadenceOf(rule);
  const last = evaluatedTo === null ? 0 : Math.floor((evaluatedTo - delayOf(rule)) / step) * step;
  return {
    id: rule.id,
    accountId: rule.accountId,
    name: rule.name,
    enabled: rule.enabled,
    severity: rule.severity,
    metric: rule.metric,
    filters: rule.filters,
    groupBy: rule.groupBy,
    window: rule.window,
    condition: rule.condition,
    minimumRequests: rule.minimumRequests,
    breaching: rule.breaching,
    noData: rule.noData,
    renotifyAfterMinutes: rule.renotifyAfterMinutes,
    channels: rule.channels,
    schedule: rule.schedule,
    createdAt: iso(rule.createdAt),
    updatedAt: iso(rule.updatedAt),
    lastEvaluatedTo: isoOrNull(last > rule.definedAt && rule.enabled ? last : null),
    notJudged,
  };
}

/** Whether a rule is about keys alone that are all revoked: it has ended. */
export function isRevoked(
  { filters, accountId }: Rule,
  find: (accountId: string | null, keyId: string) => Key | undefined,
  now: number,
): boolean {
  if (filters.keyId.length === 0) return false;
  return filters.keyId.every((keyId) => {
    const key = find(accountId, keyId);
    return key !== undefined && statusOf(key, now) === 'revoked';
  });
}
