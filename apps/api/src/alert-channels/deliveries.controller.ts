import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Settings } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { ClientGone } from '../admission/client-gone';
import type { AuditSubject } from '../audit/audit-entry';
import { Audited } from '../audit/audited.decorator';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { publicUrl } from '../http/public-url';
import { DeliveriesService } from './deliveries.service';
import { ChannelListQueryDto } from './dto/channel-request.dto';
import { DeliveriesDto, OneDeliveryDto } from './dto/channel-response.dto';

const ID = { name: 'id', description: "The channel's id.", example: 'chn_4fJ2mZ0aQ9xT7bKd' };

function about({ delivery }: OneDeliveryDto): AuditSubject {
  const { id, notificationId, delivered, statusCode } = delivery;
  return { target: id, details: { notificationId, delivered, statusCode } };
}

@ApiTags('Alerts')
@Controller('alerts/channels/:id')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly settings: Settings,
  ) {}

  @Post('test')
  @HttpCode(200)
  @Audited('channel.tested', about)
  @Secured('alerts:write', 'CHANNEL_NOT_FOUND')
  @ApiOperation({
    operationId: 'testChannel',
    summary: 'Send a test message',
    description:
      'Sends a message of type `test` with a sample alert, once, and answers what came of it: within 15 seconds, 30 for mail. A disabled channel is sent to as well. On PagerDuty it opens an incident and resolves it.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ description: 'The attempt, delivered or not.', type: OneDeliveryDto })
  test(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @ClientGone() gone: AbortSignal,
  ): Promise<OneDeliveryDto> {
    const { publicUrl: url } = this.settings.server;
    const link = (path: string): string => (url === undefined ? publicUrl(request, path) : url + path);
    const links = { dashboard: link('/app/alerts'), usage: link('/usage?timeframe=1h') };
    return this.deliveries.test(caller, id, links, gone);
  }

  @Get('deliveries')
  @Secured('usage:read', 'CHANNEL_NOT_FOUND')
  @ApiOperation({
    operationId: 'listDeliveries',
    summary: "Read a channel's log",
    description:
      'The attempts of the last 30 days, the newest first. A message is sent again after 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h, each a little later by chance, and not before a `Retry-After` of the answer.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ description: 'One page of attempts.', type: DeliveriesDto })
  list(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Query() query: ChannelListQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<DeliveriesDto> {
    return this.deliveries.list(caller, id, query, gone);
  }

  @Post('deliveries/:deliveryId/replay')
  @HttpCode(200)
  @Audited('channel.replayed', about)
  @Secured('alerts:write', 'CHANNEL_NOT_FOUND', 'NOT_FOUND')
  @ApiOperation({
    operationId: 'replayDelivery',
    summary: 'Send a message again',
    description:
      "Sends the message of an attempt again, once, under the same id and signed anew, to the channel's present target. When it is delivered, it is not repeated any more.",
  })
  @ApiParam(ID)
  @ApiParam({ name: 'deliveryId', description: "The attempt's id.", example: 'dlv_5J2nS0aQ9xT7bKd4' })
  @ApiOkResponse({ description: 'The new attempt, delivered or not.', type: OneDeliveryDto })
  replay(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
    @ClientGone() gone: AbortSignal,
  ): Promise<OneDeliveryDto> {
    return this.deliveries.replay(caller, id, deliveryId, gone);
  }
}
