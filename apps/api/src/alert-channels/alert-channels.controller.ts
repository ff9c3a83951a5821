import { Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import type { AuditSubject } from '../audit/audit-entry';
import { Audited } from '../audit/audited.decorator';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Body, Query } from '../http/declared-input';
import { ChannelsService } from './channels.service';
import {
  ChannelListQueryDto,
  ChannelQueryDto,
  CreateChannelDto,
  RotateChannelDto,
  UpdateChannelDto,
} from './dto/channel-request.dto';
import { ChannelSecretDto, ChannelsDto, OneChannelDto, RotatedChannelDto } from './dto/channel-response.dto';

const ID = { name: 'id', description: "The channel's id.", example: 'chn_4fJ2mZ0aQ9xT7bKd' };

/** The first is what a trial call sends. */
const CREATE_CHANNEL_EXAMPLES = {
  'a webhook': { value: { name: 'On call', type: 'webhook', target: 'https://example.com/hooks/meterhouse' } },
  'a channel of Slack': {
    value: { name: '#api-alerts', type: 'slack', target: 'https://hooks.slack.com/services/T000/B000/XXXX' },
  },
  PagerDuty: { value: { name: 'Pager', type: 'pagerduty', target: '0123456789abcdef0123456789abcdef' } },
  Alertmanager: { value: { name: 'Alertmanager', type: 'alertmanager', target: 'https://alertmanager.example.com' } },
  mail: { value: { name: 'Team', type: 'email', target: 'ops@example.com, lead@example.com' } },
};

/** What the audit log says of a channel: its target only as answers show it. */
function about({ channel }: OneChannelDto): AuditSubject {
  const { id, accountId, name, type, target, enabled } = channel;
  return { target: id, accountId, details: { name, type, target, enabled } };
}

@ApiTags('Alerts')
@Controller('alerts/channels')
export class AlertChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Post()
  @Audited('channel.created', about)
  @Secured('alerts:write', 'ACCOUNT_NOT_FOUND', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'createChannel',
    summary: 'Create a channel',
    description:
      'Makes a channel that rules can send alerts to; an account may have 100. The target of a webhook, Slack or Alertmanager has to be at a public address, which is checked each time it is connected to, unless the setting WEBHOOK_ALLOWED_NETWORKS names its network. The signing secret of a webhook is shown this once.',
  })
  @ApiBody({ type: CreateChannelDto, examples: CREATE_CHANNEL_EXAMPLES })
  @ApiCreatedResponse({ description: 'The channel, and the secret of a webhook.', type: ChannelSecretDto })
  create(@Caller() caller: Identity, @Body() request: CreateChannelDto): Promise<ChannelSecretDto> {
    return this.channels.create(caller, request);
  }

  @Get()
  @Secured('usage:read')
  @ApiOperation({
    operationId: 'listChannels',
    summary: 'List channels',
    description: "The account's channels with their last attempt; an admin sees those of all accounts.",
  })
  @ApiOkResponse({ description: 'One page of channels.', type: ChannelsDto })
  list(
    @Caller() caller: Identity,
    @Query() query: ChannelListQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<ChannelsDto> {
    return this.channels.list(caller, query, gone);
  }

  @Get(':id')
  @Secured('usage:read', 'CHANNEL_NOT_FOUND')
  @ApiOperation({
    operationId: 'getChannel',
    summary: 'Read a channel',
    description: 'The channel and its last attempt.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ description: 'The channel.', type: OneChannelDto })
  get(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Query() query: ChannelQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<OneChannelDto> {
    return this.channels.get(caller, id, query, gone);
  }

  @Patch(':id')
  @Audited('channel.changed', about)
  @Secured('alerts:write', 'CHANNEL_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'updateChannel',
    summary: 'Change a channel',
    description:
      'Changes the fields that the body names. A channel that the service disabled works again with `enabled: true`. What was to be sent while it was disabled is given up; replay it by hand.',
  })
  @ApiParam(ID)
  @ApiBody({ type: UpdateChannelDto })
  @ApiOkResponse({ description: 'The channel as it is now.', type: OneChannelDto })
  update(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Body() request: UpdateChannelDto,
  ): Promise<OneChannelDto> {
    return this.channels.update(caller, id, request);
  }

  @Delete(':id')
  @Audited('channel.deleted', about)
  @Secured('alerts:write', 'CHANNEL_NOT_FOUND')
  @ApiOperation({
    operationId: 'deleteChannel',
    summary: 'Delete a channel',
    description:
      'Deletes the channel and its secrets. What waits to be sent to it is given up; its log ends with its time.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ description: 'The channel as it was.', type: OneChannelDto })
  remove(@Caller() caller: Identity, @Param('id') id: string): Promise<OneChannelDto> {
    return this.channels.remove(caller, id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Audited('channel.rotated', (answer: RotatedChannelDto) => ({
    ...about(answer),
    details: { previousSecretUntil: answer.previousSecretUntil },
  }))
  @Secured('alerts:write', 'CHANNEL_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'rotateChannel',
    summary: "Rotate a webhook's secret",
    description:
      'Gives a webhook a new signing secret and shows it this once. Messages are signed with the old secret too until the grace period ends, a day by default; one from before an earlier rotation ends now.',
  })
  @ApiParam(ID)
  @ApiBody({ type: RotateChannelDto, required: false })
  @ApiOkResponse({ description: 'The channel and its new secret.', type: RotatedChannelDto })
  rotate(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Body() request: RotateChannelDto,
  ): Promise<RotatedChannelDto> {
    return this.channels.rotate(caller, id, request);
  }
}
