/** A forecast by the buckets of a calendar. */
import { type Calendar, type Granularity, bucketStartIn, bucketStartsIn, nextBucketIn } from '@meterhouse/common';
import type { Band, Forecast } from '@meterhouse/forecast';
import type { History } from './history';

export const FORECAST_GRANULARITIES = ['hour', 'day', 'week', 'month'] as const satisfies readonly Granularity[];
export type ForecastGranularity = (typeof FORECAST_GRANULARITIES)[number];

/** The band of a bucket, which starts at `at`. */
export interface Point extends Band {
  at: number;
}

/**
 * Whole buckets from the one that holds the end of the history: what was counted in it is part of its figures.
 * @param until the end of the last bucket
 */
export function pointsOf(
  forecast: Forecast,
  history: History,
  granularity: ForecastGranularity,
  until: number,
  calendar: Calendar,
): Point[] {
  const { to, starts, known, steps } = history;
  const buckets = bucketStartsIn(granularity, to, until, calendar);
  let lead = 0;
  return buckets.map((at, index) => {
    const end = buckets[index + 1] ?? until;
    const from = lead;
    while (known + lead < starts.length && (starts[known + lead] ?? end) < end) lead++;
    const band = forecast.sum(from, lead);
    const counted = index === 0 ? countedSince(at, { starts, known, steps }) : 0;
    return { at, ...shifted(band, counted) };
  });
}

/** What was counted in the known hours from an instant on. */
function countedSince(at: number, { starts, known, steps }: Pick<History, 'starts' | 'known' | 'steps'>): number {
  let sum = 0;
  for (let index = known - 1; index >= 0 && (starts[index] ?? -Infinity) >= at; index--)
    sum += steps.values[index] ?? 0;
  return sum;
}

function shifted({ expected, low80, high80, low95, high95 }: Band, by: number): Band {
  return {
    expected: expected + by,
    low80: low80 + by,
    high80: high80 + by,
    low95: low95 + by,
    high95: high95 + by,
  };
}

/** The end of the bucket that holds the last instant before `at`. */
export function endOfBucket(granularity: ForecastGranularity, at: number, calendar: Calendar): number {
  return nextBucketIn(granularity, bucketStartIn(granularity, at - 1, calendar), calendar);
}
