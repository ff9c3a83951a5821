import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiInstant, ApiSuccess } from '../../../http/response-fields';
import { ListPaginationDto, ListQueryDto } from '../../../http/list.dto';
import { IsQueryBoolean, OptionalAccountId } from '../../../http/fields';
import { GROUPINGS, METRICS, SEVERITIES, WINDOW_NAMES } from '../rule';
import type { RuleView } from '../../views/rule-view';
import { BodyField } from './rule-fields';

const CONDITION = {
  type: 'object',
  additionalProperties: true,
  description:
    'When a window breaches. One of `{type: "threshold", operator: "above"|"below", value, recovery?}` (it resolves at ' +
    '`recovery`, by default at `value`); `{type: "change", against: "previous"|"lastWeek", direction: "up"|"down"|"both", percent}`; ' +
    '`{type: "anomaly", direction, sensitivity: "low"|"medium"|"high"}`, against the same hours of the four weeks before; ' +
    '`{type: "burnRate", objective}` for the metric errorRate, in percent of good requests; ' +
    '`{type: "quota", window: "day"|"month", percent: [50, 80, 100]}` for the metric requests, each crossing once a period.',
  example: { type: 'threshold', operator: 'above', value: 5, recovery: 3 },
} as const;

const FILTERS = {
  type: 'object',
  additionalProperties: true,
  description:
    'Which requests count: lists of at most 50 values by `keyId`, `endpoint`, `method`, `statusCode` (codes, or classes such as "5xx") and `errorType`.',
  example: { endpoint: ['/v1/orders'], method: ['POST'] },
} as const;

const SCHEDULE = {
  type: 'object',
  additionalProperties: true,
  nullable: true,
  description:
    'When windows are judged, by their end: `{timezone, days: [1–7, 1 is Monday], from: "09:00", to: "18:00"}` by the clocks of the zone; null: always.',
  example: { timezone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
} as const;

const BREACHING = {
  type: 'object',
  additionalProperties: true,
  description: 'The rule fires when `windows` of the last `of` windows breach; at most 60.',
  example: { windows: 2, of: 3 },
} as const;

/** The fields of a rule that a caller says; a new rule needs a name, a metric and a condition. */
export class RuleFieldsDto {
  @BodyField({
    type: String,
    description: 'What people call the rule, in 1 to 100 characters.',
    example: 'Errors of checkout',
  })
  name?: unknown;

  @BodyField({ type: Boolean, description: 'Whether it is evaluated.', default: true, example: true })
  enabled?: unknown;

  @BodyField({ enum: SEVERITIES, description: 'How urgent its alerts are.', default: 'medium', example: 'high' })
  severity?: unknown;

  @BodyField({
    enum: METRICS,
    description:
      'What is watched, as `GET /usage` defines it: rates and utilization in percent, latencies in milliseconds, dataTransferred in bytes. utilization is the largest share of what the limits of the keys allow over the window. cost is what the running billing period costs by now and projectedCost what it is expected to cost at its end, in the currency of the plan; runway is the days until the first limit is met. These three are of one account, judged once an hour by a threshold: cost above, runway below.',
    example: 'errorRate',
  })
  metric?: unknown;

  @BodyField(FILTERS)
  filters?: unknown;

  @BodyField({
    enum: GROUPINGS,
    nullable: true,
    description: 'One alert for each key or endpoint; null: one for all.',
    example: 'key',
  })
  groupBy?: unknown;

  @BodyField({
    enum: WINDOW_NAMES,
    description:
      'How long a window is. Windows overlap; one ends every minute (5m), 5 minutes (15m), 15 minutes (1h), hour (6h, 24h) or 6 hours (7d). burnRate and quota, cost and runway have windows of their own.',
    default: '15m',
    example: '15m',
  })
  window?: unknown;

  @BodyField(CONDITION)
  condition?: unknown;

  @BodyField({
    type: 'integer',
    description: 'A rate, a latency, a change or an anomaly of fewer requests does not breach.',
    default: 20,
    example: 20,
  })
  minimumRequests?: unknown;

  @BodyField({ ...BREACHING, default: { windows: 1, of: 1 } })
  breaching?: unknown;

  @BodyField({
    enum: ['ok', 'alert', 'keep'],
    description:
      'What a complete window without a request is: good, a breach, or nothing new. A count of 0 is a value all the same.',
    default: 'ok',
    example: 'ok',
  })
  noData?: unknown;

  @BodyField({
    type: 'integer',
    nullable: true,
    description:
      'After how many minutes who was told of a firing alert is reminded, until somebody acknowledges it; 5 to 10,080; null: never.',
    example: 240,
  })
  renotifyAfterMinutes?: unknown;

  @BodyField({
    type: [String],
    description: 'Who is told: ids of at most 20 channels of the account.',
    default: [],
    example: [],
  })
  channels?: unknown;

  @BodyField(SCHEDULE)
  schedule?: unknown;
}

/** The body of `POST /alerts/rules`. */
export class CreateRuleDto extends RuleFieldsDto {
  @BodyField({
    type: String,
    nullable: true,
    description:
      "The account that is watched; admins only. null: all accounts together. Left out: the calling key's account.",
    example: 'acme',
  })
  accountId?: unknown;
}

/** The body of `PATCH /alerts/rules/{ruleId}`. */
export class UpdateRuleDto extends RuleFieldsDto {}

/** The query of `GET /alerts/rules`. */
export class RulesQueryDto extends ListQueryDto {
  @OptionalAccountId('Admins only: the account whose rules are listed. Left out, an admin lists all of them.')
  accountId?: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Only rules that are enabled, or only those that are not.',
    example: true,
  })
  @IsQueryBoolean()
  enabled?: boolean;
}

/** A rule. */
export class RuleDto implements Omit<RuleView, 'condition' | 'filters' | 'schedule' | 'breaching'> {
  @ApiProperty({ type: String, description: 'Names the rule.', example: 'rul_5J2nS0aQ9xT7bKd4' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The account that is watched; null: all together.',
    example: 'acme',
  })
  accountId!: string | null;

  @ApiProperty({ type: String, description: 'What people call it.', example: 'Errors of checkout' })
  name!: string;

  @ApiProperty({ type: Boolean, description: 'Whether it is evaluated.', example: true })
  enabled!: boolean;

  @ApiProperty({ enum: SEVERITIES, enumName: 'Severity', description: 'How urgent its alerts are.', example: 'high' })
  severity!: RuleView['severity'];

  @ApiProperty({ enum: METRICS, enumName: 'AlertMetric', description: 'What is watched.', example: 'errorRate' })
  metric!: RuleView['metric'];

  @ApiProperty(FILTERS)
  filters!: object;

  @ApiProperty({
    enum: GROUPINGS,
    nullable: true,
    description: 'One alert for each of these; null: one.',
    example: null,
  })
  groupBy!: RuleView['groupBy'];

  @ApiProperty({ enum: WINDOW_NAMES, enumName: 'AlertWindow', description: 'How long a window is.', example: '15m' })
  window!: RuleView['window'];

  @ApiProperty(CONDITION)
  condition!: object;

  @ApiProperty({ type: 'integer', description: 'Fewer requests do not breach.', example: 20 })
  minimumRequests!: number;

  @ApiProperty(BREACHING)
  breaching!: object;

  @ApiProperty({
    enum: ['ok', 'alert', 'keep'],
    description: 'What a complete window without a request is.',
    example: 'ok',
  })
  noData!: RuleView['noData'];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Minutes between reminders; null: none.', example: 240 })
  renotifyAfterMinutes!: number | null;

  @ApiProperty({ type: [String], description: 'Ids of the channels that are told.', example: [] })
  channels!: readonly string[];

  @ApiProperty(SCHEDULE)
  schedule!: object | null;

  @ApiInstant('When it was made.', '2026-03-02T10:15:30.000Z')
  createdAt!: string;

  @ApiInstant('When it was last changed.', '2026-03-02T10:15:30.000Z')
  updatedAt!: string;

  @ApiInstant('End of the last window that was judged; null: none was yet.', '2026-03-02T11:15:00.000Z', {
    nullable: true,
  })
  lastEvaluatedTo!: string | null;

  @ApiProperty({
    enum: ['NOT_ENOUGH_HISTORY', 'NO_LIMIT', 'NO_PLAN', 'NOT_READABLE', 'KEY_REVOKED'],
    nullable: true,
    description:
      'Why its windows are not judged: too little history for an anomaly or a forecast, keys without a limit, an account without a plan, a cost that could not be read, or all of its keys are revoked, which ended it. null: they are.',
    example: null,
  })
  notJudged!: RuleView['notJudged'];
}

/** One rule. */
export class OneRuleDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: RuleDto, description: 'The rule.' })
  rule!: RuleDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}

/** A page of rules. */
export class RulesDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: [RuleDto], description: 'In order of creation.' })
  rules!: RuleDto[];

  @ApiProperty({ type: ListPaginationDto, description: 'Where the page stands.' })
  pagination!: ListPaginationDto;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
