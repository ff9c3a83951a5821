import { Controller, Get, Header, Req, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Query } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { ReadAccess } from '../auth/read-access';
import { Secured } from '../auth/secured.decorator';
import { LiveMinuteDto } from './dto/live-minute.dto';
import { LiveQueryDto } from './dto/live-query.dto';
import { LiveService } from './live.service';

@ApiTags('Usage')
@ApiExtraModels(LiveMinuteDto)
@Controller('usage/live')
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly access: ReadAccess,
  ) {}

  @Get()
  @Secured('usage:read', 'KEY_NOT_FOUND')
  // `no-transform` keeps proxies from compressing, which holds messages back.
  @Header('Cache-Control', 'no-store, no-transform')
  @Header('X-Accel-Buffering', 'no')
  @ApiOperation({
    operationId: 'watchUsage',
    summary: 'The running minute, second by second, as server-sent events',
    description:
      'A stream that stays open: `curl -N`, or fetch and read the body; a trial call here would not end. Each event is ' +
      'called `minute`, its `id` is an epoch second, and its `data` is the JSON below. The first holds the running ' +
      'minute up to now. Then, about once a second, come the seconds that are new or changed, so that events that ' +
      'arrive late correct earlier seconds, and the total of their minute. A minute that has ended is sent whole once ' +
      'more, with `complete`, before the next begins. After a break send the last `id` as `Last-Event-ID` (EventSource ' +
      'does): the minutes since are sent whole first. Lines that begin with a colon are heartbeats. An account may have ' +
      '20 streams at once; opening one counts as one call. The stream ends when its key or token does.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last `id` that was seen. Ignored when it is not one, or more than ten minutes old.',
    schema: { type: 'string', pattern: '^\\d{1,12}$' },
  })
  @ApiResponse({
    status: 200,
    description: 'Server-sent events called `minute`; the schema is that of the `data` of each.',
    content: { 'text/event-stream': { schema: { $ref: getSchemaPath(LiveMinuteDto) } } },
  })
  async watch(
    @Caller() caller: Identity,
    @Query() query: LiveQueryDto,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const scope = caller.scope(query.accountId);
    const stream = await this.live.open({
      accountId: caller.accountId,
      scope,
      keyIds: caller.keysFor(query.keyId === undefined ? [] : [query.keyId]),
      lastEventId: [request.headers['last-event-id']].flat()[0],
      isAllowed: () => this.access.refusal(request, scope) === undefined,
    });
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }
}
