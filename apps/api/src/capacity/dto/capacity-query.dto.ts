import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsQueryList, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';

const ID = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** The query of `GET /usage/capacity`. */
export class CapacityQueryDto extends ListQueryDto {
  @ApiPropertyOptional({
    description:
      'Only these keys of the account; several are separated by commas, or the parameter is repeated. Left out: all that are active.',
    type: [String],
    example: ['key_4fTz0aQ8c1dR7w2L'],
  })
  @IsQueryList(ID, '1 to 128 printable characters without spaces or commas')
  keyId: readonly string[] = [];

  @OptionalAccountId('Admins only: the account to read. Left out, an admin reads the keys of all accounts.')
  accountId?: string;
}
