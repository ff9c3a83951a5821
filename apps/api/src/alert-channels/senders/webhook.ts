/** Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
import { createHmac, randomBytes } from 'node:crypto';
import { SECOND, iso } from '@meterhouse/common';
import type { ChannelSecrets } from '../channel';
import type { Poster } from './post';
import { type Message, type Outcome, type Sender, outcomeOf } from './sender';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export class WebhookSender implements Sender {
  constructor(private readonly poster: Poster) {}

  async send(message: Message, secrets: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const body = webhookBody(message);
    const timestamp = String(Math.floor(message.attemptAt / SECOND));
    const headers = {
      'webhook-id': message.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': secretsAt(secrets, message.attemptAt)
        .map((secret) => signature(secret, message.id, timestamp, body))
        .join(' '),
    };
    return outcomeOf(
      await this.poster.post({ url: secrets.target, headers, body, account: message.accountId }, signal),
    );
  }
}

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** Those that sign at an instant: after a rotation the previous one too, until its time ends. */
function secretsAt({ secret, previousSecret, previousUntil = 0 }: ChannelSecrets, at: number): string[] {
  return [secret, at < previousUntil ? previousSecret : undefined].filter((known) => known !== undefined);
}

function signature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function webhookBody({ kind, at, alert, rule, links }: Message): string {
  if (kind === 'channelDisabled') {
    return JSON.stringify({ type: 'channel.disabled', timestamp: iso(at), data: { channel: alert, links } });
  }
  const type = kind === 'test' ? kind : `alert.${kind}`;
  return JSON.stringify({ type, timestamp: iso(at), data: { alert, rule, links } });
}
