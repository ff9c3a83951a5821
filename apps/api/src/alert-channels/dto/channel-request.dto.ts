import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsOneOf, IsWholeNumber, OptionalAccountId } from '../../http/fields';
import { ListQueryDto } from '../../http/list.dto';
import { IsText } from '../../http/text-field';
import { CHANNEL_TYPES, type ChannelType, MAX_CHANNEL_ADDRESSES, MAX_TARGET_LENGTH } from '../channel';

const WEEK_SECONDS = 604_800;

/** Seconds for which a previous secret signs where nothing else is said. */
export const DEFAULT_GRACE_SECONDS = 86_400;

const TARGET =
  'A `webhook`, `slack` (an incoming webhook) or `alertmanager` (its address without a path): a URL, with user and password in it where Basic authorization is needed. `pagerduty`: the integration key of Events API v2. ' +
  `\`email\`: 1 to ${MAX_CHANNEL_ADDRESSES} addresses with commas between them.`;

/** The body of `POST /alerts/channels`. */
export class CreateChannelDto {
  @ApiProperty({ description: 'What people call the channel.', minLength: 1, maxLength: 100, example: 'On call' })
  @IsText(1, 100)
  name!: string;

  @ApiProperty({ description: 'How it is sent to.', enum: CHANNEL_TYPES, enumName: 'ChannelType', example: 'webhook' })
  @IsOneOf(CHANNEL_TYPES)
  type!: ChannelType;

  @ApiProperty({
    description: `Where it is sent to. ${TARGET} What is secret in it is not shown again.`,
    minLength: 1,
    maxLength: MAX_TARGET_LENGTH,
    example: 'https://example.com/hooks/meterhouse',
  })
  @IsText(1, MAX_TARGET_LENGTH)
  target!: string;

  @OptionalAccountId("The account that owns the channel; admins only. Left out: the calling key's account.")
  accountId?: string;
}

/** The body of `PATCH /alerts/channels/{id}`; what is left out stays. */
export class UpdateChannelDto {
  @ApiPropertyOptional({
    description: 'What people call the channel.',
    minLength: 1,
    maxLength: 100,
    example: 'On call',
  })
  @IsOptional()
  @IsText(1, 100)
  name?: string;

  @ApiPropertyOptional({
    description: `Where it is sent to, by the channel's type, which stays. ${TARGET}`,
    minLength: 1,
    maxLength: MAX_TARGET_LENGTH,
    example: 'https://example.com/hooks/meterhouse',
  })
  @IsOptional()
  @IsText(1, MAX_TARGET_LENGTH)
  target?: string;

  @ApiPropertyOptional({
    description: 'Whether it is sent to. True takes away the reason for which the service disabled it.',
    example: true,
  })
  @IsOptional()
  @IsBoolean({ message: 'enabled should be true or false.' })
  enabled?: boolean;
}

/** The body of `POST /alerts/channels/{id}/rotate`. */
export class RotateChannelDto {
  @ApiPropertyOptional({
    description: 'Seconds for which messages are signed with the old secret too; 0 ends it at once.',
    type: 'integer',
    format: 'int64',
    minimum: 0,
    maximum: WEEK_SECONDS,
    default: DEFAULT_GRACE_SECONDS,
    example: 3_600,
  })
  @IsOptional()
  @IsWholeNumber(0, WEEK_SECONDS)
  gracePeriodSeconds?: number;
}

/** The query of what is about one channel. */
export class ChannelQueryDto {
  @OptionalAccountId('Only channels of this account; admins only. Left out, an admin reads all accounts together.')
  accountId?: string;
}

/** The query of lists. */
export class ChannelListQueryDto extends IntersectionType(ChannelQueryDto, ListQueryDto) {}
