/** What an evaluation decided about an alert, whole: whatever becomes of the rule, it is passed on as it was decided. */
import type { AlertNotification } from '../../alert-channels/notification';
import { type AlertRecord, dashboardOf, toAlertRecord } from '../views/alert-view';
import { toRuleView } from '../views/rule-view';
import type { Rule } from '../rules/rule';
import type { Change, NotificationKind } from './machine';

export interface Decision {
  alert: AlertRecord;
  /** Null: nobody is told. */
  notify: {
    id: string;
    kind: NotificationKind;
    /** Epoch milliseconds. */
    at: number;
    channels: readonly string[];
    channelAccountId: string;
    serviceUrl: string;
    rule: object;
  } | null;
}

/** @param evaluatedTo of the evaluation that decides */
export function toDecision(change: Change, rule: Rule, evaluatedTo: number): Decision {
  const { notify } = change;
  return {
    alert: toAlertRecord(change, rule),
    notify:
      notify && rule.channels.length > 0
        ? {
            ...notify,
            at: atOf(change, notify.kind),
            channels: rule.channels,
            channelAccountId: rule.channelAccountId,
            serviceUrl: rule.serviceUrl,
            rule: toRuleView(rule, evaluatedTo, null),
          }
        : null,
  };
}

function atOf({ alert }: Change, kind: NotificationKind): number {
  if (kind === 'resolved' && alert.state === 'resolved') return alert.resolvedAt;
  return alert.notifiedAt ?? alert.startedAt;
}

/**
 * One a channel; the id of each is the same whenever it is made again.
 * @param publicUrl where the service is for those who are told; undefined: where it was when the rule was last written
 */
export function notificationsOf({ alert, notify }: Decision, publicUrl: string | undefined): AlertNotification[] {
  if (notify === null) return [];
  const url = publicUrl ?? notify.serviceUrl;
  const links = {
    dashboard: url + dashboardOf(alert),
    usage: url + alert.evidence.usage,
  };
  return notify.channels.map((channelId) => ({
    id: `${notify.id}-${channelId}`,
    channelId,
    accountId: notify.channelAccountId,
    alertId: alert.id,
    kind: notify.kind,
    at: new Date(notify.at),
    alert,
    rule: notify.rule,
    links,
  }));
}
