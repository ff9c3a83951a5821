import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ClientGone } from '../../admission/client-gone';
import { Audited } from '../../audit/audited.decorator';
import type { AuditSubject } from '../../audit/audit-entry';
import { Caller, Identity } from '../../auth/identity';
import { Secured } from '../../auth/secured.decorator';
import { Body, Query } from '../../http/declared-input';
import { publicUrl } from '../../http/public-url';
import { PreviewDto, PreviewRuleDto } from '../preview/dto/preview.dto';
import { PreviewService } from '../preview/preview.service';
import { CreateRuleDto, OneRuleDto, RulesDto, RulesQueryDto, UpdateRuleDto } from './dto/rule.dto';
import { RulesService } from './rules.service';

const RULE_ID = {
  name: 'ruleId',
  description: "The rule's id.",
  schema: { type: 'string', example: 'rul_5J2nS0aQ9xT7bKd4' },
};

/** The first is what a trial call sends. */
const CREATE_EXAMPLES = {
  'errors above 5 %': {
    value: { name: 'Errors', metric: 'errorRate', condition: { type: 'threshold', operator: 'above', value: 5 } },
  },
  'traffic out of line, by key': {
    value: {
      name: 'Unusual traffic',
      metric: 'requests',
      groupBy: 'key',
      window: '1h',
      condition: { type: 'anomaly', direction: 'both', sensitivity: 'medium' },
    },
  },
  'how much of the day is used up': {
    value: { name: 'Quota', metric: 'requests', condition: { type: 'quota', window: 'day', percent: [80, 100] } },
  },
};

const PREVIEW_EXAMPLES = {
  'the last week': {
    value: {
      rule: { name: 'Errors', metric: 'errorRate', condition: { type: 'threshold', operator: 'above', value: 5 } },
      timeframe: '7d',
    },
  },
};

@ApiTags('Alerts')
@Controller('alerts/rules')
export class RulesController {
  constructor(
    private readonly rules: RulesService,
    private readonly previews: PreviewService,
  ) {}

  @Post()
  @Audited('rule.created', ({ rule }: OneRuleDto) => subjectOf(rule))
  @Secured(
    'alerts:write',
    'ACCOUNT_NOT_FOUND',
    'KEY_NOT_FOUND',
    'CHANNEL_NOT_FOUND',
    'LIMIT_REACHED',
    'PAYLOAD_TOO_LARGE',
  )
  @ApiOperation({
    operationId: 'createAlertRule',
    summary: 'Create an alert rule',
    description:
      "Watches a metric of the caller's account, or as an admin of any account or of all together. Windows that end from now on are judged, each once, when every event that was accepted before its end is counted. An account has at most 1,000 rules.",
  })
  @ApiBody({ type: CreateRuleDto, examples: CREATE_EXAMPLES })
  @ApiCreatedResponse({ description: 'The rule.', type: OneRuleDto })
  create(@Caller() caller: Identity, @Body() body: CreateRuleDto, @Req() request: FastifyRequest): Promise<OneRuleDto> {
    return this.rules.create(caller, body, serviceUrl(request));
  }

  @Get()
  @Secured('usage:read')
  @ApiOperation({
    operationId: 'listAlertRules',
    summary: 'List alert rules',
    description: "The rules of the caller's account, or as an admin of all accounts or one, in order of creation.",
  })
  @ApiOkResponse({ description: 'One page of rules.', type: RulesDto })
  list(@Caller() caller: Identity, @Query() query: RulesQueryDto): Promise<RulesDto> {
    return this.rules.list(caller, query);
  }

  @Post('preview')
  @HttpCode(200)
  @Secured('usage:read', 'ACCOUNT_NOT_FOUND', 'KEY_NOT_FOUND', 'CHANNEL_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'previewAlertRule',
    summary: 'Try an alert rule on the past',
    description:
      'What a rule would have done in the last days, by the code that evaluates rules; nothing is stored and nobody is told. It reads as far back as figures of its windows are kept.',
  })
  @ApiBody({ type: PreviewRuleDto, examples: PREVIEW_EXAMPLES })
  @ApiOkResponse({ description: 'When it would have fired.', type: PreviewDto })
  preview(
    @Caller() caller: Identity,
    @Body() body: PreviewRuleDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<PreviewDto> {
    return this.previews.preview(caller, body, gone);
  }

  @Get(':ruleId')
  @Secured('usage:read', 'RULE_NOT_FOUND')
  @ApiOperation({
    operationId: 'getAlertRule',
    summary: 'Get an alert rule',
    description: "One rule. Another account's rule answers 404, exactly as an unknown one does.",
  })
  @ApiParam(RULE_ID)
  @ApiOkResponse({ description: 'The rule.', type: OneRuleDto })
  get(@Caller() caller: Identity, @Param('ruleId') ruleId: string): Promise<OneRuleDto> {
    return this.rules.get(caller, ruleId);
  }

  @Patch(':ruleId')
  @Audited('rule.changed', ({ rule }: OneRuleDto, changes: UpdateRuleDto) => ({
    ...subjectOf(rule),
    details: { changed: Object.keys(changes) },
  }))
  @Secured('alerts:write', 'RULE_NOT_FOUND', 'KEY_NOT_FOUND', 'CHANNEL_NOT_FOUND', 'PAYLOAD_TOO_LARGE')
  @ApiOperation({
    operationId: 'updateAlertRule',
    summary: 'Change an alert rule',
    description:
      'Changes the fields that the body names and leaves the others; an object is replaced whole. Where what decides changes (anything but name, severity, channels and reminders), the rule starts anew: its open alerts are resolved with the reason RULE_CHANGED.',
  })
  @ApiParam(RULE_ID)
  @ApiBody({ type: UpdateRuleDto, examples: { 'another name': { value: { name: 'Errors of checkout' } } } })
  @ApiOkResponse({ description: 'The rule as it is now.', type: OneRuleDto })
  update(
    @Caller() caller: Identity,
    @Param('ruleId') ruleId: string,
    @Body() changes: UpdateRuleDto,
    @Req() request: FastifyRequest,
  ): Promise<OneRuleDto> {
    return this.rules.update(caller, ruleId, changes, serviceUrl(request));
  }

  @Delete(':ruleId')
  @Audited('rule.deleted', ({ rule }: OneRuleDto) => subjectOf(rule))
  @Secured('alerts:write', 'RULE_NOT_FOUND')
  @ApiOperation({
    operationId: 'deleteAlertRule',
    summary: 'Delete an alert rule',
    description: 'Its open alerts are resolved with the reason RULE_DELETED, and stay in the list of alerts.',
  })
  @ApiParam(RULE_ID)
  @ApiOkResponse({ description: 'The rule as it was.', type: OneRuleDto })
  delete(@Caller() caller: Identity, @Param('ruleId') ruleId: string): Promise<OneRuleDto> {
    return this.rules.delete(caller, ruleId);
  }
}

/** Without a slash at its end. */
function serviceUrl(request: FastifyRequest): string {
  return publicUrl(request, '/').replace(/\/$/, '');
}

function subjectOf({ id, accountId, name, metric, severity, enabled }: OneRuleDto['rule']): AuditSubject {
  return { target: id, accountId, details: { name, metric, severity, enabled } };
}
