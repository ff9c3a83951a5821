import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { KEY_STATUSES, type KeyStatus, TIERS, type Tier } from '../../auth/key';
import { IsOneOf, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';

/** The query of `GET /keys/{keyId}`. */
export class KeyQuery {
  @OptionalAccountId('Only keys of this account; admins only. Left out, an admin reads all accounts together.')
  accountId?: string;
}

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
}
