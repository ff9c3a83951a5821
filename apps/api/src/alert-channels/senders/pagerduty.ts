/** PagerDuty's Events API v2: https://developer.pagerduty.com/docs/send-alert-event */
import { iso } from '@meterhouse/common';
import type { ChannelSecrets } from '../channel';
import type { Poster } from './post';
import { type Message, type Outcome, type Sender, outcomeOf } from './sender';
import { cut, summaryOf, textOf } from './summary';

const MAX_SUMMARY = 1_024;

const SEVERITIES = new Map([
  ['low', 'info'],
  ['medium', 'warning'],
  ['high', 'error'],
  ['critical', 'critical'],
]);

export class PagerDutySender implements Sender {
  /** @param url where events are taken */
  constructor(
    private readonly poster: Poster,
    private readonly url: string,
  ) {}

  /** A test opens an incident and closes it again. */
  async send(message: Message, { target }: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const event = (action: 'trigger' | 'resolve'): Promise<Outcome> =>
      this.post(eventOf(message, target, action), message, signal);
    if (message.kind === 'resolved') return event('resolve');
    const outcome = await event('trigger');
    return message.kind === 'test' && outcome.delivered ? event('resolve') : outcome;
  }

  private async post(event: object, { accountId }: Message, signal: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify(event);
    return outcomeOf(await this.poster.post({ url: this.url, body, account: accountId }, signal));
  }
}

function eventOf(message: Message, routingKey: string, action: 'trigger' | 'resolve'): object {
  // All notifications of an alert are one incident.
  const target = { routing_key: routingKey, event_action: action, dedup_key: message.alertId || message.id };
  if (action === 'resolve') return target;
  const { title, lines } = summaryOf(message);
  return {
    ...target,
    client: 'Meterhouse',
    client_url: message.links.dashboard,
    links: [{ href: message.links.usage, text: 'Figures' }],
    payload: {
      summary: cut(title, MAX_SUMMARY),
      source: textOf(message.alert, 'accountId') ?? 'meterhouse',
      severity: SEVERITIES.get(textOf(message.alert, 'severity') ?? '') ?? 'info',
      timestamp: iso(message.at),
      custom_details: Object.fromEntries(lines),
    },
  };
}
