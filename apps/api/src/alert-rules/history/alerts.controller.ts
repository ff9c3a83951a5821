import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientGone } from '../../admission/client-gone';
import { Audited } from '../../audit/audited.decorator';
import { Caller, Identity } from '../../auth/identity';
import { Secured } from '../../auth/secured.decorator';
import { Query } from '../../http/declared-input';
import { AlertsService } from './alerts.service';
import { AlertsDto, AlertsQueryDto, OneAlertDto } from './dto/alert.dto';

const ALERT_ID = {
  name: 'alertId',
  description: "The alert's id.",
  schema: { type: 'string', example: 'alr_5J2nS0aQ9xT7bKd4mZ0a' },
};

@ApiTags('Alerts')
@Controller('alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  @Secured('usage:read')
  @ApiOperation({
    operationId: 'listAlerts',
    summary: 'List alerts',
    description:
      "The alerts that the rules of the caller's account raised, or as an admin those of all accounts or one, the newest first; they are kept for 400 days after their end.",
  })
  @ApiOkResponse({ description: 'One page of alerts.', type: AlertsDto })
  list(
    @Caller() caller: Identity,
    @Query() query: AlertsQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<AlertsDto> {
    return this.alerts.list(caller, query, gone);
  }

  @Get(':alertId')
  @Secured('usage:read', 'ALERT_NOT_FOUND')
  @ApiOperation({
    operationId: 'getAlert',
    summary: 'Get an alert',
    description: "One alert. Another account's alert answers 404, exactly as an unknown one does.",
  })
  @ApiParam(ALERT_ID)
  @ApiOkResponse({ description: 'The alert.', type: OneAlertDto })
  get(@Caller() caller: Identity, @Param('alertId') alertId: string): Promise<OneAlertDto> {
    return this.alerts.get(caller, alertId);
  }

  @Post(':alertId/acknowledge')
  @HttpCode(200)
  @Audited('alert.acknowledged', ({ alert }: OneAlertDto) => ({
    target: alert.id,
    accountId: alert.accountId,
    details: { ruleId: alert.ruleId },
  }))
  @Secured('alerts:write', 'ALERT_NOT_FOUND')
  @ApiOperation({
    operationId: 'acknowledgeAlert',
    summary: 'Acknowledge an alert',
    description: 'Says that somebody knows of it: there are no more reminders. Its end is told all the same.',
  })
  @ApiParam(ALERT_ID)
  @ApiOkResponse({ description: 'The alert as it is now.', type: OneAlertDto })
  acknowledge(@Caller() caller: Identity, @Param('alertId') alertId: string): Promise<OneAlertDto> {
    return this.alerts.acknowledge(caller, alertId);
  }
}
