import { Controller, Get, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientGone } from '../admission/client-gone';
import { Caller, Identity } from '../auth/identity';
import { Secured } from '../auth/secured.decorator';
import { ApiException } from '../http/api-exception';
import { Query } from '../http/declared-input';
import { toJson } from '../http/json';
import { WINDOW_ERRORS } from '../usage/request/window-errors';
import { CostService } from './cost.service';
import { costCsv } from './cost.csv';
import { CostQueryDto } from './dto/cost-query.dto';
import { CostResponseDto } from './dto/cost-response.dto';

@ApiTags('Usage')
@Controller('usage/cost')
export class CostController {
  constructor(private readonly costs: CostService) {}

  @Get()
  @Secured('usage:read', 'PLAN_NOT_FOUND', ...WINDOW_ERRORS)
  @ApiOperation({
    operationId: 'getCost',
    summary: 'What usage costs, by the plan of the account or any other',
    description:
      'Exact from the count to the last digit: amounts are decimal strings, rounded once a line, half away from zero, to ' +
      'the digits of the currency. A window that is a part of a billing period costs what came to the bill of the period ' +
      'in it: tiers go on where they stood, and windows that follow one another add up. Filters leave a share of the ' +
      'lines by units, without fees, minimum and maximum. An admin names the account.',
  })
  @ApiExtraModels(CostResponseDto)
  @ApiOkResponse({
    description: 'The cost; requests without a price are among `unpriced`.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(CostResponseDto) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async getCost(
    @Caller() caller: Identity,
    @Query() query: CostQueryDto,
    @ClientGone() gone: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (query.planId !== undefined && !caller.isAdmin) throw onlyForAdmins();
    const asked = { ...query, keyId: caller.keysFor(query.keyId) };
    const cost = await this.costs.cost(caller.scope(query.accountId), asked, gone);
    if (query.format === 'csv') {
      void reply.header('content-type', 'text/csv; charset=utf-8');
      return costCsv(cost);
    }
    void reply.header('content-type', 'application/json; charset=utf-8');
    return toJson(cost);
  }
}

function onlyForAdmins(): ApiException {
  const message = 'Only an admin sees what another plan would have cost, as only admins read plans; leave planId out.';
  return new ApiException('FORBIDDEN', message, [{ field: 'planId', message }]);
}
