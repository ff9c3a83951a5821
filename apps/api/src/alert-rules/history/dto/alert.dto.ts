import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../../http/response-fields';
import { IsInstant, IsOneOf, OptionalAccountId } from '../../../http/fields';
import { ListPaginationDto, ListQueryDto } from '../../../http/list.dto';
import type { NotificationStatus } from '../../../alert-channels/notification';
import type { AlertRecord, AlertState } from '../../views/alert-view';
import { SEVERITIES } from '../../rules/rule';

const STATES = ['pending', 'firing', 'resolved'] as const satisfies readonly AlertState[];

/** The years that alerts can be of. */
const YEARS = { from: Date.UTC(1970, 0, 1), before: Date.UTC(2100, 0, 1) };

/** The query of `GET /alerts`. */
export class AlertsQueryDto extends ListQueryDto {
  @OptionalAccountId('Admins only: the account whose alerts are listed. Left out, an admin lists all of them.')
  accountId?: string;

  @ApiPropertyOptional({
    enum: STATES,
    enumName: 'AlertState',
    description: 'Only alerts in this state.',
    example: 'firing',
  })
  @IsOptional()
  @IsOneOf(STATES)
  state?: AlertState;

  @ApiPropertyOptional({ type: String, description: 'Only alerts of this rule.', example: 'rul_5J2nS0aQ9xT7bKd4' })
  @IsOptional()
  @Matches(/^rul_[0-9A-Za-z]{16,64}$/, { message: 'ruleId should be the id of a rule, such as rul_5J2nS0aQ9xT7bKd4.' })
  ruleId?: string;

  @ApiPropertyOptional({
    description: 'Only alerts that had not ended by then: a date (midnight UTC) or an ISO 8601 time.',
    type: String,
    example: '2026-02-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  from?: string;

  @ApiPropertyOptional({
    description: 'Only alerts that had begun before: a date (midnight UTC) or an ISO 8601 time.',
    type: String,
    example: '2026-03-01',
  })
  @IsOptional()
  @IsInstant(YEARS)
  to?: string;
}

/** The key or endpoint that an alert is about, where its rule is grouped. */
export class AlertGroupDto {
  @ApiPropertyOptional({ type: String, description: 'The key.', example: 'key_4fJ2mZ0aQ9xT7bKd' })
  keyId?: string;

  @ApiPropertyOptional({ type: String, description: 'The endpoint.', example: '/v1/orders' })
  endpoint?: string;
}

/** The window that decided. */
export class AlertWindowDto {
  @ApiInstant('Its start.', '2026-03-02T10:00:00.000Z')
  from!: string;

  @ApiInstant('Its end, not included.', '2026-03-02T10:15:00.000Z')
  to!: string;
}

/** What shows that an alert is right. */
export class AlertEvidenceDto {
  @ApiProperty({
    type: String,
    description: 'The call that returns the figures of the window.',
    example: '/usage?from=2026-03-02T10%3A00%3A00.000Z&to=2026-03-02T10%3A15%3A00.000Z',
  })
  usage!: string;

  @ApiCount('Requests in the window.', 1_204)
  requests!: number;

  @ApiNumber('What the metric was before, or was expected to be, where it is compared with that.', 1.2, {
    required: false,
  })
  previous?: number;
}

/** What late events made of the figure that an alert was decided by. */
export class AlertCorrectionDto {
  @ApiNumber('The figure as it is now.', 4.8, { nullable: true })
  value!: number | null;

  @ApiCount('Requests in the window as they are now.', 1_260)
  requests!: number;

  @ApiProperty({ type: Boolean, description: 'Whether the window breaches all the same.', example: false })
  stands!: boolean;

  @ApiInstant('When it was noticed.', '2026-03-02T11:15:00.000Z')
  at!: string;
}

/** What became of a notification. */
export class AlertNotificationDto implements NotificationStatus {
  @ApiProperty({ type: String, description: 'The channel.', example: 'chn_5J2nS0aQ9xT7bKd4' })
  channelId!: string;

  @ApiProperty({ enum: ['firing', 'reminder', 'resolved'], description: 'What it tells.', example: 'firing' })
  kind!: NotificationStatus['kind'];

  @ApiProperty({ enum: ['pending', 'delivered', 'failed'], description: 'How far it is.', example: 'delivered' })
  status!: NotificationStatus['status'];

  @ApiCount('How often it was tried.', 1)
  attempts!: number;

  @ApiInstant('When it was tried last.', '2026-03-02T10:15:31.000Z', { nullable: true })
  lastAttemptAt!: string | null;
}

/** An alert. */
export class AlertOfRuleDto implements AlertRecord {
  @ApiProperty({ type: String, description: 'Names the alert.', example: 'alr_5J2nS0aQ9xT7bKd4mZ0a' })
  id!: string;

  @ApiProperty({ type: String, description: 'Its rule.', example: 'rul_5J2nS0aQ9xT7bKd4' })
  ruleId!: string;

  @ApiProperty({ type: String, description: 'What the rule was called.', example: 'Errors of checkout' })
  ruleName!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The account; null: all together.', example: 'acme' })
  accountId!: string | null;

  @ApiProperty({ type: AlertGroupDto, description: 'What it is about, where the rule is grouped.' })
  group!: AlertGroupDto;

  @ApiProperty({ enum: SEVERITIES, enumName: 'Severity', description: 'How urgent it is.', example: 'high' })
  severity!: AlertRecord['severity'];

  @ApiProperty({
    enum: STATES,
    enumName: 'AlertState',
    description: 'pending: some windows breach, not yet enough.',
    example: 'firing',
  })
  state!: AlertState;

  @ApiProperty({
    enum: [
      'THRESHOLD',
      'CHANGE',
      'ANOMALY',
      'BURN_RATE',
      'QUOTA',
      'NO_DATA',
      'RECOVERED',
      'PERIOD_ENDED',
      'SCHEDULE_ENDED',
      'RULE_CHANGED',
      'RULE_DISABLED',
      'RULE_DELETED',
      'KEY_REVOKED',
      'NOT_ENOUGH_HISTORY',
      'NO_LIMIT',
    ],
    enumName: 'AlertReason',
    description: 'Why it fires, or why it was resolved.',
    example: 'THRESHOLD',
  })
  reason!: AlertRecord['reason'];

  @ApiNumber('What the metric came to in the window; null where it has no value, as without a request.', 12.4, {
    nullable: true,
  })
  value!: number | null;

  @ApiNumber('What it is compared with.', 5, { nullable: true })
  threshold!: number | null;

  @ApiProperty({ type: AlertWindowDto, description: 'The window that decided.' })
  window!: AlertWindowDto;

  @ApiInstant('When the first window breached.', '2026-03-02T10:15:00.000Z')
  startedAt!: string;

  @ApiInstant('When it began to fire; null: it did not.', '2026-03-02T10:15:00.000Z', { nullable: true })
  firingAt!: string | null;

  @ApiInstant('When it ended; null: it has not.', null, { nullable: true })
  resolvedAt!: string | null;

  @ApiInstant('When somebody said that they know of it.', null, { nullable: true })
  acknowledgedAt!: string | null;

  @ApiProperty({ type: Boolean, description: 'Whether a silence holds: nobody is told.', example: false })
  silenced!: boolean;

  @ApiProperty({ type: AlertEvidenceDto, description: 'What shows that it is right.' })
  evidence!: AlertEvidenceDto;

  @ApiProperty({
    type: AlertCorrectionDto,
    nullable: true,
    description: 'What events that came late made of the figure; null: it stands as it was.',
  })
  correction!: AlertCorrectionDto | null;

  @ApiProperty({ type: [AlertNotificationDto], description: 'Who was told, in the order in which they are.' })
  notifications!: AlertNotificationDto[];
}

/** One alert. */
export class OneAlertDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: AlertOfRuleDto, description: 'The alert.' })
  alert!: AlertOfRuleDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** A page of alerts. */
export class AlertsDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: [AlertOfRuleDto], description: 'The newest first.' })
  alerts!: AlertOfRuleDto[];

  @ApiProperty({ type: ListPaginationDto, description: 'Where the page stands.' })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
