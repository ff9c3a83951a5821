/** What a rule says, as `POST /alerts/rules` takes it: the parts that depend on each other. */
import type { components } from '../api/schema';

export type AlertMetric = components['schemas']['AlertMetric'];
export type WindowName = components['schemas']['AlertWindow'];
export type Severity = components['schemas']['Severity'];

export const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
export const WINDOW_NAMES: readonly WindowName[] = ['5m', '15m', '1h', '6h', '24h', '7d'];
export const DIRECTIONS = ['up', 'down', 'both'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const SENSITIVITIES = ['low', 'medium', 'high'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];
export const FILTER_NAMES = ['keyId', 'endpoint', 'method', 'statusCode', 'errorType'] as const;
export const NO_DATA = ['ok', 'alert', 'keep'] as const;

export type Condition =
  | { type: 'threshold'; operator: 'above' | 'below'; value: number; recovery?: number }
  | { type: 'change'; against: 'previous' | 'lastWeek'; direction: Direction; percent: number }
  | { type: 'anomaly'; direction: Direction; sensitivity: Sensitivity }
  | { type: 'burnRate'; objective: number }
  | { type: 'quota'; window: 'day' | 'month'; percent: number[] };
export type ConditionType = Condition['type'];

export type RuleFilters = Readonly<Record<(typeof FILTER_NAMES)[number], readonly string[]>>;

export interface Schedule {
  timezone: string;
  /** 1 is Monday. */
  days: number[];
  from: string;
  to: string;
}

/** What a caller says of a rule. */
export type RuleBody = {
  /** Null: all accounts together. */
  accountId?: string | null;
  name: string;
  enabled: boolean;
  severity: Severity;
  metric: AlertMetric;
  filters: Partial<Record<keyof RuleFilters, string[]>>;
  groupBy: 'key' | 'endpoint' | null;
  window: WindowName;
  condition: Record<string, unknown>;
  minimumRequests: number;
  breaching: { windows: number; of: number };
  noData: (typeof NO_DATA)[number];
  renotifyAfterMinutes: number | null;
  channels: string[];
  schedule: Record<string, unknown> | null;
};
