import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  GRANULARITIES,
  type Granularity,
  RESOLUTIONS,
  type Resolution,
  TIMEFRAMES,
  type Timeframe,
  WEEK_STARTS,
  type WeekStart,
} from '@meterhouse/common';
import { ApiCount, ApiInstant, ApiLatency, ApiNumber, ApiPercentile } from '../../../http/response-fields';

/** Why an answer may lack events: some are on their way, or a table has lost some and says another sum than the others. */
const INCOMPLETE_REASONS = ['events_waiting', 'rollups_disagree'] as const;

/** The window that was read, `[from, to)`. */
export class PeriodDto {
  @ApiProperty({
    enum: [...TIMEFRAMES, 'custom'],
    description: 'The timeframe that was asked for; `custom` with `from`.',
    example: '24h',
  })
  timeframe!: Timeframe | 'custom';

  @ApiProperty({ enum: GRANULARITIES, description: 'The width of the buckets.', example: 'hour' })
  granularity!: Granularity;

  @ApiProperty({ type: String, description: 'Time zone of days, weeks and months.', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ enum: WEEK_STARTS, description: 'The day that weeks begin with.', example: 'monday' })
  weekStart!: WeekStart;

  @ApiInstant('First instant of the window.', '2026-11-21T17:05:00.000Z')
  from!: string;

  @ApiInstant(
    'End of the window. Where that is now, the running bucket of the edges is counted whole.',
    '2026-11-22T17:05:21.417Z',
  )
  to!: string;

  @ApiProperty({ enum: RESOLUTIONS, description: 'The finest rollup that was read.', example: 'minute' })
  resolution!: Resolution;

  @ApiProperty({
    type: Boolean,
    description: 'Whether every event that was accepted up to `to` is counted.',
    example: true,
  })
  complete!: boolean;

  @ApiPropertyOptional({
    enum: INCOMPLETE_REASONS,
    description:
      'Where `complete` is false. `events_waiting`: some accepted events are still on their way. `rollups_disagree`: a ' +
      'table has lost some of its rows, so that parts of the answer have different sums; an admin mends it with ' +
      '`meterhouse reconcile`.',
    example: 'events_waiting',
  })
  incompleteReason?: (typeof INCOMPLETE_REASONS)[number];

  @ApiInstant(
    'Events accepted up to this instant are counted; later ones may still be on their way.',
    '2026-11-22T17:05:21.417Z',
  )
  watermark!: string;
}

/** Totals over the window. */
export class UsageTotalsDto {
  @ApiCount('All requests.', 18234)
  totalRequests!: number;

  @ApiCount('Requests with a status below 400.', 17902)
  successfulRequests!: number;

  @ApiCount('Requests with a status of 400 or above, throttled ones included.', 332)
  failedRequests!: number;

  @ApiCount('Requests answered 429.', 41)
  throttledRequests!: number;

  @ApiNumber('Successful requests, in percent of all. Null without any request.', 98.179226, { nullable: true })
  successRate!: number | null;

  @ApiLatency('Mean latency in milliseconds.', 87.412, { required: false })
  averageLatency?: number | null;

  @ApiLatency('Highest latency in milliseconds.', 2210.5, { required: false })
  peakLatency?: number | null;

  @ApiNumber('Mean requests a minute over the window. Null for a window that begins now.', 12.6625, { nullable: true })
  requestsPerMinute!: number | null;

  @ApiNumber('Mean requests an hour over the window. Null for a window that begins now.', 759.75, { nullable: true })
  requestsPerHour!: number | null;

  @ApiNumber('Mean requests a day over the window. Null for a window that begins now.', 18234, { nullable: true })
  requestsPerDay!: number | null;

  @ApiCount('Requests in the fullest clock minute. Null when minute rollups no longer reach back to `from`.', 61, {
    nullable: true,
  })
  peakRequestsPerMinute!: number | null;

  @ApiCount('Requests in the fullest clock hour. Null when hour rollups no longer reach back to `from`.', 1304, {
    nullable: true,
  })
  peakRequestsPerHour!: number | null;

  @ApiCount('Request and response bytes; all digits past 2^53 too.', 73400320)
  dataTransferred!: number | bigint;

  @ApiNumber('Mean bytes a request. Null without any request.', 4025.464517, { nullable: true })
  averageDataPerRequest!: number | null;
}

/** Percentiles of what is listed many times. */
export class PercentilesDto {
  @ApiPercentile(50, 61.25, { required: false })
  p50?: number | null;

  @ApiPercentile(95, 244, { required: false })
  p95?: number | null;

  @ApiPercentile(99, 812, { required: false })
  p99?: number | null;
}

/** One bucket of the time series. */
export class PointDto extends PercentilesDto {
  @ApiInstant('Start of the bucket.', '2026-11-22T16:00:00.000Z')
  timestamp!: string;

  @ApiCount('All requests.', 812)
  requests!: number;

  @ApiCount('Requests with a status below 400.', 799)
  successfulRequests!: number;

  @ApiCount('Requests with a status of 400 or above.', 13)
  failedRequests!: number;

  @ApiCount('Requests answered 429.', 2)
  throttledRequests!: number;

  @ApiLatency('Mean latency in milliseconds.', 84.2, { required: false })
  averageLatency?: number | null;

  @ApiLatency('Highest latency in milliseconds.', 1450, { required: false })
  peakLatency?: number | null;

  @ApiCount('Request and response bytes; all digits past 2^53 too.', 3276800)
  dataTransferred!: number | bigint;
}

/** Latency over the window in milliseconds; requests with status 101 and 429 are left out. Percentiles are the nearest rank. */
export class LatencyDto {
  @ApiLatency('Mean.', 87.412)
  average!: number | null;

  @ApiLatency('Highest.', 2210.5)
  peak!: number | null;

  @ApiPercentile(50, 61.25)
  p50!: number | null;

  @ApiPercentile(75, 92.5)
  p75!: number | null;

  @ApiPercentile(90, 160)
  p90!: number | null;

  @ApiPercentile(95, 244)
  p95!: number | null;

  @ApiPercentile(99, 812)
  p99!: number | null;

  @ApiNumber(
    'How far a percentile can be off the exact one, in percent of it, here and in the time series and breakdown. ' +
      'Everything else is exact.',
    0.33,
  )
  maxErrorPercent!: number;
}
