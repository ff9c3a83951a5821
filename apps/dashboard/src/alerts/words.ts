/** Alerts in words. */
import type { Alert } from '../api/use-alerts';
import type { Rule } from '../api/use-rules';
import { percent } from '../format/format';
import { ALERT_METRICS } from './metrics';

/** Why it fires, or why it ended. */
export const REASONS: Readonly<Record<Alert['reason'], string>> = {
  THRESHOLD: 'past its value',
  CHANGE: 'changed too much',
  ANOMALY: 'unusual for the time of the week',
  BURN_RATE: 'uses up the error budget too fast',
  QUOTA: 'near the limits',
  NO_DATA: 'no requests',
  RECOVERED: 'recovered',
  PERIOD_ENDED: 'the period of the limit ended',
  SCHEDULE_ENDED: 'the times of its schedule ended',
  RULE_CHANGED: 'the rule was changed',
  RULE_DISABLED: 'the rule was switched off',
  RULE_DELETED: 'the rule was deleted',
  KEY_REVOKED: 'its keys were revoked',
  NOT_ENOUGH_HISTORY: 'not enough history',
  NO_LIMIT: 'the keys have no limit',
};

export const NOTIFICATION_KINDS = {
  firing: 'Firing',
  reminder: 'Reminder',
  resolved: 'Resolved',
  test: 'Test',
  channelDisabled: 'A channel was disabled',
};

/** How the figures of a rule's alerts are written: those of a quota are percentages, whatever its metric. */
export function formatOf(rule: Pick<Rule, 'metric' | 'condition'> | undefined): (value: number) => string {
  if (!rule) return plain;
  return rule.condition.type === 'quota' ? percent : ALERT_METRICS[rule.metric].format;
}

const plain = (value: number): string => new Intl.NumberFormat().format(value);

/** What an alert is about where its rule is grouped; null where it is not. */
export function groupText({ group }: Pick<Alert, 'group'>): string | null {
  return group.keyId ?? group.endpoint ?? null;
}
