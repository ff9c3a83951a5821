import { Controller, HttpCode, Post, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Query, TakesBody } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { EventDto, EventsDto } from './dto/event.dto';
import { SendEventsQueryDto } from './dto/send-events-query.dto';
import { SendEventsResponseDto } from './dto/send-events-response.dto';
import { SEND_EVENTS_BODY } from './events.openapi';
import { IngestService } from './ingest.service';
import { EVENTS_BODY, SentBody } from './event/sent-events';

/** The body as `EVENTS_BODY` left it; `@Body` would take the place of the body's own documentation. */
const Sent = createParamDecorator((_: unknown, context: ExecutionContext): SentBody => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (body instanceof SentBody) return body;
  throw new Error('A body of events should come as it was sent.');
});

@ApiTags('Events')
@ApiExtraModels(EventDto, EventsDto)
@Controller('events')
export class EventsController {
  constructor(private readonly ingest: IngestService) {}

  @Post()
  @HttpCode(202)
  @TakesBody(EVENTS_BODY)
  @Secured('events:write', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'sendEvents',
    summary: 'Send the requests that an API served',
    description:
      'Takes one event, an array, `{"events": […]}`, or one event a line as `application/x-ndjson`; plain or with ' +
      '`Content-Encoding: gzip`. At most 10,000 events and 10 MiB (inflated) a call. Each event is checked by itself: ' +
      'bad ones are listed in `rejected` and cost the others nothing. Accepted events are stored and counted once; ' +
      'after an error or a lost answer send the same events with the same `id` again. A call with more new events than its ' +
      'account may still send in the minute or day is refused whole: 429, and `Retry-After` says when to send it again.',
    requestBody: SEND_EVENTS_BODY,
  })
  @ApiResponse({
    status: 202,
    type: SendEventsResponseDto,
    description: 'At least one event was good. What was accepted shows in `GET /usage`.',
  })
  sendEvents(
    @Caller() caller: Identity,
    @Query() query: SendEventsQueryDto,
    @Sent() body: SentBody,
  ): Promise<SendEventsResponseDto> {
    return this.ingest.ingest(caller, body, query.accountId, query.wait);
  }
}
