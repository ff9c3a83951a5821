/** The columns of lists of alerts. */
import type { ReactNode } from 'react';
import type { Alert } from '../api/use-alerts';
import type { Rule } from '../api/use-rules';
import { lasting } from '../format/format';
import { type View, onScreen, withItem } from '../state/view';
import type { Column } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';
import { SeverityBadge, StateBadges } from './badges';
import { REASONS, formatOf, groupText } from './words';

interface Shown {
  view: View;
  zone: string;
  now: number;
  /** Whether alerts of several accounts are listed. */
  ofAll: boolean;
  /** By id; those that are known. */
  rules: ReadonlyMap<string, Rule>;
}

export function alertColumns({ view, zone, now, ofAll, rules }: Shown): Column<Alert>[] {
  const account: Column<Alert> = { id: 'account', title: 'Account', cell: ({ accountId }) => accountId ?? 'all' };
  return [
    { id: 'name', title: 'Alert', cell: (alert) => <Name of={alert} view={view} /> },
    ...(ofAll ? [account] : []),
    { id: 'severity', title: 'Severity', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    { id: 'state', title: 'State', cell: (alert) => <StateBadges of={alert} /> },
    {
      id: 'value',
      title: 'Figure',
      numeric: true,
      cell: (alert) => <Value of={alert} rule={rules.get(alert.ruleId)} />,
    },
    {
      id: 'startedAt',
      title: 'Began',
      cell: ({ startedAt }) => <When at={startedAt} zone={zone} now={now} />,
    },
    {
      id: 'lasted',
      title: 'Lasts',
      cell: ({ startedAt, resolvedAt }) => lasting((resolvedAt ? Date.parse(resolvedAt) : now) - Date.parse(startedAt)),
    },
  ];
}

function Name({ of, view }: { of: Alert; view: View }): ReactNode {
  const group = groupText(of);
  return (
    <div className="row-title">
      <ViewLink className="row-link" view={withItem(onScreen(view, 'alerts'), of.id)}>
        {of.ruleName}
      </ViewLink>
      <span className="note below">
        {group && <code>{group}</code>}
        {group && ' · '}
        {REASONS[of.reason]}
      </span>
    </div>
  );
}

function Value({ of: { value, threshold }, rule }: { of: Alert; rule: Rule | undefined }): ReactNode {
  const format = formatOf(rule);
  return (
    <span>
      {value === null ? <span className="note">no value</span> : format(value)}
      {threshold !== null && <span className="note below">against {format(threshold)}</span>}
    </span>
  );
}
