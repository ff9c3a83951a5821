import { Injectable } from '@nestjs/common';
import { Settings } from '@meterhouse/common';
import type { ChannelSecrets, ChannelType } from '../channel';
import { AddressCheck } from './address-check';
import { AlertmanagerSender } from './alertmanager';
import { EmailSender } from './email';
import { PagerDutySender } from './pagerduty';
import { Poster } from './post';
import { type Message, type Outcome, type Sender, failure } from './sender';
import { SlackSender } from './slack';
import { WebhookSender } from './webhook';

/** The sender of each type of channel. */
@Injectable()
export class Senders {
  private readonly senders: Partial<Record<ChannelType, Sender>>;

  constructor({ channels }: Settings) {
    const poster = new Poster(new AddressCheck(channels.allowedNetworks));
    // The operator's own address, wherever it is.
    const anywhere = new Poster(new AddressCheck(['0.0.0.0/0', '::/0']));
    this.senders = {
      webhook: new WebhookSender(poster),
      slack: new SlackSender(poster),
      pagerduty: new PagerDutySender(anywhere, channels.pagerdutyUrl),
      alertmanager: new AlertmanagerSender(poster),
      ...(channels.smtp && { email: new EmailSender(channels.smtp.url, channels.smtp.from) }),
    };
  }

  /** Whether channels of a type can be sent to: mail needs its server set. */
  has(type: ChannelType): boolean {
    return this.senders[type] !== undefined;
  }

  /** Sends once. @throws the signal's reason, and nothing else */
  async send(type: ChannelType, message: Message, secrets: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const sender = this.senders[type];
    if (sender === undefined) return failure(new Error('This service sends no mail: SMTP_URL is not set.'));
    try {
      return await sender.send(message, secrets, signal);
    } catch (error) {
      signal.throwIfAborted();
      return failure(error);
    }
  }
}
