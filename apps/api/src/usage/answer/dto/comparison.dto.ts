import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ApiInstant, ApiNumber } from '../../../http/response-fields';
import { LatencyDto, PointDto, UsageTotalsDto } from './usage-totals.dto';

/** By how much a figure changed. */
export class ChangeDto {
  @ApiNumber('The figure less that of the period before. Null where either is null.', 1204, { nullable: true })
  absolute!: number | bigint | null;

  @ApiNumber('In percent of the period before. Null where either is null, or there was nothing before.', 7.069931, {
    nullable: true,
  })
  percent!: number | null;
}

/** The period before, `[from, to)`. */
export class PreviousPeriodDto {
  @ApiInstant('First instant.', '2026-11-20T17:05:00.000Z')
  from!: string;

  @ApiInstant('End, which is the start of the window.', '2026-11-21T17:05:00.000Z')
  to!: string;
}

/** Changes by the name of the figure. */
@ApiExtraModels(ChangeDto)
export class ChangesDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ChangeDto) },
    description: 'The change of each figure in `usage`.',
  })
  usage!: Record<string, ChangeDto>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ChangeDto) },
    description: 'The change of each figure in `latency`, with `includeLatency`.',
  })
  latency?: Record<string, ChangeDto>;
}

/** The figures of the period before, and the change since. */
export class ComparisonDto {
  @ApiProperty({ type: PreviousPeriodDto, description: 'The period before the window; see `compare`.' })
  period!: PreviousPeriodDto;

  @ApiProperty({ type: UsageTotalsDto, description: 'Its totals.' })
  usage!: UsageTotalsDto;

  @ApiProperty({ type: [PointDto], description: 'Its time series, by the same granularity.' })
  timeSeries!: PointDto[];

  @ApiPropertyOptional({ type: LatencyDto, description: 'With `includeLatency`.' })
  latency?: LatencyDto;

  @ApiProperty({ type: ChangesDto, description: 'What has changed since.' })
  change!: ChangesDto;
}
