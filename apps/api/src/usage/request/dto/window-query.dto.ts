import { ApiPropertyOptional } from '@nestjs/swagger';
import { GRANULARITIES, type Granularity, WEEK_STARTS, type WeekStart } from '@meterhouse/common';
import { IsOptional } from 'class-validator';
import { IsOneOf, IsQueryBoolean, IsQueryList } from '../../../http/fields';
import { FilterQuery } from '../filter-query';
import { IsTimezone } from '../is-timezone';
import { GROUP_DIMENSIONS, type GroupDimension } from '../filters';

/** Which requests are read, and how they are put into buckets: shared by `GET /usage` and its export. */
export class WindowQueryDto extends FilterQuery {
  /** The width of the buckets. */
  @ApiPropertyOptional({
    description: 'Width of the buckets. More than 11,000 buckets are refused with GRANULARITY_TOO_FINE.',
    enum: GRANULARITIES,
    default: 'hour',
    example: 'hour',
  })
  @IsOptional()
  @IsOneOf(GRANULARITIES)
  granularity: Granularity = 'hour';

  /** Where hours, days, weeks and months begin. */
  @ApiPropertyOptional({
    description:
      'IANA time zone in which hours, days, weeks and months begin. Where it is off the hour, as in Asia/Kolkata, they ' +
      'can be asked for as far back as minutes are kept.',
    type: String,
    default: 'UTC',
    example: 'Europe/Berlin',
  })
  @IsOptional()
  @IsTimezone()
  timezone: string = 'UTC';

  /** The first day of a week. */
  @ApiPropertyOptional({
    description: 'The day that weeks begin with.',
    enum: WEEK_STARTS,
    default: 'monday',
    example: 'monday',
  })
  @IsOptional()
  @IsOneOf(WEEK_STARTS)
  weekStart: WeekStart = 'monday';

  /** One or two dimensions that the time series is split by. */
  @ApiPropertyOptional({
    description:
      'One or two dimensions, separated by commas: the first groups by requests get a series each, all others one ' +
      'together. `account` needs an admin that reads all accounts.',
    type: [String],
    enum: GROUP_DIMENSIONS,
    example: ['endpoint'],
  })
  @IsQueryList(new RegExp(`^(${GROUP_DIMENSIONS.join('|')})$`), `one or two of ${GROUP_DIMENSIONS.join(', ')}`)
  groupBy: GroupDimension[] = [];

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
}
