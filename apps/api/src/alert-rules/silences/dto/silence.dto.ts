import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, ApiSuccess } from '../../../http/response-fields';
import { ListPaginationDto, ListQueryDto } from '../../../http/list.dto';
import { OptionalAccountId } from '../../../http/fields';
import { BodyField } from '../../rules/dto/rule-fields';

/** The body of `POST /alerts/silences`. */
export class CreateSilenceDto {
  @BodyField({
    type: String,
    nullable: true,
    description:
      "The account whose alerts are silenced; admins only. null: all accounts. Left out: the calling key's account.",
    example: 'acme',
  })
  accountId?: unknown;

  @BodyField({
    type: [String],
    description: 'Rules of the account, at most 100; left out or empty: all of them.',
    example: [],
  })
  ruleIds?: unknown;

  @BodyField({
    type: [String],
    description: 'Of rules that are grouped the keys or endpoints, at most 100; left out or empty: all of them.',
    example: ['/v1/orders'],
  })
  groups?: unknown;

  @BodyField({
    type: String,
    format: 'date-time',
    description: 'When it begins; left out: now.',
    example: '2026-03-02T10:00:00Z',
  })
  from?: unknown;

  @BodyField(
    {
      type: String,
      format: 'date-time',
      description: 'When it ends, in the future and after its begin.',
      example: '2099-03-02T12:00:00Z',
    },
    true,
  )
  to?: unknown;

  @BodyField({ type: String, nullable: true, description: 'Why, in at most 500 characters.', example: 'Migration' })
  comment?: unknown;
}

/** The query of `GET /alerts/silences`. */
export class SilencesQueryDto extends ListQueryDto {
  @OptionalAccountId('Admins only: the account whose silences are listed. Left out, an admin lists all of them.')
  accountId?: string;
}

/** A silence. */
export class SilenceDto {
  @ApiProperty({ type: String, description: 'Names the silence.', example: 'sil_5J2nS0aQ9xT7bKd4' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The account; null: all of them.', example: 'acme' })
  accountId!: string | null;

  @ApiProperty({ type: [String], description: 'The rules; empty: all.', example: [] })
  ruleIds!: readonly string[];

  @ApiProperty({ type: [String], description: 'The keys or endpoints; empty: all.', example: [] })
  groups!: readonly string[];

  @ApiInstant('When it begins.', '2026-03-02T10:00:00.000Z')
  from!: string;

  @ApiInstant('When it ends.', '2026-03-02T12:00:00.000Z')
  to!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why.', example: 'Migration' })
  comment!: string | null;

  @ApiInstant('When it was made.', '2026-03-02T09:00:00.000Z')
  createdAt!: string;
}

/** One silence. */
export class OneSilenceDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: SilenceDto, description: 'The silence.' })
  silence!: SilenceDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** A page of silences. */
export class SilencesDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: [SilenceDto], description: 'The latest to end first.' })
  silences!: SilenceDto[];

  @ApiProperty({ type: ListPaginationDto, description: 'Where the page stands.' })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
