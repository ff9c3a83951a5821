import { ApiPropertyOptional } from '@nestjs/swagger';
import { GRANULARITIES, type Granularity, TIMEFRAMES, type Timeframe } from '@meterhouse/common';
import { IsOptional, Matches } from 'class-validator';
import { IsOneOf, IsQueryBoolean, IsQueryInteger } from '../../http/fields';
import { ENDPOINT_SORTS, type EndpointSort } from '../figures';

const ID = /^[\x21-\x7e]{1,128}$/;
const ID_MESSAGE = '$property should be 1 to 128 printable characters without spaces.';

const ORDERS = ['desc', 'asc'] as const;

/** The query of `GET /usage`. */
export class UsageQueryDto {
  /** One key; all keys of the account when left out. */
  @ApiPropertyOptional({
    description: 'A key of the account. Left out: all keys of the account.',
    example: 'key_4fTz0aQ8c1dR7w2L',
    maxLength: 128,
  })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  keyId?: string;

  /** Admins only. */
  @ApiPropertyOptional({
    description: 'Admins only: the account to read. Left out, an admin reads all accounts together.',
    example: 'acme',
    pattern: '^[A-Za-z0-9._:-]{1,64}$',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/, { message: 'accountId should be 1 to 64 letters, digits or any of . _ : -.' })
  accountId?: string;

  /** How far the window reaches back from now. */
  @ApiPropertyOptional({
    description:
      'How far the window reaches back from now. Its start is rounded down to a minute (1h, 24h), an hour (7d, 30d, ' +
      '90d) or a day (1y); `all` starts with the day of the first event.',
    enum: TIMEFRAMES,
    default: '24h',
    example: '24h',
  })
  @IsOptional()
  @IsOneOf(TIMEFRAMES)
  timeframe: Timeframe = '24h';

  /** The width of the time series' buckets. */
  @ApiPropertyOptional({
    description:
      'Width of the buckets of the time series, in UTC; weeks start on Monday. More than 11,000 buckets are refused ' +
      'with GRANULARITY_TOO_FINE.',
    enum: GRANULARITIES,
    default: 'hour',
    example: 'hour',
  })
  @IsOptional()
  @IsOneOf(GRANULARITIES)
  granularity: Granularity = 'hour';

  /** Whether `breakdown` and `pagination.total` are in the answer. */
  @ApiPropertyOptional({
    description: 'Whether `breakdown` and `pagination.total` are in the answer.',
    type: Boolean,
    default: true,
    example: true,
  })
  @IsQueryBoolean()
  includeBreakdown: boolean = true;

  /** Whether `errors` is in the answer. */
  @ApiPropertyOptional({
    description: 'Whether `errors` is in the answer.',
    type: Boolean,
    default: true,
    example: true,
  })
  @IsQueryBoolean()
  includeErrors: boolean = true;

  /** Whether latency figures are in the answer. */
  @ApiPropertyOptional({
    description:
      'Whether `latency` and every average, peak and percentile of latency are in the answer; alerts on latency come with them.',
    type: Boolean,
    default: true,
    example: true,
  })
  @IsQueryBoolean()
  includeLatency: boolean = true;

  /** What orders `breakdown.byEndpoint`. */
  @ApiPropertyOptional({
    description:
      'What orders `breakdown.byEndpoint`: requests, failed requests, mean latency, or the time of the last request. ' +
      'Ties break by endpoint name.',
    enum: ENDPOINT_SORTS,
    default: 'requests',
    example: 'requests',
  })
  @IsOptional()
  @IsOneOf(ENDPOINT_SORTS)
  sort: EndpointSort = 'requests';

  /** Direction of `sort`. */
  @ApiPropertyOptional({ description: 'Direction of `sort`.', enum: ORDERS, default: 'desc', example: 'desc' })
  @IsOptional()
  @IsOneOf(ORDERS)
  order: (typeof ORDERS)[number] = 'desc';

  /** Endpoints on the page. */
  @ApiPropertyOptional({
    description: 'Endpoints on one page of `breakdown.byEndpoint`.',
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 100,
    example: 100,
  })
  @IsQueryInteger(1, 1_000)
  limit: number = 100;

  /** Endpoints before the page. */
  @ApiPropertyOptional({
    description: 'Endpoints to skip before the page.',
    type: 'integer',
    minimum: 0,
    default: 0,
    example: 0,
  })
  @IsQueryInteger(0, Number.MAX_SAFE_INTEGER)
  offset: number = 0;
}
