import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { ForecastQueryDto } from './dto/forecast-query.dto';
import { ForecastResponseDto } from './dto/forecast-response.dto';
import { ForecastService } from './forecast.service';

@ApiTags('Capacity')
@Controller('usage/forecast')
export class ForecastController {
  constructor(private readonly forecasts: ForecastService) {}

  @Get()
  @Secured('usage:read', 'INVALID_GRANULARITY', 'KEY_NOT_FOUND')
  @ApiOperation({
    operationId: 'getForecast',
    summary: 'What will be asked for',
    description:
      'Requests or bytes of the time to come, with intervals that were measured on the past: forecasts are made at many ' +
      'days of the history and compared with what came. Hours that are not complete are left out, days of trouble do not ' +
      'count for the shape of the week, and throttled requests count as demand.',
  })
  @ApiOkResponse({ type: ForecastResponseDto, description: 'The forecast, or why there is none.' })
  forecast(
    @Caller() caller: Identity,
    @Query() query: ForecastQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<ForecastResponseDto> {
    const scope = caller.scope(query.accountId);
    return this.forecasts.forecast(scope, { ...query, keyId: caller.keysFor(query.keyId) }, gone);
  }
}
