import { ApiProperty } from '@nestjs/swagger';
import { TIERS, type Tier } from '../../auth/key';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';

export class TriedLimitDto {
  @ApiCount('Requests in a clock minute; null: no limit.', 300, { nullable: true })
  requestsPerMinute!: number | null;

  @ApiCount('Requests in a clock hour; null: no limit.', null, { nullable: true })
  requestsPerHour!: number | null;

  @ApiCount('Requests in a UTC day; null: no limit.', 100_000, { nullable: true })
  requestsPerDay!: number | null;
}

export class WorstMinuteDto {
  @ApiInstant('Start of the minute; the first, where several are equal.', '2026-11-24T14:07:00.000Z')
  at!: string;

  @ApiCount('Requests that would have been refused in it.', 41)
  requests!: number;
}

export class BacktestDto {
  @ApiProperty({ description: 'What was tried.', type: TriedLimitDto })
  limit!: TriedLimitDto;

  @ApiCount('Requests that would have been refused.', 412)
  throttledRequests!: number;

  @ApiCount('Clock minutes in which some would have been refused.', 18)
  throttledMinutes!: number;

  @ApiCount('UTC days in which some would have been refused.', 3)
  throttledDays!: number;

  @ApiProperty({
    description: 'The minute in which most would have been refused; null where none would.',
    type: WorstMinuteDto,
    nullable: true,
  })
  worst!: WorstMinuteDto | null;
}

export class TierBacktestDto extends BacktestDto {
  @ApiProperty({
    description: 'The tier; enterprise has the limits of the key itself, or none.',
    enum: TIERS,
    example: 'starter',
  })
  tier!: Tier;
}

export class KeyBacktestDto {
  @ApiProperty({ description: 'The key.', example: 'key_4fTz0aQ8c1dR7w2L' })
  keyId!: string;

  @ApiProperty({ description: 'The account that owns it.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ description: 'What the key is called.', example: 'website' })
  name!: string;

  @ApiProperty({ description: 'Its tier now.', enum: TIERS, example: 'free' })
  tier!: Tier;

  @ApiCount('What the key sent in the window, throttled requests among it.', 240_117)
  requests!: number;

  @ApiProperty({
    description:
      'The lowest tier that would have refused nothing; null where each would have, also enterprise with the own limits of the key.',
    enum: TIERS,
    nullable: true,
    example: 'professional',
  })
  fits!: Tier | null;

  @ApiProperty({ description: 'What each tier would have refused, the lowest first.', type: [TierBacktestDto] })
  byTier!: TierBacktestDto[];

  @ApiProperty({
    description:
      'What the limits of `requestsPerMinute`, `requestsPerHour` and `requestsPerDay` would have refused; null where none is given.',
    type: BacktestDto,
    nullable: true,
  })
  custom!: BacktestDto | null;
}

export class AllKeysDto {
  @ApiCount('Keys that would have been throttled.', 17)
  throttledKeys!: number;

  @ApiCount('Their requests that would have been refused.', 9_120)
  throttledRequests!: number;
}

export class TierOfAllKeysDto extends AllKeysDto {
  @ApiProperty({ description: 'The tier.', enum: TIERS, example: 'starter' })
  tier!: Tier;

  @ApiCount('Keys that it fits, and no lower one does.', 240)
  fits!: number;
}

export class TierSummaryDto {
  @ApiCount('Keys.', 1_204)
  keys!: number;

  @ApiCount('What they sent in the window, throttled requests among it.', 4_120_388)
  requests!: number;

  @ApiProperty({ description: 'All keys in each tier, the lowest first.', type: [TierOfAllKeysDto] })
  byTier!: TierOfAllKeysDto[];

  @ApiProperty({
    description: 'All keys with the limits that are given; null where none is.',
    type: AllKeysDto,
    nullable: true,
  })
  custom!: AllKeysDto | null;
}

export class TestedPeriodDto {
  @ApiInstant('Start of the first UTC day that is tested.', '2026-10-29T00:00:00.000Z')
  from!: string;

  @ApiInstant('End, exclusive.', '2026-11-28T09:41:07.000Z')
  to!: string;
}

export class TiersResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({
    description: 'What was tested; of the window that was asked for as much as minutes are stored of.',
    type: TestedPeriodDto,
  })
  period!: TestedPeriodDto;

  @ApiProperty({
    description: 'All keys together, those of other pages too.',
    type: TierSummaryDto,
  })
  summary!: TierSummaryDto;

  @ApiProperty({
    description: 'One for each key, those first of which their own tier would have refused most.',
    type: [KeyBacktestDto],
  })
  keys!: KeyBacktestDto[];

  @ApiProperty({
    description: 'What of the window could not be tested, and why; null where all was.',
    type: String,
    nullable: true,
    example: 'Minutes are stored since 2026-11-01T00:00:00.000Z; what was sent before could not be tested.',
  })
  notice!: string | null;

  @ApiProperty({ description: 'Where this page stands in the whole list.', type: ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When the answer was made.', '2026-11-28T09:41:07.000Z')
  timestamp!: string;
}
