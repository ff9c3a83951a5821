/** Alertmanager's API v2: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
import { MINUTE, iso } from '@meterhouse/common';
import type { ChannelSecrets } from '../channel';
import type { Poster } from './post';
import { type Message, type Outcome, type Sender, outcomeOf } from './sender';
import { recordOf, summaryOf, textOf } from './summary';

/** Alertmanager forgets alerts when it starts anew, and resolves those that are not sent again before they end. */
export const RESEND_MS = 2 * MINUTE;
const ENDS_AFTER_MS = 5 * RESEND_MS;

export class AlertmanagerSender implements Sender {
  constructor(private readonly poster: Poster) {}

  async send(message: Message, { target }: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const url = new URL(target);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v2/alerts`;
    const body = JSON.stringify([alertOf(message)]);
    return outcomeOf(await this.poster.post({ url: url.href, body, account: message.accountId }, signal));
  }
}

/** The labels are what tells alerts apart: they are the same when it fires and when it is resolved. */
function alertOf(message: Message): object {
  const { kind, at, attemptAt, alert, rule, links } = message;
  const { title, lines } = summaryOf(message);
  const group = recordOf(alert, 'group');
  const labels = {
    alertname: textOf(alert, 'ruleName') ?? textOf(rule, 'name') ?? 'Meterhouse',
    severity: textOf(alert, 'severity'),
    account: textOf(alert, 'accountId'),
    alert_id: message.alertId || message.id,
    key_id: textOf(group, 'keyId'),
    endpoint: textOf(group, 'endpoint'),
  };
  const isOver = kind === 'resolved' || kind === 'test';
  const startsAt = textOf(alert, 'firingAt') ?? textOf(alert, 'startedAt') ?? iso(at);
  return {
    // An empty label is none.
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== undefined)),
    annotations: { summary: title, description: lines.map(([label, text]) => `${label}: ${text}`).join('\n') },
    startsAt,
    endsAt: isOver ? (textOf(alert, 'resolvedAt') ?? iso(attemptAt)) : iso(attemptAt + ENDS_AFTER_MS),
    generatorURL: links.dashboard,
  };
}
