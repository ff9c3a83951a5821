import { ApiProperty } from '@nestjs/swagger';
import { TIERS, type Tier } from '../../auth/key';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';
import { LIMIT_NAMES, type Limits } from '../limits';
import { LimitsDto } from './limits.dto';

/** How many keys an account has. */
export class AccountKeysDto {
  @ApiCount('All of its keys, external ones too.', 4)
  total!: number;

  @ApiCount('Those that are neither expired nor revoked.', 2)
  active!: number;
}

/** How much an account was used. */
export class AccountUsageDto {
  @ApiCount('Requests of the last 30 days, as `GET /usage?timeframe=30d` counts them.', 48_213)
  requests!: number;

  @ApiCount('Requests of the 30 days before.', 40_090)
  previousRequests!: number;

  @ApiCount('Of the last 30 days those that failed.', 312)
  failedRequests!: number;
}

/** An account: who owns keys. */
export class AccountWithLimitsDto {
  @ApiProperty({ description: 'Its id, as `accountId` takes it.', example: 'acme' })
  id!: string;

  @ApiProperty({ description: 'Its keys.', type: () => AccountKeysDto })
  keys!: AccountKeysDto;

  @ApiProperty({
    description: 'The highest tier among its active keys, external ones aside; null: it has none.',
    type: String,
    enum: [...TIERS, null],
    nullable: true,
    example: 'starter',
  })
  tier!: Tier | null;

  @ApiProperty({ description: 'Its limits, as they hold.', type: () => LimitsDto })
  limits!: LimitsDto;

  @ApiProperty({
    description: 'Those of them that an admin set; the others are those of the tier.',
    enum: LIMIT_NAMES,
    enumName: 'LimitName',
    isArray: true,
    example: ['eventsPerDay'],
  })
  customLimits!: (keyof Limits)[];
}

/** An account with its usage. */
export class AccountDto extends AccountWithLimitsDto {
  @ApiInstant('The newest event or call of its keys; null: none yet.', '2026-03-02T10:15:29.412Z', { nullable: true })
  lastUsedAt!: string | null;

  @ApiProperty({ description: 'Its usage.', type: () => AccountUsageDto })
  usage!: AccountUsageDto;
}

/** The answer to `GET /accounts`. */
export class AccountsResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'One page, in the order asked for.', type: () => [AccountDto] })
  accounts!: AccountDto[];

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer to `PATCH /accounts/{accountId}`. */
export class OneAccountResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The account.', type: () => AccountWithLimitsDto })
  account!: AccountWithLimitsDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
