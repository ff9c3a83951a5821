import { Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Secured } from '../auth/secured.decorator';
import { Body, Query } from '../http/declared-input';
import { ListQueryDto } from '../http/list.dto';
import { PlanBodyDto } from './plan-body';
import { OnePlanResponseDto, PlanWithVersionsResponseDto, PlansResponseDto } from './dto/plan.dto';
import { PLAN_EXAMPLES } from './plan-examples';
import { PlansService } from './plans.service';

const PLAN_ID = {
  name: 'planId',
  description: "The plan's id.",
  schema: { type: 'string', example: 'pln_4fJ2mZ0aQ9xT7bKd' },
};

const subjectOf = ({ plan: { id, version, name, effectiveFrom } }: OnePlanResponseDto) => ({
  target: id,
  accountId: null,
  details: { version, name, effectiveFrom },
});

@ApiTags('Plans')
@Controller('plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Post()
  @Audited('plan.created', subjectOf)
  @Secured('admin', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'createPlan',
    summary: 'Make a plan',
    description:
      'What usage costs: prices by endpoint, method and status, a flat fee, a discount, a minimum and a maximum. A plan ' +
      'that cannot be priced is refused with the field that is wrong. For admins.',
  })
  @ApiBody({ type: PlanBodyDto, examples: PLAN_EXAMPLES })
  @ApiCreatedResponse({ type: OnePlanResponseDto, description: 'The plan, with its defaults filled in.' })
  create(@Body() body: PlanBodyDto): Promise<OnePlanResponseDto> {
    return this.plans.create(body);
  }

  @Get()
  @Secured('admin')
  @ApiOperation({
    operationId: 'listPlans',
    summary: 'List plans',
    description: 'The newest version of every plan, in the order in which they were made. For admins.',
  })
  @ApiOkResponse({ type: PlansResponseDto, description: 'One page of plans.' })
  list(@Query() query: ListQueryDto): PlansResponseDto {
    return this.plans.list(query);
  }

  @Get(':planId')
  @Secured('admin', 'PLAN_NOT_FOUND')
  @ApiOperation({
    operationId: 'getPlan',
    summary: 'A plan with its versions',
    description: 'The newest version as `plan`, and all versions. For admins.',
  })
  @ApiParam(PLAN_ID)
  @ApiOkResponse({ type: PlanWithVersionsResponseDto, description: 'The plan.' })
  one(@Param('planId') planId: string): PlanWithVersionsResponseDto {
    return this.plans.one(planId);
  }

  @Put(':planId')
  @Audited('plan.changed', subjectOf)
  @Secured('admin', 'PLAN_NOT_FOUND', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'changePlan',
    summary: 'Make a new version of a plan',
    description:
      'The whole plan as it is from `effectiveFrom` on, now where that is left out; versions before stay, and price what ' +
      'was before. The part of a period after a change has tiers of its own. The currency stays. For admins.',
  })
  @ApiParam(PLAN_ID)
  @ApiBody({ type: PlanBodyDto, examples: PLAN_EXAMPLES })
  @ApiOkResponse({ type: OnePlanResponseDto, description: 'The new version.' })
  change(@Param('planId') planId: string, @Body() body: PlanBodyDto): Promise<OnePlanResponseDto> {
    return this.plans.addVersion(planId, body);
  }
}
