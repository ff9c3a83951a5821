import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, ApiNumber } from '../http/response-fields';

const ALERT_TYPES = [
  'no_data',
  'high_error_rate',
  'high_latency',
  'throttling',
  'rate_limit_utilization',
  'traffic_spike',
  'traffic_drop',
  'endpoint_errors',
  'endpoint_latency',
  'too_many_endpoints',
  'key_expiring',
  'key_unused',
] as const;
export type AlertType = (typeof ALERT_TYPES)[number];

/** Least urgent first. */
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The figure that raised an alert. */
export class EvidenceDto {
  @ApiProperty({ type: String, description: 'What was measured.', example: 'errorRate' })
  metric!: string;

  @ApiNumber('What it came to, in the unit of the metric.', 12.4)
  value!: number;

  @ApiNumber('The configured threshold that it passed.', 5)
  threshold!: number;

  @ApiInstant('Start of the time that was looked at.', '2026-11-21T17:05:00.000Z')
  from!: string;

  @ApiInstant('End of the time that was looked at.', '2026-11-22T17:05:21.417Z')
  to!: string;
}

/** Something that deserves attention. */
export class AlertDto {
  @ApiProperty({ enum: ALERT_TYPES, description: 'What kind of alert this is.', example: 'high_error_rate' })
  type!: AlertType;

  @ApiProperty({ type: String, description: 'What happened.', example: '12.4 % of the requests failed.' })
  message!: string;

  @ApiProperty({ enum: PRIORITIES, description: 'How urgent it is.', example: 'high' })
  priority!: Priority;

  @ApiProperty({
    type: String,
    description: 'What to do about it.',
    example: 'Look at errors.byEndpoint and errors.byType for where the failures come from.',
  })
  recommendation!: string;

  @ApiProperty({ type: EvidenceDto, description: 'The figure that raised it.' })
  evidence!: EvidenceDto;
}
