/** Which of its limits an account is nearest to. */
import type { Account } from '../api/use-accounts';
import type { KeyLimit } from '../api/use-capacity';

/** In percent of a limit: from here on it is nearly used up. */
export const NEARLY = 80;

const DAYS = 30;

export interface Nearest {
  /** In percent; above 100 where more was sent than the limit allows. */
  utilization: number;
  /** What the limit is of. */
  of: string;
}

/**
 * The limit that most is used of: the fullest minute, hour or day of each key in 30 days, or the account's events of a
 * day, of which only the mean is known.
 * @param limits of keys of any account, the most urgent first
 * @returns null where there are no limits, or none that is known of
 */
export function nearestLimit({ id, usage, limits }: Account, keyLimits: readonly KeyLimit[]): Nearest | null {
  const found: Nearest[] = keyLimits
    .filter(({ accountId }) => accountId === id)
    .map(({ name, window, utilization }) => ({ utilization, of: `${name}, per ${window}` }));
  if (limits.eventsPerDay !== null) {
    const mean = usage.requests / DAYS;
    // A limit of 0 allows none: whatever was sent is more.
    const share = limits.eventsPerDay === 0 ? (mean > 0 ? Infinity : 0) : mean / limits.eventsPerDay;
    found.push({ utilization: Math.min(share * 100, 9_999), of: 'events of a mean day' });
  }
  return found.reduce<Nearest | null>(
    (nearest, next) => (nearest === null || next.utilization > nearest.utilization ? next : nearest),
    null,
  );
}
