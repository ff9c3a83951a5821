import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsOneOf } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';

export const ACCOUNT_SORTS = ['requests', 'errors', 'lastUsedAt'] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

export const ORDERS = ['desc', 'asc'] as const;

/** The query of `GET /accounts`. */
export class AccountsQueryDto extends ListQueryDto {
  @ApiPropertyOptional({
    description: 'Only accounts whose id holds this text, in upper or lower case.',
    maxLength: 64,
    example: 'acm',
  })
  @IsOptional()
  @MaxLength(64, { message: 'search should have at most 64 characters, as ids of accounts do.' })
  @IsString({ message: 'search should be given once.' })
  search?: string;

  @ApiPropertyOptional({
    description:
      'By the requests of the last 30 days, by those that failed, or by when the account was last used. Equal ones are in the order of their ids.',
    enum: ACCOUNT_SORTS,
    enumName: 'AccountSort',
    default: 'requests',
    example: 'requests',
  })
  @IsOneOf(ACCOUNT_SORTS)
  sort: AccountSort = 'requests';

  @ApiPropertyOptional({
    description: 'Highest or lowest first. Accounts that were never used are the last either way.',
    enum: ORDERS,
    enumName: 'Order',
    default: 'desc',
    example: 'desc',
  })
  @IsOneOf(ORDERS)
  order: (typeof ORDERS)[number] = 'desc';
}
