import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant, IsOneOf, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';
import { AUDIT_ACTIONS, type AuditAction } from '../audit-entry';

/** The years that the audit log can hold. */
const YEARS = { from: Date.UTC(1970, 0, 1), before: Date.UTC(2200, 0, 1) };

/** The query of `GET /admin/audit`. */
export class AuditQueryDto extends ListQueryDto {
  @OptionalAccountId('Only what this account did, or what was done to it.')
  accountId?: string;

  @ApiPropertyOptional({
    description: 'Only entries of this action.',
    enum: AUDIT_ACTIONS,
    enumName: 'AuditAction',
    example: 'key.revoked',
  })
  @IsOptional()
  @IsOneOf(AUDIT_ACTIONS)
  action?: AuditAction;

  @ApiPropertyOptional({
    description: 'Only entries at or after this: a date (midnight UTC) or an ISO 8601 time.',
    type: String,
    example: '2026-02-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  from?: string;

  @ApiPropertyOptional({
    description: 'Only entries before this: a date (midnight UTC) or an ISO 8601 time.',
    type: String,
    example: '2026-03-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  to?: string;
}
