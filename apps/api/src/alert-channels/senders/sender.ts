/** What every kind of channel does: it sends a message once and says what came of it. */
import { reasonOf } from '@meterhouse/common';
import type { ChannelSecrets } from '../channel';
import type { MessageKind, NotificationLinks } from '../notification';
import type { PostAnswer } from './post';

/** A notification as it is sent. */
export interface Message {
  /** The same at each attempt. */
  id: string;
  accountId: string;
  alertId: string;
  kind: MessageKind;
  /** When it was decided, and when this attempt is made; epoch milliseconds. */
  at: number;
  attemptAt: number;
  /** The alert; of `channelDisabled` the channel. */
  alert: Record<string, unknown>;
  rule: Record<string, unknown>;
  links: NotificationLinks;
}

/** What came of an attempt. */
export interface Outcome {
  delivered: boolean;
  /** Null where there was no answer. */
  statusCode: number | null;
  /** The first KiB of the answer. */
  answer: string;
  /** Why it was not delivered; empty where it was. */
  error: string;
  /** How long the receiver asks to be left alone; null where it does not say. */
  retryAfterMs: number | null;
  /** The receiver says that it is there no more. */
  gone: boolean;
}

export interface Sender {
  /** @param signal ends the attempt @throws Error where there was no answer, or the signal's reason */
  send(message: Message, secrets: ChannelSecrets, signal: AbortSignal): Promise<Outcome>;
}

/** What an answer over HTTP comes to: only 2xx is success, and 410 ends a channel. */
export function outcomeOf({ statusCode, answer, retryAfterMs }: PostAnswer): Outcome {
  const delivered = statusCode >= 200 && statusCode < 300;
  const error = delivered
    ? ''
    : `It answered ${statusCode}${isRedirect(statusCode) ? ', and redirects are not followed' : ''}.`;
  return { delivered, statusCode, answer, error, retryAfterMs, gone: statusCode === 410 };
}

/** What an attempt without an answer comes to. */
export function failure(error: unknown, statusCode: number | null = null): Outcome {
  const reason = reasonOf(error) || 'There was no answer.';
  return { delivered: false, statusCode, answer: '', error: reason, retryAfterMs: null, gone: false };
}

function isRedirect(statusCode: number): boolean {
  return statusCode >= 300 && statusCode < 400;
}
