import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiCount, ApiNumber } from '../../../http/response-fields';
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

  @ApiCount('All requests of the group.', 8120)
  requests!: number;

  @ApiCount('Requests with a status of 400 or above.', 31)
  failedRequests!: number;

  @ApiCount('Requests answered 429.', 3)
  throttledRequests!: number;

  @ApiNumber('In percent of all requests.', 44.532193)
  percentage!: number;

  @ApiCount('Request and response bytes; all digits past 2^53 too.', 32768000)
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
