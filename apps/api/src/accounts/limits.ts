/** What an account may have beside the limits of its keys. */
import type { Tier } from '../auth/key';

/** Null is no limit. */
export interface Limits {
  /** Keys that are neither expired nor revoked; those known only from events do not count. */
  activeKeys: number | null;
  /** Events of a clock minute, by all senders together. */
  eventsPerMinute: number | null;
  /** Events of a UTC day. */
  eventsPerDay: number | null;
  /** Names of endpoints of the events of one UTC day; more are counted as `{other}`. */
  endpointNamesPerDay: number | null;
}

export const LIMIT_NAMES = ['activeKeys', 'eventsPerMinute', 'eventsPerDay', 'endpointNamesPerDay'] as const;

export const TIER_LIMITS: Readonly<Record<Tier, Limits>> = {
  free: { activeKeys: 10, eventsPerMinute: 20_000, eventsPerDay: 1_000_000, endpointNamesPerDay: 500 },
  starter: { activeKeys: 50, eventsPerMinute: 100_000, eventsPerDay: 20_000_000, endpointNamesPerDay: 1_000 },
  professional: { activeKeys: 200, eventsPerMinute: 600_000, eventsPerDay: 200_000_000, endpointNamesPerDay: 2_000 },
  enterprise: { activeKeys: 5_000, eventsPerMinute: null, eventsPerDay: null, endpointNamesPerDay: 10_000 },
};

/** Stands for the limit of the tier where a limit is set. */
export const DEFAULT_LIMIT = 'default';

/** Limits to set: a number, null for none, or the tier's; what is not named stays. */
export type LimitChanges = { [Name in keyof Limits]?: Limits[Name] | typeof DEFAULT_LIMIT };
