/** An attempt to deliver a notification, as the log of a channel shows it. */
import type { MessageKind } from './notification';

export interface Delivery {
  /** `dlv_` and 16 letters and digits. */
  id: string;
  channelId: string;
  accountId: string;
  /** Empty where it was about no alert. */
  alertId: string;
  notificationId: string;
  kind: MessageKind;
  /** From 1. */
  attempt: number;
  /** When it began, in epoch milliseconds. */
  at: number;
  delivered: boolean;
  /** HTTP's or SMTP's; null where there was no answer. */
  statusCode: number | null;
  durationMs: number;
  /** The first KiB. */
  answer: string;
  /** Why it was not delivered; empty where it was. */
  error: string;
}
