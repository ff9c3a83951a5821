import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsOptional } from 'class-validator';
import { IsInstant } from '../http/fields';
import { PlanFields, PriceDto } from './dto/plan-fields';

const YEARS = { from: Date.UTC(2000, 0, 1), before: Date.UTC(2100, 0, 1) };

/** The body of `POST /plans` and `PUT /plans/{id}`; `readPlan` of libs/pricing checks all but `effectiveFrom`. */
export class PlanBodyDto implements Partial<Record<keyof PlanFields, unknown>> {
  @ApiProperty({ description: 'Its name.', type: String, maxLength: 100, example: 'Starter' })
  @Allow()
  name!: unknown;

  @ApiProperty({ description: 'The currency of all its amounts (ISO 4217).', type: String, example: 'USD' })
  @Allow()
  currency!: unknown;

  @ApiPropertyOptional({
    description: 'The zone in which periods begin.',
    type: String,
    default: 'UTC',
    example: 'UTC',
  })
  @Allow()
  timezone?: unknown;

  @ApiPropertyOptional({
    description: 'The day of the month on which periods begin; in shorter months the last one.',
    type: 'integer',
    minimum: 1,
    maximum: 31,
    default: 1,
    example: 1,
  })
  @Allow()
  anchorDay?: unknown;

  @ApiPropertyOptional({
    description:
      'From when on the version holds: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Left out: ' +
      'now. Rounded down to the hour. The first version prices what was before, too.',
    type: String,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  effectiveFrom?: string;

  @ApiPropertyOptional({ description: 'Due for each period.', type: String, default: '0', example: '49.00' })
  @Allow()
  flatFee?: unknown;

  @ApiPropertyOptional({
    description: 'At most 100. A request is priced by the first one that matches it.',
    type: () => [PriceDto],
  })
  @Allow()
  prices?: unknown;

  @ApiPropertyOptional({
    description: 'Statuses, or classes of them, whose requests cost nothing.',
    type: [String],
    default: [],
    example: ['5xx', '429'],
  })
  @Allow()
  freeStatuses?: unknown;

  @ApiPropertyOptional({
    description: 'Taken off what the prices come to, not off the flat fee.',
    type: Number,
    minimum: 0,
    maximum: 100,
    default: 0,
    example: 15,
  })
  @Allow()
  discountPercent?: unknown;

  @ApiPropertyOptional({ description: 'What a period costs at least.', type: String, nullable: true, example: '50' })
  @Allow()
  minimum?: unknown;

  @ApiPropertyOptional({ description: 'What a period costs at most.', type: String, nullable: true, example: '5000' })
  @Allow()
  maximum?: unknown;
}
