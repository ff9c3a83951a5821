/** Which buckets suit a period. */
import { GRANULARITIES, type Granularity, type Period } from './view';

const HOURS: Record<Granularity, number> = { minute: 1 / 60, hour: 1, day: 24, week: 168, month: 730 };

const OF_TIMEFRAME = { '1h': 1, '24h': 24, '7d': 168, '30d': 720, '90d': 2_160, '1y': 8_760, all: 17_520 } as const;

/** The service answers no more. */
const MAX_BUCKETS = 11_000;

/** A chart reads well up to here. */
const GOOD_BUCKETS = 240;

/** The granularity that a period is shown by where none is chosen: the finest that still reads well. */
export function defaultGranularity(period: Period, now: number): Granularity {
  const hours = hoursOf(period, now);
  return GRANULARITIES.find((name) => hours / HOURS[name] <= GOOD_BUCKETS) ?? 'month';
}

/** Those that make sense for a period: at least two buckets, and no more than the service answers. */
export function granularitiesOf(period: Period, now: number): Granularity[] {
  const hours = hoursOf(period, now);
  return GRANULARITIES.filter((name) => hours / HOURS[name] <= MAX_BUCKETS && hours / HOURS[name] >= 2);
}

function hoursOf(period: Period, now: number): number {
  if ('timeframe' in period) return OF_TIMEFRAME[period.timeframe];
  const to = period.to === undefined ? now : Date.parse(period.to);
  return Math.max(0, to - Date.parse(period.from)) / 3_600_000;
}
