import { ApiProperty } from '@nestjs/swagger';
import type { Quantity } from '@meterhouse/pricing';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';
import { PriceDto } from './plan-fields';

/** A version of a plan. */
export class PlanDto {
  @ApiProperty({ description: 'The id of the plan.', example: 'pln_4fJ2mZ0aQ9xT7bKd' })
  id!: string;

  @ApiCount('The number of the version, from 1.', 2)
  version!: number;

  @ApiProperty({ description: 'Its name.', example: 'Starter' })
  name!: string;

  @ApiProperty({ description: 'The currency of all its amounts (ISO 4217).', example: 'USD' })
  currency!: string;

  @ApiProperty({ description: 'The zone in which periods begin.', example: 'UTC' })
  timezone!: string;

  @ApiCount('The day of the month on which periods begin; in shorter months the last one.', 1)
  anchorDay!: number;

  @ApiInstant('From when on the version holds.', '2026-11-01T00:00:00.000Z')
  effectiveFrom!: string;

  @ApiProperty({ description: 'Due for each period.', example: '49.00' })
  flatFee!: string;

  @ApiProperty({ description: 'A request is priced by the first one that matches it.', type: () => [PriceDto] })
  prices!: PriceDto[];

  @ApiProperty({ description: 'Statuses whose requests cost nothing.', type: [String], example: ['5xx', '429'] })
  freeStatuses!: string[];

  @ApiProperty({
    description: 'Taken off what the prices come to, not off the flat fee.',
    oneOf: [{ type: 'number' }, { type: 'string' }],
    example: 15,
  })
  discountPercent!: Quantity;

  @ApiProperty({ description: 'What a period costs at least.', type: String, nullable: true, example: '50' })
  minimum!: string | null;

  @ApiProperty({ description: 'What a period costs at most.', type: String, nullable: true, example: null })
  maximum!: string | null;
}

/** One version of a plan. */
export class OnePlanResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The plan.', type: () => PlanDto })
  plan!: PlanDto;

  @ApiInstant('When the answer was made.', '2026-11-28T12:00:00.000Z')
  timestamp!: string;
}

/** A plan with all of its versions. */
export class PlanWithVersionsResponseDto extends OnePlanResponseDto {
  @ApiProperty({ description: 'All versions, the first one first.', type: () => [PlanDto] })
  versions!: PlanDto[];
}

/** One page of plans. */
export class PlansResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The newest version of each plan.', type: () => [PlanDto] })
  plans!: PlanDto[];

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When the answer was made.', '2026-11-28T12:00:00.000Z')
  timestamp!: string;
}
