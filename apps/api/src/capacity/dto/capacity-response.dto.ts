import { ApiProperty } from '@nestjs/swagger';
import { TIERS, type Tier } from '../../auth/key';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../http/response-fields';
import { WINDOWS, type Window } from '../../rate-limiting/call-counters';

export class ExhaustionDto {
  @ApiInstant(
    'The UTC day on which the limit is expected to be met. Null: not within 90 days.',
    '2027-01-14T00:00:00.000Z',
    {
      nullable: true,
    },
  )
  expected!: string | null;

  @ApiInstant(
    'The day by the upper bound of the 80 % interval: as early as in one of ten cases.',
    '2026-12-20T00:00:00.000Z',
    {
      nullable: true,
    },
  )
  earliest!: string | null;

  @ApiInstant('The day by the lower bound of the 80 % interval.', null, { nullable: true })
  latest!: string | null;
}

export class KeyLimitDto {
  @ApiProperty({ description: 'The key.', example: 'key_4fTz0aQ8c1dR7w2L' })
  keyId!: string;

  @ApiProperty({ description: 'The account that owns it.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ description: 'What the key is called.', example: 'website' })
  name!: string;

  @ApiProperty({ description: 'Its tier.', enum: TIERS, example: 'starter' })
  tier!: Tier;

  @ApiProperty({
    description: 'The clock minute, hour or UTC day that the limit is of.',
    enum: WINDOWS,
    example: 'minute',
  })
  window!: Window;

  @ApiCount('Requests that the limit allows in the window.', 300)
  limit!: number;

  @ApiCount(
    'Requests in the fullest window of the last 30 days, throttled ones among them; 0 where there were none.',
    241,
  )
  peak!: number;

  @ApiInstant('Start of that window; null where there were no requests.', '2026-11-24T14:07:00.000Z', {
    nullable: true,
  })
  peakAt!: string | null;

  @ApiNumber('The peak in percent of the limit; above 100 requests were more than the limit allows.', 80.33)
  utilization!: number;

  @ApiProperty({
    description:
      'When the demand of a day meets the limit: today, where it has already. Null where even the upper bound does not within 90 days, or there are less than 14 complete days.',
    type: ExhaustionDto,
    nullable: true,
  })
  exhausts!: ExhaustionDto | null;
}

export class CapacityResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({
    description:
      'One for each limit of each key, the first to run out first, then by use. Keys without limits have none.',
    type: [KeyLimitDto],
  })
  limits!: KeyLimitDto[];

  @ApiProperty({ description: 'Where this page stands in the whole list.', type: ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When the answer was made.', '2026-11-28T09:41:07.000Z')
  timestamp!: string;
}
