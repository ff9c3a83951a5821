import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { OptionalAccountId } from '../../http/fields';

/** The query of `GET /usage/live`. */
export class LiveQueryDto {
  /** One key; all keys of the account when left out. */
  @ApiPropertyOptional({
    description: 'A key of the account. Left out: all keys of the account.',
    example: 'key_4fTz0aQ8c1dR7w2L',
    maxLength: 128,
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: 'keyId should be 1 to 128 printable characters without spaces.' })
  keyId?: string;

  /** Admins only. */
  @OptionalAccountId('Admins only: the account to watch. Left out, an admin watches all accounts together.')
  accountId?: string;
}
