import { ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { ACCOUNT_ID, KEY_ID } from '@meterhouse/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsOptional } from 'class-validator';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';
import { IsAccountId, IsKeyId } from '../../http/fields';
import { OptionalInstant } from '../fields';

/** The body of `POST /admin/events/delete`. */
export class DeleteEventsDto {
  @ApiProperty({ description: 'The account whose events are deleted.', pattern: ACCOUNT_ID.source, example: 'acme' })
  @IsAccountId()
  accountId!: string;

  @ApiPropertyOptional({
    description: 'Only events of this key of the account. Default: all its keys.',
    pattern: KEY_ID.source,
    example: 'key_4fJ2mZ0aQ9xT7bKd',
  })
  @IsOptional()
  @IsKeyId()
  keyId?: string;

  @OptionalInstant(
    'Only events at or after this: a date (midnight UTC) or an ISO 8601 time, within the raw retention. Default: from the first event on.',
    '2026-02-14T09:00:00Z',
  )
  from?: string;

  @OptionalInstant(
    'Only events before this: a date (midnight UTC) or an ISO 8601 time, within the raw retention. Default: to the last event.',
    '2026-02-15',
  )
  to?: string;

  @ApiProperty({ type: Boolean, enum: [true], description: 'Has to be true: what is deleted is gone.', example: true })
  @Equals(true, { message: 'confirm should be true: what is deleted is gone.' })
  confirm!: true;
}

/** What was removed from one rollup. */
export class RollupDeletionDto {
  @ApiProperty({ description: 'The rollup, by its table.', enum: ROLLUPS, enumName: 'Rollup', example: 'usage_day' })
  rollup!: Rollup;

  @ApiProperty({
    type: 'integer',
    description: 'Requests it has fewer now; more than the raw events where it is kept for longer.',
    minimum: 0,
    example: 12_345,
  })
  requestsRemoved!: number;
}

/** The answer of `POST /admin/events/delete`. */
export class DeleteEventsResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The account.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The key; null for all keys.', example: null })
  keyId!: string | null;

  @ApiInstant('Start of what was deleted; null where none was given.', '2026-02-14T09:00:00.000Z', { nullable: true })
  from!: string | null;

  @ApiInstant('End of what was deleted, not included; null where none was given.', '2026-02-15T00:00:00.000Z', {
    nullable: true,
  })
  to!: string | null;

  @ApiProperty({ type: 'integer', description: 'Raw events that were deleted.', minimum: 0, example: 12_345 })
  eventsDeleted!: number;

  @ApiProperty({
    type: 'integer',
    description:
      "Events that were deleted from this instance's dead letters and damaged parts of the log, out of which they could have been taken back.",
    minimum: 0,
    example: 0,
  })
  parkedEventsDeleted!: number;

  @ApiProperty({ type: [RollupDeletionDto], description: 'Each rollup, finest first.' })
  rollups!: RollupDeletionDto[];

  @ApiInstant('When it was answered, ISO 8601 UTC.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
