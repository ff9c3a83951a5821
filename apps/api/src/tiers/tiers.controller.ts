import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { TiersQueryDto } from './dto/tiers-query.dto';
import { TiersResponseDto } from './dto/tiers-response.dto';
import { TiersService } from './tiers.service';

@ApiTags('Capacity')
@Controller('usage/tiers')
export class TiersController {
  constructor(private readonly tiers: TiersService) {}

  @Get()
  @Secured('usage:read', 'KEY_NOT_FOUND')
  @ApiOperation({
    operationId: 'backtestTiers',
    summary: 'What each tier would have refused of what keys sent',
    description:
      "Runs the requests of each active key through the limits of each tier, and through others where some are given, minute by minute by the limiter's rules: counters begin anew with the clock's minute, hour and UTC day, and what is refused counts in none of them. Requests that were throttled count as sent. It cannot know what clients would have sent again, nor that all keys of an account share a budget of twice one key's.",
  })
  @ApiOkResponse({ type: TiersResponseDto, description: 'The keys with the tier that fits each.' })
  read(
    @Caller() caller: Identity,
    @Query() query: TiersQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<TiersResponseDto> {
    const scope = caller.scope(query.accountId);
    return this.tiers.backtest(scope, { ...query, keyId: caller.keysFor(query.keyId) }, gone);
  }
}
