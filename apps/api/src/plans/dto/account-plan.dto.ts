import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsInstant } from '../../http/fields';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';
import { PlanDto } from './plan.dto';

const YEARS = { from: Date.UTC(2000, 0, 1), before: Date.UTC(2100, 0, 1) };

/** The body of `PUT /accounts/{id}/plan`. */
export class AssignPlanDto {
  @ApiProperty({ description: 'The plan.', example: 'pln_4fJ2mZ0aQ9xT7bKd' })
  @Matches(/^[A-Za-z0-9_]{1,64}$/, { message: 'planId should be the id of a plan, as GET /plans lists them.' })
  planId!: string;

  @ApiPropertyOptional({
    description:
      'From when on: ISO 8601 with an offset, or a date, whose start in the zone of the plan is meant. Left out: the ' +
      'start of the running period of the plan. Rounded down to the hour.',
    type: String,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  from?: string;
}

/** A plan that an account has from an instant on. */
export class AssignmentDto {
  @ApiProperty({ description: 'The plan.', example: 'pln_4fJ2mZ0aQ9xT7bKd' })
  planId!: string;

  @ApiInstant('From when on.', '2026-11-01T00:00:00.000Z')
  from!: string;
}

/** The plan of an account. */
export class AccountPlanResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The account.', example: 'acme' })
  accountId!: string;

  @ApiProperty({
    description: 'The plan that holds now, as it is now; the first one where all are to come.',
    type: () => PlanDto,
  })
  plan!: PlanDto;

  @ApiInstant('From when on it holds.', '2026-11-01T00:00:00.000Z')
  from!: string;

  @ApiProperty({ description: 'All plans of the account, past ones and those to come.', type: () => [AssignmentDto] })
  assignments!: AssignmentDto[];

  @ApiInstant('When the answer was made.', '2026-11-28T12:00:00.000Z')
  timestamp!: string;
}
