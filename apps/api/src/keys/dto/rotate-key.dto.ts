import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsWholeNumber } from '../../http/fields';

const WEEK_SECONDS = 604_800;

/** The body of `POST /keys/{keyId}/rotate`. */
export class RotateKeyDto {
  @ApiPropertyOptional({
    description: 'Seconds for which the old secret still works; 0 ends it at once.',
    type: 'integer',
    format: 'int64',
    minimum: 0,
    maximum: WEEK_SECONDS,
    default: 0,
    example: 3_600,
  })
  @IsOptional()
  @IsWholeNumber(0, WEEK_SECONDS)
  gracePeriodSeconds?: number;
}
