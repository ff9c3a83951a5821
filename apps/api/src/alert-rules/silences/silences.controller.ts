import { Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/audited.decorator';
import { Caller, Identity } from '../../auth/identity';
import { Secured } from '../../auth/secured.decorator';
import { Body, Query } from '../../http/declared-input';
import { CreateSilenceDto, OneSilenceDto, SilencesDto, SilencesQueryDto } from './dto/silence.dto';
import { SilencesService } from './silences.service';

@ApiTags('Alerts')
@Controller('alerts/silences')
export class SilencesController {
  constructor(private readonly silences: SilencesService) {}

  @Post()
  @Audited('silence.created', ({ silence }: OneSilenceDto) => ({
    target: silence.id,
    accountId: silence.accountId,
    details: { ruleIds: silence.ruleIds, groups: silence.groups, from: silence.from, to: silence.to },
  }))
  @Secured('alerts:write', 'ACCOUNT_NOT_FOUND', 'RULE_NOT_FOUND', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'createAlertSilence',
    summary: 'Silence alerts for a while',
    description:
      'While a silence lasts, rules are judged as ever and nobody is told of what fires; an alert that still fires when it ends is told then. The end of an alert that was told before is told in a silence too, so that incidents are closed. An account has at most 100 silences that have not ended.',
  })
  @ApiBody({
    type: CreateSilenceDto,
    examples: { 'until an instant': { value: { to: '2099-03-02T12:00:00Z', comment: 'Migration' } } },
  })
  @ApiCreatedResponse({ description: 'The silence.', type: OneSilenceDto })
  create(@Caller() caller: Identity, @Body() body: CreateSilenceDto): Promise<OneSilenceDto> {
    return this.silences.create(caller, body);
  }

  @Get()
  @Secured('usage:read')
  @ApiOperation({
    operationId: 'listAlertSilences',
    summary: 'List silences',
    description:
      "The silences of the caller's account, or as an admin of all accounts or one, the latest to end first.",
  })
  @ApiOkResponse({ description: 'One page of silences.', type: SilencesDto })
  list(@Caller() caller: Identity, @Query() query: SilencesQueryDto): SilencesDto {
    return this.silences.list(caller, query);
  }

  @Delete(':silenceId')
  @Audited('silence.deleted', ({ silence }: OneSilenceDto) => ({
    target: silence.id,
    accountId: silence.accountId,
    details: {},
  }))
  @Secured('alerts:write', 'NOT_FOUND')
  @ApiOperation({
    operationId: 'deleteAlertSilence',
    summary: 'End a silence',
    description: 'It holds no more at once.',
  })
  @ApiParam({
    name: 'silenceId',
    description: "The silence's id.",
    schema: { type: 'string', example: 'sil_5J2nS0aQ9xT7bKd4' },
  })
  @ApiOkResponse({ description: 'The silence as it was.', type: OneSilenceDto })
  delete(@Caller() caller: Identity, @Param('silenceId') silenceId: string): Promise<OneSilenceDto> {
    return this.silences.delete(caller, silenceId);
  }
}
