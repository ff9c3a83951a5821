import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { KEY_STATUSES, type KeyStatus, TIERS, type Tier } from '../../auth/key';
import { IsOneOf, IsQueryInteger, OptionalAccountId } from '../../http/fields';

/** The query of `GET /keys/{keyId}`. */
export class KeyQuery {
  @OptionalAccountId('Only keys of this account; admins only. Left out, an admin reads all accounts together.')
  accountId?: string;
}

/** The query of `GET /keys`. */
export class KeysQuery extends KeyQuery {
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
    description: 'Most keys in the answer.',
    type: 'integer',
    minimum: 1,
    maximum: 1_000,
    default: 100,
    example: 100,
  })
  @IsQueryInteger(1, 1_000)
  limit: number = 100;

  @ApiPropertyOptional({
    description: 'Keys to leave out before the first.',
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000_000,
    default: 0,
    example: 0,
  })
  @IsQueryInteger(0, 1_000_000_000)
  offset: number = 0;
}
