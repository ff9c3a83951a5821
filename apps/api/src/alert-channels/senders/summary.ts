/** An alert in words, for people: what Slack, mail and PagerDuty show. */
import { escapeControls } from '@meterhouse/common';
import type { Message } from './sender';

const STATES = {
  firing: 'Firing',
  reminder: 'Still firing',
  resolved: 'Resolved',
  test: 'Test',
  channelDisabled: 'Channel disabled',
} as const;

/** The longest text of one line. */
const MAX_LINE = 500;

export interface Summary {
  /** @example 'Firing: Error rate of checkout (high)' */
  title: string;
  /** Names with their values, those that are known. @example [['Value', 'errorRate 8.2, threshold 5']] */
  lines: [string, string][];
}

export function summaryOf({ kind, alert, rule }: Message): Summary {
  const name = textOf(alert, 'ruleName') ?? textOf(rule, 'name') ?? textOf(alert, 'name') ?? 'Alert';
  const severity = textOf(alert, 'severity');
  const value = textOf(alert, 'value');
  const threshold = textOf(alert, 'threshold');
  const group = recordOf(alert, 'group');
  const window = recordOf(alert, 'window');
  const [from, to] = [textOf(window, 'from'), textOf(window, 'to')];
  const lines: [string, string | undefined][] = [
    ['Account', textOf(alert, 'accountId')],
    ['Key', textOf(group, 'keyId')],
    ['Endpoint', textOf(group, 'endpoint')],
    ['Metric', textOf(rule, 'metric')],
    ['Value', value === undefined || threshold === undefined ? value : `${value} (threshold ${threshold})`],
    ['Window', from === undefined || to === undefined ? undefined : `${from} to ${to}`],
    ['Requests', textOf(recordOf(alert, 'evidence'), 'requests')],
    ['Reason', textOf(alert, 'reason') ?? textOf(alert, 'disabledReason')],
  ];
  return {
    title: cut(`${STATES[kind]}: ${name}${severity === undefined ? '' : ` (${severity})`}`, 200),
    lines: lines.flatMap(([label, text]): [string, string][] =>
      text === undefined ? [] : [[label, cut(text, MAX_LINE)]],
    ),
  };
}

/** A text or number of an object, as one line of text; undefined where it has none. */
export function textOf(record: Record<string, unknown>, name: string): string | undefined {
  const value = record[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? escapeControls(value) : undefined;
}

/** An object in an object; an empty one where there is none. */
export function recordOf(record: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = record[name];
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** At most so many characters. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
