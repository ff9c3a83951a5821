/** The past as a forecast takes it: equal steps in the zone's week, without hours that are not complete. */
import { type Calendar, DAY, HOUR, bucketStartIn, bucketStartsIn, hourOfWeekIn } from '@meterhouse/common';
import type { Steps } from '@meterhouse/forecast';
import type { Demand, DemandByHour } from './demand.repository';

/** What is forecast of the demand. */
export const METRICS = ['requests', 'dataTransferred'] as const;
export type Metric = (typeof METRICS)[number];

/** How far ahead. */
export const HORIZONS = ['24h', '7d', '30d', '90d'] as const;
export type Horizon = (typeof HORIZONS)[number];

/** In hours. */
export const HORIZON_HOURS: Record<Horizon, number> = { '24h': 24, '7d': 168, '30d': 720, '90d': 2_160 };

/** Weeks of the past that are read at least; twice the horizon where that is more. */
const LEAST_WEEKS = 8;

/** Hours of the past and the time to come, in the weeks of a zone. Instants are epoch milliseconds. */
export interface History {
  steps: Steps;
  /** How many hours are known. */
  known: number;
  /** The start of the first known hour, */
  from: number;
  /** and the end of the last. */
  to: number;
  /** The starts of all hours, known and to come. */
  starts: readonly number[];
  requests: number;
  throttled: number;
}

/**
 * The hours to read for a horizon.
 * @param complete the instant up to which every event is counted
 * @returns the starts of the hours, and the end of the last
 */
export function hoursToRead(complete: number, horizonHours: number, calendar: Calendar): number[] {
  const to = bucketStartIn('hour', complete, calendar);
  const length = Math.max(LEAST_WEEKS * 7 * DAY, 2 * horizonHours * HOUR);
  return [...bucketStartsIn('hour', to - length, to, calendar), to];
}

/**
 * The history begins after the first hour with requests, which may have begun before its sender did. Hours after it
 * without requests count as such.
 * @param starts as of `hoursToRead`
 * @param until the end of the time to come
 */
export function historyOf(
  metric: Metric,
  demand: DemandByHour,
  starts: readonly number[],
  until: number,
  calendar: Calendar,
): History {
  const to = starts.at(-1) ?? until;
  const first = starts.findIndex((start) => demand.has(start));
  const known = first === -1 ? [] : starts.slice(first + 1, -1);
  const all = [...known, ...(until > to ? bucketStartsIn('hour', to, until, calendar) : [])];
  const figures = known.map((start) => demand.get(start));
  const sumOf = (name: 'requests' | 'throttled'): number => figures.reduce((sum, of) => sum + (of?.[name] ?? 0), 0);
  return {
    steps: {
      values: Float64Array.from(figures, (of) => valueOf(of, metric)),
      slots: Uint8Array.from(all, (start) => hourOfWeekIn(start, calendar.timezone)),
    },
    known: known.length,
    from: known[0] ?? to,
    to,
    starts: all,
    requests: sumOf('requests'),
    throttled: sumOf('throttled'),
  };
}

function valueOf(demand: Demand | undefined, metric: Metric): number {
  if (!demand) return 0;
  return metric === 'requests' ? demand.requests : demand.bytes;
}
