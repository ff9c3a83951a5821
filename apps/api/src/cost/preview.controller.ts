import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientGone } from '../admission/client-gone';
import { Secured } from '../auth/secured.decorator';
import { Body, Query } from '../http/declared-input';
import { toJson } from '../http/json';
import { PlanBodyDto } from '../plans/plan-body';
import { PLAN_EXAMPLES } from '../plans/plan-examples';
import { CostService } from './cost.service';
import { CostResponseDto } from './dto/cost-response.dto';
import { PreviewQueryDto } from './dto/preview-query.dto';

@ApiTags('Plans')
@Controller('plans/preview')
export class PreviewController {
  constructor(private readonly costs: CostService) {}

  @Post()
  @HttpCode(200)
  @Secured('admin', 'OVERLOADED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'previewPlan',
    summary: 'What a billing period of an account would cost by a plan that is not stored',
    description:
      'Priced as `GET /usage/cost` does it, with the periods of the plan that is sent; `effectiveFrom` changes nothing. ' +
      'Nothing is stored. The id of the plan in the answer is `preview`. For admins.',
  })
  @ApiBody({ type: PlanBodyDto, examples: PLAN_EXAMPLES })
  @ApiOkResponse({ type: CostResponseDto, description: 'The cost by this plan.' })
  async preview(
    @Query() query: PreviewQueryDto,
    @Body() body: PlanBodyDto,
    @ClientGone() gone: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const cost = await this.costs.preview(query, body, gone);
    void reply.header('content-type', 'application/json; charset=utf-8');
    return toJson(cost);
  }
}
