import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LatencyDto, PointDto } from './usage-totals.dto';
import { GROUP_DIMENSIONS, type GroupDimension } from '../../request/filters';

/** One group of requests. */
export class GroupDto {
  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    description: 'The value of each dimension in `by`. Null for all requests that are in no other group.',
    example: { endpoint: '/v1/orders/{id}' },
  })
  group!: Partial<Record<GroupDimension, string | number>> | null;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'All requests of the group.', example: 8120 })
  requests!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Requests with a status of 400 or above.',
    example: 31,
  })
  failedRequests!: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Requests answered 429.', example: 3 })
  throttledRequests!: number;

  @ApiProperty({ type: Number, description: 'In percent of all requests.', example: 44.532193 })
  percentage!: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Request and response bytes; all digits past 2^53 too.',
    example: 32768000,
  })
  dataTransferred!: number | bigint;

  @ApiPropertyOptional({ type: LatencyDto, description: 'With `includeLatency`.' })
  latency?: LatencyDto;

  @ApiProperty({ type: [PointDto], description: 'One point for every bucket of the window.' })
  timeSeries!: PointDto[];
}

/** The time series, split. The groups sum to the whole. */
export class GroupsDto {
  @ApiProperty({
    enum: GROUP_DIMENSIONS,
    isArray: true,
    description: 'The dimensions of `groupBy`.',
    example: ['endpoint'],
  })
  by!: GroupDimension[];

  @ApiProperty({
    type: [GroupDto],
    description: 'The first groups by requests, ties by name, and last all others together where there are any.',
  })
  series!: GroupDto[];
}
