import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { KEY_STATUSES, type KeyStatus, TIERS, type Tier } from '../../auth/key';
import { IsOneOf, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';

/** The query of `GET /keys/{keyId}`. */
export class KeyQuery {
  @OptionalAccountId('Only keys of this account; admins only. Left out, an admin reads all accounts together.')
  accountId?: string;
}

export const KEY_SORTS = ['createdAt', 'name', 'requests', 'lastUsedAt'] as const;

export const KEY_ORDERS = ['asc', 'desc'] as const;

/** The query of `GET /keys`. */
export class KeysQuery extends IntersectionType(KeyQuery, ListQueryDto) {
  @ApiPropertyOptional({
    description: 'Only keys of this status.',
    enum: KEY_STATUSES,
    enumName: 'KeyStatus',
    example: 'active',
  })
  @IsOptional()
  @IsOneOf(KEY_STATUSES)
  status?: KeyStatus;

  @ApiPropertyOptional({ description: 'Only keys of this tier.', enum: TIERS, enumName: 'Tier', example: 'starter' })
  @IsOptional()
  @IsOneOf(TIERS)
  tier?: Tier;

  @ApiPropertyOptional({
    description: 'Only keys whose name, id or account holds this text, in upper or lower case.',
    maxLength: 128,
    example: 'checkout',
  })
  @IsOptional()
  @MaxLength(128, { message: 'search should have at most 128 characters, as ids of keys do.' })
  @IsString({ message: 'search should be given once.' })
  search?: string;

  @ApiPropertyOptional({
    description:
      'By when a key was made, by its name, by all of its requests, or by when it was last used. Equal ones are in order of creation.',
    enum: KEY_SORTS,
    enumName: 'KeySort',
    default: 'createdAt',
    example: 'createdAt',
  })
  @IsOneOf(KEY_SORTS)
  sort: (typeof KEY_SORTS)[number] = 'createdAt';

  @ApiPropertyOptional({
    description: 'Lowest or highest first. Keys that were never used are the last by lastUsedAt either way.',
    enum: KEY_ORDERS,
    enumName: 'KeyOrder',
    default: 'asc',
    example: 'asc',
  })
  @IsOneOf(KEY_ORDERS)
  order: (typeof KEY_ORDERS)[number] = 'asc';
}
