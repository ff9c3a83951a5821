/** The fields of a rule as a form has them, and as the service takes them. */
import type { Rule } from '../api/use-rules';
import {
  type AlertMetric,
  type ConditionType,
  type Direction,
  FILTER_NAMES,
  type NO_DATA,
  type RuleBody,
  type RuleFilters,
  type Sensitivity,
  type Severity,
  type WindowName,
} from './rule';

export type Texts<Name extends string> = Readonly<Record<Name, string>>;

/** As typed: numbers are text, and those of other conditions stay while one is chosen. */
export interface RuleForm {
  /** Admins only; null: all accounts together. */
  accountId: string | null;
  name: string;
  enabled: boolean;
  severity: Severity;
  metric: AlertMetric;
  window: WindowName;
  groupBy: 'key' | 'endpoint' | '';
  type: ConditionType;
  operator: 'above' | 'below';
  against: 'previous' | 'lastWeek';
  direction: Direction;
  sensitivity: Sensitivity;
  quotaWindow: 'day' | 'month';
  numbers: Texts<'value' | 'recovery' | 'percent' | 'objective' | 'minimumRequests' | 'windows' | 'of' | 'reminder'>;
  /** Percentages with commas between them. */
  levels: string;
  noData: (typeof NO_DATA)[number];
  /** One value a line. */
  filters: Texts<keyof RuleFilters>;
  channels: readonly string[];
  scheduled: boolean;
  schedule: { timezone: string; days: readonly number[]; from: string; to: string };
}

const NO_FILTERS: RuleForm['filters'] = { keyId: '', endpoint: '', method: '', statusCode: '', errorType: '' };

/** A rule on the error rate, which nearly everybody begins with. */
export function newRuleForm(accountId: string | null, zone: string): RuleForm {
  return {
    accountId,
    name: '',
    enabled: true,
    severity: 'medium',
    metric: 'errorRate',
    window: '15m',
    groupBy: '',
    type: 'threshold',
    operator: 'above',
    against: 'previous',
    direction: 'both',
    sensitivity: 'medium',
    quotaWindow: 'day',
    numbers: {
      value: '5',
      recovery: '',
      percent: '50',
      objective: '99.9',
      minimumRequests: '20',
      windows: '1',
      of: '1',
      reminder: '',
    },
    levels: '50, 80, 100',
    noData: 'ok',
    filters: NO_FILTERS,
    channels: [],
    scheduled: false,
    schedule: { timezone: zone, days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
  };
}

/** @param zone of a schedule that the rule has not yet */
export function ruleForm(rule: Rule, zone: string): RuleForm {
  const start = newRuleForm(rule.accountId, zone);
  const { condition, breaching, renotifyAfterMinutes, schedule, filters, groupBy } = rule;
  const { name, enabled, severity, metric, window, noData, channels } = rule;
  return {
    ...start,
    ...{ name, enabled, severity, metric, window, noData, channels },
    ...conditionForm(condition, start),
    groupBy: groupBy ?? '',
    numbers: {
      ...conditionForm(condition, start).numbers,
      minimumRequests: String(rule.minimumRequests),
      windows: String(breaching.windows),
      of: String(breaching.of),
      reminder: renotifyAfterMinutes === null ? '' : String(renotifyAfterMinutes),
    },
    filters: mapFilters((filter) => filters[filter].join('\n')),
    scheduled: schedule !== null,
    schedule: schedule ?? start.schedule,
  };
}

function conditionForm(condition: Rule['condition'], start: RuleForm): Partial<RuleForm> & Pick<RuleForm, 'numbers'> {
  const { numbers } = start;
  switch (condition.type) {
    case 'threshold': {
      const { type, operator, value, recovery } = condition;
      return { type, operator, numbers: { ...numbers, value: String(value), recovery: String(recovery ?? '') } };
    }
    case 'change': {
      const { type, against, direction, percent } = condition;
      return { type, against, direction, numbers: { ...numbers, percent: String(percent) } };
    }
    case 'anomaly':
      return { ...condition, numbers };
    case 'burnRate':
      return { type: condition.type, numbers: { ...numbers, objective: String(condition.objective) } };
    case 'quota': {
      const { type, window, percent } = condition;
      return { type, quotaWindow: window, levels: percent.join(', '), numbers };
    }
  }
}

/**
 * What `POST /alerts/rules` takes. What is no number goes as it is, for the service to say so.
 * @param isAdmin whether it says whose the rule is
 */
export function ruleBody(form: RuleForm, isAdmin: boolean): RuleBody {
  const { accountId, name, enabled, severity, window, groupBy, numbers, noData, channels, schedule } = form;
  return {
    ...(isAdmin ? { accountId } : {}),
    ...{ name, enabled, severity, metric: metricOf(form), window, noData },
    filters: mapFilters((filter) => lines(form.filters[filter])),
    groupBy: groupBy === '' ? null : groupBy,
    condition: conditionBody(form),
    minimumRequests: Number(numbers.minimumRequests),
    breaching: { windows: Number(numbers.windows), of: Number(numbers.of) },
    renotifyAfterMinutes: numbers.reminder === '' ? null : Number(numbers.reminder),
    channels: [...channels],
    schedule: form.scheduled ? { ...schedule, days: [...schedule.days] } : null,
  };
}

/** Two conditions are about one metric alone. */
export function metricOf({ type, metric }: Pick<RuleForm, 'type' | 'metric'>): AlertMetric {
  return type === 'burnRate' ? 'errorRate' : type === 'quota' ? 'requests' : metric;
}

function conditionBody(form: RuleForm): Record<string, unknown> {
  const { type, operator, against, direction, sensitivity, numbers } = form;
  switch (type) {
    case 'threshold': {
      const recovery = number(numbers.recovery);
      return { type, operator, value: number(numbers.value), ...(recovery === undefined ? {} : { recovery }) };
    }
    case 'change':
      return { type, against, direction, percent: number(numbers.percent) };
    case 'anomaly':
      return { type, direction, sensitivity };
    case 'burnRate':
      return { type, objective: number(numbers.objective) };
    case 'quota': {
      const levels = form.levels.split(',').map((level) => level.trim());
      return { type, window: form.quotaWindow, percent: levels.filter((level) => level !== '').map(numberOrText) };
    }
  }
}

const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
const numberOrText = (text: string): number | string => (Number.isNaN(Number(text)) ? text : Number(text));

function lines(text: string): string[] {
  const values = text.split('\n').map((value) => value.trim());
  return [...new Set(values.filter((value) => value !== ''))];
}

function mapFilters<T>(of: (filter: keyof RuleFilters) => T): Record<keyof RuleFilters, T> {
  const [keyId, endpoint, method, statusCode, errorType] = FILTER_NAMES;
  return {
    keyId: of(keyId),
    endpoint: of(endpoint),
    method: of(method),
    statusCode: of(statusCode),
    errorType: of(errorType),
  };
}
