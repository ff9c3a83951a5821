import { Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/audited.decorator';
import { Secured } from '../auth/secured.decorator';
import { Body } from '../http/declared-input';
import { AccountPlanResponseDto, AssignPlanDto } from './dto/account-plan.dto';
import { PlansService } from './plans.service';

const ACCOUNT_ID = { name: 'accountId', description: "The account's id.", example: 'acme' };

@ApiTags('Plans')
@Controller('accounts/:accountId/plan')
export class AccountPlanController {
  constructor(private readonly plans: PlansService) {}

  @Get()
  @Secured('admin', 'ACCOUNT_NOT_FOUND', 'PLAN_NOT_FOUND')
  @ApiOperation({
    operationId: 'getAccountPlan',
    summary: 'The plan of an account',
    description: 'The version that holds now, and which plan the account had when. For admins.',
  })
  @ApiParam(ACCOUNT_ID)
  @ApiOkResponse({ type: AccountPlanResponseDto, description: 'The plan of the account.' })
  one(@Param('accountId') accountId: string): AccountPlanResponseDto {
    return this.plans.planOf(accountId);
  }

  @Put()
  @Audited('account.plan_changed', ({ accountId, plan, from }: AccountPlanResponseDto, body: AssignPlanDto) => ({
    target: accountId,
    accountId,
    details: { planId: body.planId, from: body.from ?? from, holdsNow: plan.id },
  }))
  @Secured('admin', 'ACCOUNT_NOT_FOUND', 'PLAN_NOT_FOUND', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'setAccountPlan',
    summary: 'Give an account a plan',
    description:
      'From an instant on, which may be past or to come; in place of what was to follow then. Left out, `from` is the ' +
      'start of the running period of the plan. A change within a period makes two parts, each with tiers, included ' +
      'units, flat fee, minimum and maximum of its own. For admins.',
  })
  @ApiParam(ACCOUNT_ID)
  @ApiOkResponse({ type: AccountPlanResponseDto, description: 'The plan of the account.' })
  assign(@Param('accountId') accountId: string, @Body() body: AssignPlanDto): Promise<AccountPlanResponseDto> {
    return this.plans.assign(accountId, body);
  }
}
