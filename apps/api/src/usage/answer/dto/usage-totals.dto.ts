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

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'First instant of the window.',
    example: '2026-11-21T17:05:00.000Z',
  })
  from!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'End of the window. Where that is now, the running bucket of the edges is counted whole.',
    example: '2026-11-22T17:05:21.417Z',
  })
  to!: string;

  @ApiProperty({ enum: RESOLUTIONS, description: 'The finest rollup that was read.', example: 'minute' })
  resolution!: Resolution;

  @ApiProperty({
    type: Boolean,
    description: 'Whether every event that was accepted up to `to` is counted.',
    example: true,
  })
  complete!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Events accepted up to this instant are counted; later ones may still be on their way.',
    example: '2026-11-22T17:05:21.417Z',
  })
  watermark!: string;
}

/** Totals over the window. */
export class UsageTotalsDto {
  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 18234 })
  totalRequests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests with a status below 400.', example: 17902 })
  successfulRequests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above, throttled ones included.',
    example: 332,
  })
  failedRequests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests answered 429.', example: 41 })
  throttledRequests!: number;

  @ApiProperty({
    type: Number,
    description: 'Successful requests, in percent of all. Null without any request.',
    nullable: true,
    example: 98.179226,
  })
  successRate!: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: 'Mean latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 87.412,
  })
  averageLatency?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: 'Highest latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 2210.5,
  })
  peakLatency?: number | null;

  @ApiProperty({
    type: Number,
    description: 'Mean requests a minute over the window. Null for a window that begins now.',
    nullable: true,
    example: 12.6625,
  })
  requestsPerMinute!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Mean requests an hour over the window. Null for a window that begins now.',
    nullable: true,
    example: 759.75,
  })
  requestsPerHour!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Mean requests a day over the window. Null for a window that begins now.',
    nullable: true,
    example: 18234,
  })
  requestsPerDay!: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests in the fullest clock minute. Null when minute rollups no longer reach back to `from`.',
    nullable: true,
    example: 61,
  })
  peakRequestsPerMinute!: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests in the fullest clock hour. Null when hour rollups no longer reach back to `from`.',
    nullable: true,
    example: 1304,
  })
  peakRequestsPerHour!: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Request and response bytes; all digits past 2^53 too.',
    example: 73400320,
  })
  dataTransferred!: number | bigint;

  @ApiProperty({
    type: Number,
    description: 'Mean bytes a request. Null without any request.',
    nullable: true,
    example: 4025.464517,
  })
  averageDataPerRequest!: number | null;
}

/** One bucket of the time series. */
export class PointDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Start of the bucket.',
    example: '2026-11-22T16:00:00.000Z',
  })
  timestamp!: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests.', example: 812 })
  requests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests with a status below 400.', example: 799 })
  successfulRequests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above.',
    example: 13,
  })
  failedRequests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests answered 429.', example: 2 })
  throttledRequests!: number;

  @ApiPropertyOptional({
    type: Number,
    description: 'Mean latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 84.2,
  })
  averageLatency?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: 'Highest latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 1450,
  })
  peakLatency?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '50th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 61.25,
  })
  p50?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '95th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 244,
  })
  p95?: number | null;

  @ApiPropertyOptional({
    type: Number,
    description: '99th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 812,
  })
  p99?: number | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Request and response bytes; all digits past 2^53 too.',
    example: 3276800,
  })
  dataTransferred!: number | bigint;
}

/** Latency over the window in milliseconds; throttled requests are left out. Percentiles are the nearest rank. */
export class LatencyDto {
  @ApiProperty({
    type: Number,
    description: 'Mean. Null where there was no request but throttled ones.',
    nullable: true,
    example: 87.412,
  })
  average!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Highest. Null where there was no request but throttled ones.',
    nullable: true,
    example: 2210.5,
  })
  peak!: number | null;

  @ApiProperty({
    type: Number,
    description: '50th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 61.25,
  })
  p50!: number | null;

  @ApiProperty({
    type: Number,
    description: '75th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 92.5,
  })
  p75!: number | null;

  @ApiProperty({
    type: Number,
    description: '90th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 160,
  })
  p90!: number | null;

  @ApiProperty({
    type: Number,
    description: '95th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 244,
  })
  p95!: number | null;

  @ApiProperty({
    type: Number,
    description: '99th percentile of latency in milliseconds. Null where there was no request but throttled ones.',
    nullable: true,
    example: 812,
  })
  p99!: number | null;

  @ApiProperty({
    type: Number,
    description:
      'How far a percentile can be off the exact one, in percent of it, here and in the time series and breakdown. ' +
      'Everything else is exact.',
    example: 0.33,
  })
  maxErrorPercent!: number;
}
