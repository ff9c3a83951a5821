import type { ReactNode } from 'react';
import type { Alert } from '../api/use-alerts';
import type { Rule } from '../api/use-rules';
import { count, dayAndTime, lasting } from '../format/format';
import { REASONS, formatOf } from './words';

interface Props {
  alert: Alert;
  rule: Rule | undefined;
  zone: string;
}

/** What was decided, by which figures, and what became of it. */
export function AlertFacts({ alert, rule, zone }: Props): ReactNode {
  const { value, threshold, window, evidence, correction } = alert;
  const format = formatOf(rule);
  const at = (instant: string): string => dayAndTime(Date.parse(instant), zone);
  const facts: (readonly [string, ReactNode] | null)[] = [
    ['Figure', value === null ? 'no value' : <strong key="value">{format(value)}</strong>],
    threshold === null ? null : ['Compared with', format(threshold)],
    evidence.previous === undefined ? null : ['Before, or expected', format(evidence.previous)],
    ['Requests', `${count(evidence.requests)} from ${at(window.from)} to ${at(window.to)}`],
    ['Began', at(alert.startedAt)],
    alert.firingAt === null ? null : ['Fired', at(alert.firingAt)],
    alert.resolvedAt === null ? ['Why', REASONS[alert.reason]] : ['Ended', ended(alert, at)],
    alert.acknowledgedAt === null ? null : ['Acknowledged', at(alert.acknowledgedAt)],
    correction === null
      ? null
      : [
          'Corrected',
          `Late events made it ${correction.value === null ? 'no value' : format(correction.value)} of ${count(correction.requests)} requests; ` +
            (correction.stands ? 'it would have fired all the same.' : 'it would not have fired.'),
        ],
  ];
  return (
    <dl className="facts alert-facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function ended({ startedAt, resolvedAt, reason }: Alert, at: (instant: string) => string): string {
  if (resolvedAt === null) return '';
  return `${at(resolvedAt)}, after ${lasting(Date.parse(resolvedAt) - Date.parse(startedAt))}: ${REASONS[reason]}`;
}
