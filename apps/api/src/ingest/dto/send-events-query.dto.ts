import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsQueryBoolean, OptionalAccountId } from '../../http/fields';

/** The query of `POST /events`. */
export class SendEventsQueryDto {
  /** Whether to answer only when the events show in `GET /usage`. */
  @ApiPropertyOptional({
    description:
      'Answer only when the events show in `GET /usage`. Without it the answer comes when they are on disk, and they ' +
      'show within about a second.',
    type: Boolean,
    default: false,
    example: false,
  })
  @IsQueryBoolean()
  wait: boolean = false;

  /** Admins only. */
  @OptionalAccountId(
    'Admins only: the account the events belong to. Each event then names a key of it in `keyId`; a key the service ' +
      'has not seen is listed as an external key of the account. Left out, each event belongs to the account of its key.',
  )
  accountId?: string;
}
