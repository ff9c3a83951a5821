/** An alert as it is stored, answered and sent. */
import { iso, isoOrNull } from '@meterhouse/common';
import type { JudgedReason } from '../evaluation/judge';
import type { Change, EndReason } from '../evaluation/machine';
import { type Grouping, type Rule, type Severity, isStanding } from '../rules/rule';

export type AlertState = 'pending' | 'firing' | 'resolved';

/** All of the contract's alert but what is known beside: whether it was acknowledged, and its notifications. */
export interface AlertRecord {
  id: string;
  ruleId: string;
  ruleName: string;
  accountId: string | null;
  group: { keyId?: string; endpoint?: string };
  severity: Severity;
  state: AlertState;
  reason: JudgedReason | EndReason;
  value: number | null;
  threshold: number | null;
  window: { from: string; to: string };
  startedAt: string;
  firingAt: string | null;
  resolvedAt: string | null;
  silenced: boolean;
  evidence: { usage: string; requests: number; previous?: number };
}

export function toAlertRecord({ alert, group }: Pick<Change, 'alert' | 'group'>, rule: Rule): AlertRecord {
  return {
    id: alert.id,
    ruleId: rule.id,
    ruleName: rule.name,
    accountId: rule.accountId,
    group: groupOf(rule.groupBy, group),
    severity: rule.severity,
    state: alert.state,
    reason: alert.reason,
    value: alert.value,
    threshold: alert.threshold,
    window: { from: iso(alert.window.from), to: iso(alert.window.to) },
    startedAt: iso(alert.startedAt),
    firingAt: isoOrNull(alert.firingAt),
    resolvedAt: alert.state === 'resolved' ? iso(alert.resolvedAt) : null,
    silenced: alert.silenced,
    evidence: {
      usage: usageOf(rule, group, alert.window),
      requests: alert.requests,
      ...(alert.previous === null ? {} : { previous: alert.previous }),
    },
  };
}

export function groupOf(groupBy: Grouping | null, group: string): { keyId?: string; endpoint?: string } {
  if (groupBy === null) return {};
  return groupBy === 'key' ? { keyId: group } : { endpoint: group };
}

/** The call that returns the figures of a window, or what the account stands at: path and query. */
export function usageOf(rule: Rule, group: string, { from, to }: { from: number; to: number }): string {
  if (isStanding(rule.metric)) return standingOf(rule, group);
  const { keyId, endpoint, method, statusCode, errorType } = rule.filters;
  const query = new URLSearchParams({ from: iso(from), to: iso(to), granularity: 'minute' });
  if (rule.accountId !== null) query.set('accountId', rule.accountId);
  const add = (name: string, values: readonly string[]): void => values.forEach((value) => query.append(name, value));
  add('keyId', rule.groupBy === 'key' ? [group] : keyId);
  add('endpoint', rule.groupBy === 'endpoint' ? [group] : endpoint);
  add('method', method);
  add('statusCode', statusCode);
  add('errorType', errorType);
  return `/usage?${query.toString()}`;
}

function standingOf({ accountId, metric, filters, groupBy }: Rule, group: string): string {
  const query = new URLSearchParams(accountId === null ? {} : { accountId });
  if (metric !== 'runway') return `/usage/cost?${query.toString()}&period=current`;
  for (const keyId of groupBy === 'key' ? [group] : filters.keyId) query.append('keyId', keyId);
  return `/usage/capacity?${query.toString()}`;
}

/** The dashboard's view of an alert: path and query. */
export function dashboardOf({ id, accountId }: AlertRecord): string {
  const query = new URLSearchParams({ ...(accountId === null ? {} : { account: accountId }), alert: id });
  return `/app/alerts?${query.toString()}`;
}
