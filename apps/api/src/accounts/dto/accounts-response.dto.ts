import { ApiProperty } from '@nestjs/swagger';
import { TIERS, type Tier } from '../../auth/key';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';

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
export class AccountDto {
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
