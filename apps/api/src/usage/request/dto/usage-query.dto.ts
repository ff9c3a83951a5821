import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsOneOf, IsQueryBoolean, IsQueryInteger } from '../../../http/fields';
import { WindowQueryDto } from './window-query.dto';
import { ENDPOINT_SORTS, type EndpointSort } from '../filters';

const ORDERS = ['desc', 'asc'] as const;
const COMPARISONS = ['previous'] as const;

/** The query of `GET /usage`. */
export class UsageQueryDto extends WindowQueryDto {
  /** How many groups have a series of their own; only with `groupBy`. */
  @ApiPropertyOptional({
    description: 'How many groups have a series of their own; only with `groupBy`. Left out: 10.',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    example: 3,
  })
  @IsQueryInteger(1, 100)
  groupLimit?: number;

  /** Adds the period before. */
  @ApiPropertyOptional({
    description:
      'Adds the same figures for the period before the window, and the change. The period is as long as the window: ' +
      'for `timeframe=1h` at 12:00:30, whose window begins at 11:00, it is 09:59 to 10:59:30. With `from` at the start ' +
      'of a day of `timezone`, whole days are compared with as many days before them, and whole months with as many ' +
      'months, also where clocks change; of a day or month that has not ended, as much as has passed.',
    enum: COMPARISONS,
    example: 'previous',
  })
  @IsOptional()
  @IsOneOf(COMPARISONS)
  compare?: (typeof COMPARISONS)[number];

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
