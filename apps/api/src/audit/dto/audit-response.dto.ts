import { ApiProperty } from '@nestjs/swagger';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';
import { AUDIT_ACTIONS, type AuditAction } from '../audit-entry';

/** Who acted. */
export class AuditActorDto {
  @ApiProperty({
    description: 'The key that was sent; null where it is unknown.',
    type: String,
    nullable: true,
    example: 'key_4fJ2mZ0aQ9xT7bKd',
  })
  keyId!: string | null;

  @ApiProperty({ description: 'Its account.', type: String, nullable: true, example: 'acme' })
  accountId!: string | null;

  @ApiProperty({
    description:
      "The client's IP address, of refused sign-ins over IPv6 its /64; null where the entry stands for several addresses.",
    type: String,
    nullable: true,
    example: '203.0.113.7',
  })
  address!: string | null;
}

/** An entry of the audit log. */
export class AuditEntryDto {
  @ApiInstant('When it was done; of refused sign-ins when the first was.', '2026-03-02T10:15:29.412Z')
  at!: string;

  @ApiProperty({
    description: 'What was done.',
    enum: AUDIT_ACTIONS,
    enumName: 'AuditAction',
    example: 'key.revoked',
  })
  action!: AuditAction;

  @ApiProperty({ description: 'Who did it.', type: () => AuditActorDto })
  actor!: AuditActorDto;

  @ApiProperty({
    description: 'The id of what was changed: of a key, a token or an account; null where it is none of these.',
    type: String,
    nullable: true,
    example: 'key_77c1mZ0aQ9xT7bKd',
  })
  target!: string | null;

  @ApiProperty({
    description:
      'What else there is to say: the account of the target (`accountId`), new values, or counts. Refused sign-ins have `count`, `errors` (by code) and `until`.',
    type: 'object',
    additionalProperties: true,
    example: { accountId: 'acme', name: 'Production' },
  })
  details!: Record<string, unknown>;
}

/** The answer to `GET /admin/audit`. */
export class AuditResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'One page, the newest first.', type: () => [AuditEntryDto] })
  entries!: AuditEntryDto[];

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
