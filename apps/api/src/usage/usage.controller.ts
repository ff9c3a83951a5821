import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Query } from '../http/declared-input';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { ClientGone } from '../admission/client-gone';
import { UsageCacheInterceptor } from './answer/cache.interceptor';
import { UsageQueryDto } from './request/dto/usage-query.dto';
import { UsageResponseDto } from './answer/dto/usage-response.dto';
import { UsageService } from './usage.service';
import { WINDOW_ERRORS } from './request/window-errors';

@ApiTags('Usage')
@Controller('usage')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @UseInterceptors(UsageCacheInterceptor)
  @Secured('usage:read', ...WINDOW_ERRORS)
  @ApiOperation({
    operationId: 'getUsage',
    summary: 'Traffic, latency, errors, rate limits and alerts of an account or a key',
    description:
      'Exact figures for a window: a `timeframe` that ends now, or `from` and `to`. `totalRequests` equals the sum of ' +
      'the time series, of each breakdown and of the groups. A request failed when its status is 400 or above; a 429 is ' +
      'throttled traffic, counted as failed. Latencies are of all requests but those with status 429 and 101, whose ' +
      'connection became another, such as a WebSocket. Percentiles are the nearest rank, at most ' +
      '`latency.maxErrorPercent` off; everything else is exact. `ETag` and `Cache-Control` let clients keep windows ' +
      'that have ended.',
  })
  @ApiOkResponse({ type: UsageResponseDto, description: 'The usage of the window, zeros where there was none.' })
  getUsage(
    @Caller() caller: Identity,
    @Query() query: UsageQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<UsageResponseDto> {
    return this.usage.usage(caller.scope(query.accountId), { ...query, keyId: caller.keysFor(query.keyId) }, gone);
  }
}
