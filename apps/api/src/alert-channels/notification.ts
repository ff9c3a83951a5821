/** What is sent of an alert to a channel, and what has become of it. */

/** What happened to the alert. */
export const NOTIFICATION_KINDS = ['firing', 'reminder', 'resolved'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What a message says; beside changes of alerts, that it is a test, and that another channel of the account was disabled. */
export const MESSAGE_KINDS = [...NOTIFICATION_KINDS, 'test', 'channelDisabled'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A change of an alert that one channel is to be told. */
export interface AlertNotification {
  /** The same at each repeat: it is the `webhook-id`. 1 to 128 letters, digits, `_` or `-`. */
  id: string;
  channelId: string;
  /** The account whose channel it is. */
  accountId: string;
  alertId: string;
  kind: NotificationKind;
  /** When it was decided. Notifications of an alert reach a channel in this order. */
  at: Date;
  /** The contract's alert. */
  alert: object;
  /** The contract's rule. */
  rule: object;
  links: NotificationLinks;
}

/** Absolute addresses: the dashboard's view of the alert, and the call that gives its figures. */
export interface NotificationLinks {
  dashboard: string;
  usage: string;
}

export const NOTIFICATION_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof NOTIFICATION_STATUSES)[number];

/** As `alert.notifications` shows it. */
export interface NotificationStatus {
  channelId: string;
  kind: NotificationKind;
  status: DeliveryStatus;
  attempts: number;
  /** ISO 8601 UTC. */
  lastAttemptAt: string | null;
}

/** A notification with its state, without its message. Instants are epoch milliseconds. */
export interface StoredNotification {
  id: string;
  channelId: string;
  accountId: string;
  /** Empty where it is about no alert. */
  alertId: string;
  kind: MessageKind;
  at: number;
  /** 1 when it is new; grows with every change. */
  version: number;
  status: DeliveryStatus;
  attempts: number;
  lastAttemptAt: number | null;
  /** When it is to be sent, or sent again; null: not any more. */
  nextAttemptAt: number | null;
}

/** Whether it was delivered and is sent again from time to time, as Alertmanager wants it, until the next of its alert. */
export function isWorthResending({ status, nextAttemptAt }: StoredNotification): boolean {
  return status === 'delivered' && nextAttemptAt !== null;
}
