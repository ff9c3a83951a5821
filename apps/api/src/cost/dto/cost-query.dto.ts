import { ApiPropertyOptional } from '@nestjs/swagger';
import { GRANULARITIES, type Granularity, WEEK_STARTS, type WeekStart } from '@meterhouse/common';
import { IsOptional, Matches } from 'class-validator';
import { IsOneOf, IsQueryBoolean } from '../../http/fields';
import { FilterQuery } from '../../usage/request/filter-query';
import { IsTimezone } from '../../usage/request/is-timezone';

export const COST_FORMATS = ['json', 'csv'] as const;
export type CostFormat = (typeof COST_FORMATS)[number];

/** The query of `GET /usage/cost`. */
export class CostQueryDto extends FilterQuery {
  @ApiPropertyOptional({
    description:
      'A billing period instead of a window: `current`, `previous`, or the month in which it begins. It is that of the ' +
      'plan that holds now. `current` where there is no window either.',
    type: String,
    pattern: '^(current|previous|20\\d\\d-(0[1-9]|1[0-2]))$',
    example: 'current',
  })
  @IsOptional()
  @Matches(/^(current|previous|20\d\d-(0[1-9]|1[0-2]))$/, {
    message: 'period should be current, previous or a month from 2000-01 to 2099-12 such as 2026-10.',
  })
  period?: string;

  @ApiPropertyOptional({
    description: 'Admins only: what this plan would have cost, in place of that of the account.',
    type: String,
    example: 'pln_4fJ2mZ0aQ9xT7bKd',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_]{1,64}$/, { message: 'planId should be the id of a plan.' })
  planId?: string;

  @ApiPropertyOptional({
    description:
      'Width of the buckets of `timeSeries`. More than 11,000 buckets are refused with GRANULARITY_TOO_FINE.',
    enum: GRANULARITIES,
    default: 'day',
    example: 'day',
  })
  @IsOptional()
  @IsOneOf(GRANULARITIES)
  granularity: Granularity = 'day';

  @ApiPropertyOptional({
    description:
      'IANA time zone in which buckets begin. Left out: that of the plan, by which periods begin in any case.',
    type: String,
    example: 'UTC',
  })
  @IsOptional()
  @IsTimezone()
  timezone?: string;

  @ApiPropertyOptional({
    description: 'The day that weeks begin with.',
    enum: WEEK_STARTS,
    default: 'monday',
    example: 'monday',
  })
  @IsOptional()
  @IsOneOf(WEEK_STARTS)
  weekStart: WeekStart = 'monday';

  @ApiPropertyOptional({
    description:
      'Whether `waste.retries` is counted. It takes raw events, so that the window must begin within their retention, and ' +
      'longer than the rest.',
    type: Boolean,
    default: false,
    example: false,
  })
  @IsQueryBoolean()
  includeRetries: boolean = false;

  @ApiPropertyOptional({
    description: 'JSON, or the same figures as rows of a table.',
    enum: COST_FORMATS,
    default: 'json',
    example: 'json',
  })
  @IsOptional()
  @IsOneOf(COST_FORMATS)
  format: CostFormat = 'json';
}
