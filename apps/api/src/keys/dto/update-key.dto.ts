import { ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { PERMISSIONS, type Permission, TIERS, type Tier } from '../../auth/key';
import { ValidateIf } from 'class-validator';
import { IsOneOf } from '../../http/fields';
import { CreateKeyDto } from './create-key.dto';

/** The body of `PATCH /keys/{keyId}`: what is left out stays. */
export class UpdateKeyDto extends PartialType(OmitType(CreateKeyDto, ['accountId', 'tier'] as const), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({
    description:
      "The key's tier, which sets its limits. A member cannot go above the highest of its account's keys, nor lift a key above its own. A tier other than enterprise takes the key's own limits away.",
    enum: TIERS,
    enumName: 'Tier',
    example: 'professional',
  })
  // Null is no tier, and left out it has no default here.
  @ValidateIf(({ tier }: UpdateKeyDto) => tier !== undefined)
  @IsOneOf(TIERS)
  tier?: Tier;

  @ApiPropertyOptional({
    description: 'What the key may do, in place of what it may do now. A member can grant what its own key holds.',
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    minItems: 1,
    uniqueItems: true,
    example: ['usage:read'],
  })
  override permissions?: Permission[];
}
