/** The columns of the list of rules. */
import type { ReactNode } from 'react';
import type { Rule } from '../api/use-rules';
import { SeverityBadge } from '../alerts/badges';
import { count } from '../format/format';
import { type View, withItem } from '../state/view';
import type { Column } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';
import { conditionText, scheduleText, scopeText } from './words';

export type RuleAction = 'switch' | 'silence' | 'delete';

interface Shown {
  view: View;
  zone: string;
  now: number;
  /** Whether rules of several accounts are listed. */
  ofAll: boolean;
  /** Undefined for who may only look. */
  onAction: ((action: RuleAction, rule: Rule) => void) | undefined;
}

export function ruleColumns({ view, zone, now, ofAll, onAction }: Shown): Column<Rule>[] {
  const account: Column<Rule> = {
    id: 'account',
    title: 'Account',
    cell: ({ accountId }) => accountId ?? <span className="note">all together</span>,
  };
  const actions: Column<Rule> = {
    id: 'actions',
    title: 'Actions',
    cell: (rule) => onAction && <Actions of={rule} onAction={onAction} />,
  };
  return [
    { id: 'name', title: 'Rule', cell: (rule) => <Name of={rule} view={view} /> },
    ...(ofAll ? [account] : []),
    { id: 'severity', title: 'Severity', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    { id: 'state', title: 'State', cell: (rule) => <State of={rule} /> },
    {
      id: 'channels',
      title: 'Channels',
      numeric: true,
      cell: ({ channels }) => (channels.length === 0 ? <span className="note">none</span> : count(channels.length)),
    },
    {
      id: 'lastEvaluatedTo',
      title: 'Judged to',
      cell: ({ lastEvaluatedTo }) => <When at={lastEvaluatedTo} zone={zone} now={now} />,
    },
    ...(onAction ? [actions] : []),
  ];
}

function Name({ of, view }: { of: Rule; view: View }): ReactNode {
  const more = [scopeText(of.filters, of.groupBy), of.schedule ? scheduleText(of.schedule) : '']
    .filter((text) => text !== '')
    .join(' · ');
  return (
    <div className="row-title">
      <ViewLink className="row-link" view={withItem(view, of.id)}>
        {of.name}
      </ViewLink>
      <span className="note below">{conditionText(of)}</span>
      {more !== '' && <span className="note below">{more}</span>}
    </div>
  );
}

const NOT_JUDGED: Readonly<Record<NonNullable<Rule['notJudged']>, string>> = {
  NOT_ENOUGH_HISTORY: 'too little history yet',
  NO_LIMIT: 'its keys have no limit',
  KEY_REVOKED: 'its keys are revoked',
  NO_PLAN: 'the account has no plan',
  NOT_READABLE: 'its figure cannot be read',
};

/** Whether a rule is judged, and why not. */
export function State({ of: { enabled, notJudged } }: { of: Pick<Rule, 'enabled' | 'notJudged'> }): ReactNode {
  if (!enabled) return <span className="badge">off</span>;
  if (notJudged === null) return <span className="badge good">on</span>;
  return (
    <span>
      <span className="badge warn">not judged</span>
      <span className="note below">{NOT_JUDGED[notJudged]}</span>
    </span>
  );
}

function Actions({ of, onAction }: { of: Rule; onAction: (action: RuleAction, rule: Rule) => void }): ReactNode {
  const actions: readonly { action: RuleAction; label: string }[] = [
    { action: 'switch', label: of.enabled ? 'Switch off' : 'Switch on' },
    { action: 'silence', label: 'Silence' },
    { action: 'delete', label: 'Delete' },
  ];
  return (
    <span className="row-actions">
      {actions.map(({ action, label }) => (
        <button key={action} type="button" className="quiet" onClick={() => onAction(action, of)}>
          {label}
          <span className="hidden"> {of.name}</span>
        </button>
      ))}
    </span>
  );
}
