/** When a notification is sent again after it could not be delivered: as Standard Webhooks recommends. */
import { DAY, HOUR, MINUTE, SECOND } from '@meterhouse/common';

/** After the first failure, the second and so on; after one more it has failed. */
export const RETRY_DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;

/** A delay is longer by up to this share of it, so that what failed together does not come back together. */
const JITTER = 0.1;

/** The longest that a receiver is left alone because it asks for it. */
const MAX_RETRY_AFTER_MS = DAY;

/**
 * When it is tried again, in epoch milliseconds; null when it is not.
 * @param attempts that were made, the failed one among them
 * @param retryAfterMs what the receiver asked for
 */
export function nextAttemptAt(
  attempts: number,
  now: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number | null {
  const delay = RETRY_DELAYS_MS[attempts - 1];
  if (delay === undefined) return null;
  return now + Math.max(Math.round(delay * (1 + JITTER * random())), pauseMs(retryAfterMs));
}

/** For how long a channel is left alone. */
export function pauseMs(retryAfterMs: number | null): number {
  return Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
}
