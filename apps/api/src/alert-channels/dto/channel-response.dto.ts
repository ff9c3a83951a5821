import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ListPaginationDto } from '../../http/list.dto';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';
import { CHANNEL_TYPES, type ChannelType } from '../channel';
import { MESSAGE_KINDS, type MessageKind } from '../notification';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

/** An attempt to deliver a message. */
export class DeliveryDto {
  @ApiProperty({ description: "The attempt's id.", example: 'dlv_5J2nS0aQ9xT7bKd4' })
  id!: string;

  @ApiProperty({
    description: 'The id of the message, the same at each attempt: `webhook-id` of a webhook.',
    example: 'ntf_8a1f0b5c9d2e47a3',
  })
  notificationId!: string;

  @ApiProperty({
    description: 'The alert; null for a message about none.',
    type: String,
    nullable: true,
    example: 'alr_2vQ8mX4tB7nK1cYd',
  })
  alertId!: string | null;

  @ApiProperty({
    description: 'What the message says.',
    enum: MESSAGE_KINDS,
    enumName: 'DeliveryKind',
    example: 'firing',
  })
  kind!: MessageKind;

  @ApiCount('The number of the attempt, from 1.', 1)
  attempt!: number;

  @ApiInstant('When it began.', '2026-03-02T10:15:30.000Z')
  at!: string;

  @ApiProperty({ description: 'Whether the receiver took it.', example: false })
  delivered!: boolean;

  @ApiProperty({
    description: "HTTP's or SMTP's; null where there was no answer.",
    type: 'integer',
    format: 'int64',
    nullable: true,
    example: 503,
  })
  statusCode!: number | null;

  @ApiCount('Milliseconds it took.', 182)
  durationMs!: number;

  @ApiProperty({ description: 'The first KiB of the answer.', example: 'Service Unavailable' })
  answer!: string;

  @ApiProperty({
    description: 'Why it was not delivered; null where it was.',
    type: String,
    nullable: true,
    example: 'It answered 503.',
  })
  error!: string | null;
}

/** Where alerts are sent. */
export class ChannelDto {
  @ApiProperty({ description: 'Names the channel.', example: 'chn_4fJ2mZ0aQ9xT7bKd' })
  id!: string;

  @ApiProperty({ description: 'The account that owns it.', example: 'acme' })
  accountId!: string;

  @ApiProperty({ description: 'What people call it.', example: 'On call' })
  name!: string;

  @ApiProperty({ description: 'How it is sent to.', enum: CHANNEL_TYPES, enumName: 'ChannelType', example: 'webhook' })
  type!: ChannelType;

  @ApiProperty({
    description:
      'Where it is sent to, with … in place of what is secret: the path of Slack, the key of PagerDuty, passwords, queries.',
    example: 'https://example.com/hooks/meterhouse',
  })
  target!: string;

  @ApiProperty({ description: 'Whether it is sent to.', example: true })
  enabled!: boolean;

  @ApiProperty({
    description:
      'Why the service disabled it: its target answered 410, or nothing was delivered for five days. Else null.',
    type: String,
    nullable: true,
    example: null,
  })
  disabledReason!: string | null;

  @ApiProperty({
    description: 'The last attempt within 30 days.',
    type: () => DeliveryDto,
    nullable: true,
  })
  lastDelivery!: DeliveryDto | null;

  @ApiInstant('When it was created.', '2026-03-02T10:15:30.000Z')
  createdAt!: string;

  @ApiInstant('When it was last changed.', '2026-03-02T10:15:30.000Z')
  updatedAt!: string;
}

/** The answer about one channel. */
export class OneChannelDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The channel as it is now.', type: () => ChannelDto })
  channel!: ChannelDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer with a new signing secret. */
export class ChannelSecretDto extends OneChannelDto {
  @ApiPropertyOptional({
    description: 'The secret by which messages of a webhook are verified, shown this once. Other types have none.',
    example: SECRET,
  })
  secret?: string;
}

/** The answer to `POST /alerts/channels/{id}/rotate`. */
export class RotatedChannelDto extends OneChannelDto {
  @ApiProperty({ description: 'The new secret, shown this once.', example: SECRET })
  secret!: string;

  @ApiInstant('Until when messages are signed with the old secret too.', '2026-03-03T10:15:30.000Z')
  previousSecretUntil!: string;
}

/** The answer to `GET /alerts/channels`. */
export class ChannelsDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'One page of the channels, the oldest first.', type: () => [ChannelDto] })
  channels!: ChannelDto[];

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer about one attempt that a call has made. */
export class OneDeliveryDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({
    description: 'What came of the attempt: `success` says only that it was made.',
    type: () => DeliveryDto,
  })
  delivery!: DeliveryDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** The answer to `GET /alerts/channels/{id}/deliveries`. */
export class DeliveriesDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'One page of the attempts, the newest first.', type: () => [DeliveryDto] })
  deliveries!: DeliveryDto[];

  @ApiProperty({ description: 'Where the page stands.', type: () => ListPaginationDto })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
