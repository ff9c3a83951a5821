import type { AccountScope } from '../auth/key-registry';

/** How much a key was used, by the events that carry its id. */
export interface KeyFigures {
  totalRequests: number;
  /** Since midnight UTC. */
  requestsToday: number;
  /** Since the first of the month, UTC. */
  requestsThisMonth: number;
  /** Epoch milliseconds of the newest event. */
  lastUsedAt: number | null;
}

/** The figures of a key that was never used. */
export const NEVER_USED: Readonly<KeyFigures> = {
  totalRequests: 0,
  requestsToday: 0,
  requestsThisMonth: 0,
  lastUsedAt: null,
};

/** Tells how much keys were used. */
export abstract class KeyUsage {
  /**
   * The figures of those keys that were used at all.
   * @param now epoch milliseconds; they tell which day and month run
   */
  abstract figures(scope: AccountScope, keyIds: string[], now: number): Promise<Map<string, KeyFigures>>;
}
