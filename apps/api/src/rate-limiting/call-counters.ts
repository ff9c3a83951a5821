/** How calls and events are counted: one operation checks every window of every budget and counts in all of them or in none. */
import { RESOLUTIONS, RESOLUTION_MS, type Resolution, floorTo } from '@meterhouse/common';
import type { RateLimit } from '../auth/key';

/** The windows calls are counted in: the UTC clock's minute, hour and day, as `GET /usage` understands "running". */
export const WINDOWS = RESOLUTIONS;
export type Window = Resolution;

/** Something known of each window. */
export type PerWindow<T> = Record<Window, T>;

/** Calls that may be made in each window; null is no limit, and the call is counted all the same. */
export type WindowLimits = PerWindow<number | null>;

/** A key's or an account's limits by window. */
export function windowLimitsOf({ requestsPerMinute, requestsPerHour, requestsPerDay }: RateLimit): WindowLimits {
  return { minute: requestsPerMinute, hour: requestsPerHour, day: requestsPerDay };
}

/**
 * What is counted: a key's calls over all routes, those of all keys of an account, those of a client address without a
 * valid key, or the events of an account.
 */
export interface Subject {
  kind: 'key' | 'account' | 'address' | 'events';
  id: string;
}

/** What a subject may use up. */
export interface Budget {
  subject: Subject;
  limits: WindowLimits;
}

/** The outcome of a call. A refused one is counted nowhere. */
export interface Consumption {
  allowed: boolean;
  /**
   * Calls counted in the running windows of each budget, in their order; this one included when it was allowed. Of an
   * address only the minute's.
   */
  counts: PerWindow<number>[];
}

/** Counters of calls; in memory, or in Redis for all instances together. */
export abstract class CallCounters {
  /**
   * Counts a call in every window of every budget, or in none when one has no room for it. An address is counted by the
   * minute alone.
   * @param now epoch milliseconds; the windows that contain it are counted
   * @param amount what to count, all of it or nothing
   */
  abstract consume(budgets: readonly Budget[], now: number, amount?: number): Promise<Consumption>;

  /**
   * Takes back a part of what was counted for a subject.
   * @param at the `now` of `consume`; windows that have ended since are left alone
   */
  abstract release(subject: Subject, amount: number, at: number): Promise<void>;

  /** Begins the running UTC day of a subject with an amount, where nothing is counted for it yet. */
  abstract begin(subject: Subject, amount: number, now: number): Promise<void>;

  /** Calls counted for keys in the running UTC minute, hour and day, refused ones not among them; every key is in the answer. */
  abstract counts(keyIds: readonly string[], now: number): Promise<Map<string, PerWindow<number>>>;
}

/** The windows that a subject is counted in. */
export function windowsOf({ kind }: Subject): readonly Window[] {
  return kind === 'address' ? ['minute'] : WINDOWS;
}

/** No calls. */
export const NO_CALLS: Readonly<PerWindow<number>> = { minute: 0, hour: 0, day: 0 };

/** Whole seconds until the window that holds `now` ends; at least one. */
export function secondsLeft(window: Window, now: number): number {
  return Math.ceil((floorTo(window, now) + RESOLUTION_MS[window] - now) / 1_000);
}
