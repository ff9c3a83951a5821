/** What an alert rule is, and how often each window is judged. */
import { createHash } from 'node:crypto';
import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import { base62 } from '../../auth/secret';

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const METRICS = [
  'requests',
  'failedRequests',
  'errorRate',
  'throttledRequests',
  'throttledRate',
  'averageLatency',
  'peakLatency',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'dataTransferred',
  'utilization',
  'cost',
  'projectedCost',
  'runway',
] as const;
export type Metric = (typeof METRICS)[number];

/** Sums, which more events can only raise; 0 is a value of theirs. */
const COUNTS: readonly Metric[] = ['requests', 'failedRequests', 'throttledRequests', 'dataTransferred'];

export function isCount(metric: Metric): boolean {
  return COUNTS.includes(metric);
}

/** What an account stands at now, whatever the window: what its billing period costs, and the days until a limit. */
export const STANDING_METRICS = ['cost', 'projectedCost', 'runway'] as const satisfies readonly Metric[];
export type StandingMetric = (typeof STANDING_METRICS)[number];

export function isStanding(metric: Metric): metric is StandingMetric {
  return STANDING_METRICS.some((standing) => standing === metric);
}

const PERCENTILE_METRICS: readonly Metric[] = ['p50', 'p75', 'p90', 'p95', 'p99'];

export function isPercentile(metric: Metric): boolean {
  return PERCENTILE_METRICS.includes(metric);
}

/** A window with the distance between the ends of the windows that are judged; both in milliseconds. */
export interface Cadence {
  length: number;
  step: number;
}

/**
 * The windows of rules. Their ends are the multiples of the step since 1970; a window of whole hours whose step is one is
 * read from the rollups by hour.
 */
export const WINDOWS = {
  '5m': { length: 5 * MINUTE, step: MINUTE },
  '15m': { length: 15 * MINUTE, step: 5 * MINUTE },
  '1h': { length: HOUR, step: 15 * MINUTE },
  '6h': { length: 6 * HOUR, step: HOUR },
  '24h': { length: DAY, step: HOUR },
  '7d': { length: 7 * DAY, step: 6 * HOUR },
} as const satisfies Record<string, Cadence>;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES = Object.keys(WINDOWS) as WindowName[];

export const GROUPINGS = ['key', 'endpoint'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Which requests count; an empty list lets all through. */
export interface RuleFilters {
  keyId: readonly string[];
  endpoint: readonly string[];
  method: readonly string[];
  /** Codes such as `404`, and classes such as `5xx`. */
  statusCode: readonly string[];
  errorType: readonly string[];
}

export const DIRECTIONS = ['up', 'down', 'both'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const SENSITIVITIES = ['low', 'medium', 'high'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export type Condition =
  | { type: 'threshold'; operator: 'above' | 'below'; value: number; recovery?: number }
  | { type: 'change'; against: 'previous' | 'lastWeek'; direction: Direction; percent: number }
  | { type: 'anomaly'; direction: Direction; sensitivity: Sensitivity }
  | { type: 'burnRate'; objective: number }
  | { type: 'quota'; window: 'day' | 'month'; percent: readonly number[] };

/** When windows are judged: on these days of the week (1 is Monday), between two times of the day of a zone. */
export interface Schedule {
  timezone: string;
  days: readonly number[];
  /** `HH:MM`; before `to`. */
  from: string;
  /** `HH:MM`, at most `24:00`; not included. */
  to: string;
}

/** What decides whether windows breach; a change of it starts a rule anew. */
export interface Definition {
  metric: Metric;
  filters: RuleFilters;
  groupBy: Grouping | null;
  window: WindowName;
  condition: Condition;
  /** A window with fewer requests does not breach; counts are judged whatever there is. */
  minimumRequests: number;
  /** A rule fires when so many of the last `of` windows breach. */
  breaching: { windows: number; of: number };
  /** What a window without a request is. `keep`: it leaves everything as it was. */
  noData: 'ok' | 'alert' | 'keep';
  schedule: Schedule | null;
}

/** What a caller says of a rule. */
export interface RuleInput extends Definition {
  name: string;
  enabled: boolean;
  severity: Severity;
  renotifyAfterMinutes: number | null;
  channels: readonly string[];
}

/** A rule as it is stored; instants are epoch milliseconds. */
export interface Rule extends RuleInput {
  id: string;
  /** Null: all accounts together. */
  accountId: string | null;
  /** Whose channels it names. */
  channelAccountId: string;
  /**
   * Where the service was when the rule was last written, for links in what it tells where `PUBLIC_URL` is unset:
   * `https://usage.example.com`.
   */
  serviceUrl: string;
  /** Grows with every change; the newest counts. */
  version: number;
  createdAt: number;
  updatedAt: number;
  /** When it got the definition that it has: only windows that end later are judged. */
  definedAt: number;
}

/** Windows of conditions and metrics that bring their own. */
export const BURN_STEP = 5 * MINUTE;
export const QUOTA_STEP = 5 * MINUTE;
const STANDING_STEP = HOUR;

/** Standings of accounts are read over this time after the hour, so that they do not hold up the rest at its end. */
const STANDING_SPREAD_MINUTES = 15;

/** Which windows of a rule are judged. */
export function cadenceOf({ metric, condition, window }: Pick<Definition, 'metric' | 'condition' | 'window'>): Cadence {
  if (isStanding(metric)) return { length: STANDING_STEP, step: STANDING_STEP };
  if (condition.type === 'burnRate') return { length: HOUR, step: BURN_STEP };
  if (condition.type === 'quota') return { length: QUOTA_STEP, step: QUOTA_STEP };
  return WINDOWS[window];
}

/** How long after its end a window is judged at the earliest, in milliseconds: for what is read by account, by the account. */
export function delayOf({ metric, accountId }: Pick<Rule, 'metric' | 'accountId'>): number {
  if (!isStanding(metric)) return 0;
  const digest = createHash('sha256')
    .update(accountId ?? '')
    .digest();
  return (digest.readUInt32BE() % STANDING_SPREAD_MINUTES) * MINUTE;
}

/** Names a definition: equal for two exactly where nothing that decides differs. */
export function definitionId(rule: Definition): string {
  const { metric, filters, groupBy, window, condition, minimumRequests, breaching, noData, schedule } = rule;
  const parts = [metric, filters, groupBy, window, condition, minimumRequests, breaching, noData, schedule];
  return hashId(parts, 16);
}

/** So many letters and digits that follow from the parts, equal for equal ones. */
export function hashId(parts: unknown, length: number): string {
  return base62(BigInt(`0x${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`), length);
}

/** Whether what counts by now is enough to judge a window that has not ended: more events can only confirm. */
export function isMonotone({ metric, condition }: Pick<Definition, 'metric' | 'condition'>): boolean {
  return condition.type === 'threshold' && condition.operator === 'above' && isCount(metric);
}
