import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../admission/client-gone';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { Query } from '../http/declared-input';
import { CapacityService } from './capacity.service';
import { CapacityQueryDto } from './dto/capacity-query.dto';
import { CapacityResponseDto } from './dto/capacity-response.dto';

@ApiTags('Capacity')
@Controller('usage/capacity')
export class CapacityController {
  constructor(private readonly capacity: CapacityService) {}

  @Get()
  @Secured('usage:read', 'KEY_NOT_FOUND')
  @ApiOperation({
    operationId: 'getCapacity',
    summary: 'How near keys come to their limits, and when they meet them',
    description:
      "For each limit of each active key the fullest minute, hour or UTC day of the last 30 days, and the day on which the key's demand meets the limit: the peaks of the days of 56 days are forecast with their week, their growth and their scatter.",
  })
  @ApiOkResponse({ type: CapacityResponseDto, description: 'The limits.' })
  read(
    @Caller() caller: Identity,
    @Query() query: CapacityQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<CapacityResponseDto> {
    const scope = caller.scope(query.accountId);
    return this.capacity.capacity(scope, { ...query, keyId: caller.keysFor(query.keyId) }, gone);
  }
}
