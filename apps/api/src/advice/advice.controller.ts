import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Audited } from '../audit/audited.decorator';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Body, Query } from '../http/declared-input';
import { WindowQueryDto } from '../usage/request/usage-request';
import { WINDOW_ERRORS } from '../usage/request/window-errors';
import { AdviceService } from './advice.service';
import { AdviceResponseDto, DismissAdviceDto, OneAdviceDto } from './dto/advice-response.dto';

@ApiTags('Usage')
@Controller('usage/advice')
export class AdviceController {
  constructor(private readonly advice: AdviceService) {}

  @Get()
  @Secured('usage:read', ...WINDOW_ERRORS)
  @ApiOperation({
    operationId: 'getAdvice',
    summary: 'What an account could improve, with the figures that show it',
    description:
      'Faults found in a window, each with what it was compared with, a call that shows it and the gain when it goes ' +
      'away. Filters say which requests are looked at. Ranked by gain: a request that is spared counts as 100 ms of ' +
      'waiting, a megabyte as 80 ms. What is found is remembered: it is `open`, `dismissed` by somebody, or `resolved`, ' +
      'which a call without filters says of what the last 24 hours show no more, with the figures after. An admin names ' +
      'an account. Raw events are read for some types: the last 7 days of the window and 500,000 events at most.',
  })
  @ApiOkResponse({ type: AdviceResponseDto, description: 'The advice; an empty list where there is none.' })
  getAdvice(
    @Caller() caller: Identity,
    @Query() query: WindowQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<AdviceResponseDto> {
    return this.advice.advice(caller.scope(query.accountId), { ...query, keyId: caller.keysFor(query.keyId) }, gone);
  }

  @Post(':adviceId/dismiss')
  @HttpCode(200)
  @Audited('advice.dismissed', ({ advice, accountId }: OneAdviceDto) => ({
    target: advice.id,
    accountId,
    details: { type: advice.type, reason: advice.dismissed?.reason ?? null },
  }))
  @Secured('alerts:write', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'dismissAdvice',
    summary: 'Dismiss advice',
    description: 'It stays in the list as `dismissed` as long as it is found, and is not opened again.',
  })
  @ApiParam({
    name: 'adviceId',
    description: "The advice's id.",
    schema: { type: 'string', example: 'adv_0a1b2c3d4e5f60718293' },
  })
  @ApiOkResponse({ description: 'The advice as it is now.', type: OneAdviceDto })
  dismiss(
    @Caller() caller: Identity,
    @Param('adviceId') adviceId: string,
    @Body() body: DismissAdviceDto,
  ): Promise<OneAdviceDto> {
    return this.advice.dismiss(caller.scope(undefined), adviceId, body);
  }
}
