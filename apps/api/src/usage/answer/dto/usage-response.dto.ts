import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiSuccess } from '../../../http/response-fields';
import { AlertDto } from '../../../alerts/alert.dto';
import { BreakdownDto } from './breakdown.dto';
import { ComparisonDto } from './comparison.dto';
import { ErrorsDto } from './errors.dto';
import { GroupsDto } from './groups.dto';
import { RateLimitsDto } from './rate-limits.dto';
import { LatencyDto, PeriodDto, PointDto, UsageTotalsDto } from './usage-totals.dto';

/** The page of `breakdown.byEndpoint`. */
export class PaginationDto {
  @ApiCount('Endpoints in all; left out without `includeBreakdown`.', 25, { required: false })
  total?: number;

  @ApiCount('Endpoints on a page.', 100)
  limit!: number;

  @ApiCount('Endpoints before the page.', 0)
  offset!: number;

  @ApiProperty({ type: Boolean, description: 'Whether a further page follows.', example: false })
  hasMore!: boolean;
}

/** The answer of `GET /usage`. */
export class UsageResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: PeriodDto, description: 'The window that was read.' })
  period!: PeriodDto;

  @ApiProperty({ type: UsageTotalsDto, description: 'Totals over the window.' })
  usage!: UsageTotalsDto;

  @ApiProperty({
    type: [PointDto],
    description: 'One point for every bucket of the window, ascending, empty ones too.',
  })
  timeSeries!: PointDto[];

  @ApiPropertyOptional({ type: LatencyDto, description: 'With `includeLatency`.' })
  latency?: LatencyDto;

  @ApiPropertyOptional({ type: BreakdownDto, description: 'With `includeBreakdown`.' })
  breakdown?: BreakdownDto;

  @ApiPropertyOptional({ type: ErrorsDto, description: 'With `includeErrors`.' })
  errors?: ErrorsDto;

  @ApiPropertyOptional({ type: GroupsDto, description: 'With `groupBy`.' })
  groups?: GroupsDto;

  @ApiPropertyOptional({
    type: ComparisonDto,
    nullable: true,
    description: 'With `compare`. Null where the period before reaches back further than its rows are kept.',
  })
  comparison?: ComparisonDto | null;

  @ApiProperty({ type: RateLimitsDto, description: 'Rate limits and what is used of them.' })
  rateLimits!: RateLimitsDto;

  @ApiProperty({ type: [AlertDto], description: 'What deserves attention, most urgent first.' })
  alerts!: AlertDto[];

  @ApiProperty({ type: PaginationDto, description: 'The page of endpoints.' })
  pagination!: PaginationDto;

  @ApiInstant('When this was answered.', '2026-11-22T17:05:21.417Z')
  timestamp!: string;
}
