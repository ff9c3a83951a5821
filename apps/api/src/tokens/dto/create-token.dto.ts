import { ApiPropertyOptional } from '@nestjs/swagger';
import { KEY_ID, idRule } from '@meterhouse/common';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsOptional, Matches } from 'class-validator';
import { MAX_TOKEN_KEYS, TOKEN_PERMISSIONS, type TokenPermission } from '../../auth/share-token';
import { IsSomeOf, IsWholeNumber, OptionalAccountId } from '../../http/fields';

const MIN_SECONDS = 60;
const MAX_SECONDS = 2_592_000;

/** The body of `POST /tokens`. */
export class CreateTokenDto {
  @OptionalAccountId("The account that the token reads; admins only. Left out: the calling key's account.")
  accountId?: string;

  @ApiPropertyOptional({
    description: `The keys of the account that the token reads, at most ${MAX_TOKEN_KEYS}; others do not exist for it. Left out: all of them.`,
    type: [String],
    minItems: 1,
    maxItems: MAX_TOKEN_KEYS,
    uniqueItems: true,
    example: ['key_4fJ2mZ0aQ9xT7bKd'],
  })
  @IsOptional()
  @Matches(KEY_ID, { each: true, message: `Each of keyIds should be the id of a key: ${idRule(128)}.` })
  @ArrayUnique({ message: 'keyIds should name each key once.' })
  @ArrayMaxSize(MAX_TOKEN_KEYS, { message: `keyIds should name at most ${MAX_TOKEN_KEYS} keys.` })
  @ArrayNotEmpty({ message: 'keyIds should name at least one key, or be left out for all of them.' })
  @IsArray({ message: 'keyIds should be a list of ids of keys.' })
  keyIds?: string[];

  @ApiPropertyOptional({
    description: 'What the token may do, as far as the calling key may. Left out: all of these that the key may.',
    enum: TOKEN_PERMISSIONS,
    enumName: 'TokenPermission',
    isArray: true,
    minItems: 1,
    uniqueItems: true,
    example: ['usage:read'],
  })
  @IsOptional()
  @IsSomeOf(TOKEN_PERMISSIONS, 'permission')
  permissions?: TokenPermission[];

  @ApiPropertyOptional({
    description: 'Seconds for which the token works; a minute to 30 days.',
    type: 'integer',
    format: 'int64',
    minimum: MIN_SECONDS,
    maximum: MAX_SECONDS,
    default: 3_600,
    example: 3_600,
  })
  @IsOptional()
  @IsWholeNumber(MIN_SECONDS, MAX_SECONDS)
  expiresInSeconds?: number;
}
