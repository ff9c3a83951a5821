/** Rules in words. */
import { ALERT_METRICS } from '../alerts/metrics';
import { percent } from '../format/format';
import type { AlertMetric, Condition, ConditionType, RuleFilters, Schedule, WindowName } from './rule';

export const WINDOW_LABELS: Readonly<Record<WindowName, string>> = {
  '5m': '5 minutes',
  '15m': '15 minutes',
  '1h': '1 hour',
  '6h': '6 hours',
  '24h': '24 hours',
  '7d': '7 days',
};

export const CONDITION_LABELS: Readonly<Record<ConditionType, string>> = {
  threshold: 'passes a value',
  change: 'changes by a percentage',
  anomaly: 'is unusual for the time of the week',
  burnRate: 'uses up an error budget too fast',
  quota: 'comes near a limit of the keys',
};

export const FILTER_LABELS: Readonly<Record<keyof RuleFilters, string>> = {
  keyId: 'Keys',
  endpoint: 'Endpoints',
  method: 'Methods',
  statusCode: 'Status codes',
  errorType: 'Error types',
};

/** Of 2024-01-01, a Monday, and the days after it. */
export const DAY_NAMES: readonly string[] = Array.from({ length: 7 }, (_, index) =>
  new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + index)),
);

interface Said {
  metric: AlertMetric;
  condition: Condition;
  window: WindowName;
}

/**
 * When a rule fires, as a sentence without its end.
 * @example 'Error rate above 5 % over 15 minutes'
 */
export function conditionText({ metric, condition, window }: Said): string {
  const { label, format } = ALERT_METRICS[metric];
  const over = `over ${WINDOW_LABELS[window]}`;
  switch (condition.type) {
    case 'threshold':
      return `${label} ${condition.operator} ${format(condition.value)} ${over}`;
    case 'change': {
      const way = { up: 'up', down: 'down', both: 'up or down' }[condition.direction];
      const before = condition.against === 'previous' ? `the ${WINDOW_LABELS[window]} before` : 'a week before';
      return `${label} ${way} by ${percent(condition.percent)} ${over}, against ${before}`;
    }
    case 'anomaly': {
      const way = { up: 'unusually high', down: 'unusually low', both: 'unusual' }[condition.direction];
      return `${label} ${way} ${over}, sensitivity ${condition.sensitivity}`;
    }
    case 'burnRate':
      return `Error budget of ${percent(condition.objective)} used up too fast`;
    case 'quota':
      return `Requests of a ${condition.window} at ${condition.percent.map(percent).join(', ')} of the limits`;
  }
}

/** What narrows a rule; empty where nothing does. */
export function scopeText(filters: RuleFilters, groupBy: 'key' | 'endpoint' | null): string {
  const parts = (Object.keys(FILTER_LABELS) as (keyof RuleFilters)[]).flatMap((name) => {
    const values = filters[name];
    if (values.length === 0) return [];
    const [first] = values;
    return [
      values.length === 1 && name !== 'keyId' ? String(first) : `${values.length} ${FILTER_LABELS[name].toLowerCase()}`,
    ];
  });
  const each = groupBy === null ? [] : [`each ${groupBy}`];
  return [...each, ...parts].join(' · ');
}

/** @example 'Mon–Fri, 09:00–18:00, Europe/Berlin' */
export function scheduleText({ days, from, to, timezone }: Schedule): string {
  const isRun = days.every((day, index) => index === 0 || day === (days[index - 1] ?? 0) + 1);
  const names = days.map((day) => DAY_NAMES[day - 1] ?? String(day));
  const shown = days.length > 2 && isRun ? `${names[0]}–${names.at(-1)}` : names.join(', ');
  return `${days.length === 7 ? 'every day' : shown}, ${from}–${to}, ${timezone}`;
}
