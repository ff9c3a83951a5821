import { ApiPropertyOptional } from '@nestjs/swagger';
import { TIMEFRAMES, type Timeframe } from '@meterhouse/common';
import { IsOptional } from 'class-validator';
import { IsInstant, IsOneOf, IsQueryInteger, IsQueryList, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';

const ID = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** The largest limit that a key can have. */
const MAX_LIMIT = 4_294_967_295;

/** The query of `GET /usage/tiers`. */
export class TiersQueryDto extends ListQueryDto {
  @ApiPropertyOptional({
    description: 'How far the window reaches back from now; 30d where `from` is left out too.',
    enum: TIMEFRAMES,
    default: '30d',
    example: '30d',
  })
  @IsOptional()
  @IsOneOf(TIMEFRAMES)
  timeframe?: Timeframe;

  @ApiPropertyOptional({
    description:
      'First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a UTC date. A window begins with a UTC day, the longest of the windows of limits.',
    type: String,
    example: '2026-10-01',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    description: 'End of the window, exclusive, rounded up to the hour. Left out, or in the future: now.',
    type: String,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({
    description: 'A limit to try beside those of the tiers: requests in a clock minute.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    example: 120,
  })
  @IsQueryInteger(1, MAX_LIMIT)
  requestsPerMinute?: number;

  @ApiPropertyOptional({
    description: 'A limit to try: requests in a clock hour.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    example: 3_000,
  })
  @IsQueryInteger(1, MAX_LIMIT)
  requestsPerHour?: number;

  @ApiPropertyOptional({
    description: 'A limit to try: requests in a UTC day.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    example: 50_000,
  })
  @IsQueryInteger(1, MAX_LIMIT)
  requestsPerDay?: number;

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
