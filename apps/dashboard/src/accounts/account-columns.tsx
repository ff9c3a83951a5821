/** The columns of the list of accounts. */
import type { ReactNode } from 'react';
import type { Account } from '../api/use-accounts';
import type { KeyLimit } from '../api/use-capacity';
import { changeOf, count, percent } from '../format/format';
import { NO_FILTERS, type View, onScreen } from '../state/view';
import type { Column } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';
import { NEARLY, nearestLimit } from './nearest';

interface Shown {
  view: View;
  zone: string;
  now: number;
  /** Undefined until they are known. */
  keyLimits: readonly KeyLimit[] | undefined;
  onLimits: (account: Account) => void;
}

export function accountColumns({ view, zone, now, keyLimits, onLimits }: Shown): Column<Account>[] {
  return [
    { id: 'id', title: 'Account', cell: ({ id }) => <Name id={id} view={view} /> },
    { id: 'requests', title: 'Requests', numeric: true, sort: 'desc', cell: (account) => <Requests of={account} /> },
    { id: 'errors', title: 'Failed', numeric: true, sort: 'desc', cell: (account) => <Failed of={account} /> },
    {
      id: 'nearest',
      title: 'Nearest limit',
      cell: (account) => keyLimits && <Limit of={account} limits={keyLimits} />,
    },
    { id: 'tier', title: 'Tier', cell: ({ tier }) => tier ?? <span className="note">none</span> },
    {
      id: 'keys',
      title: 'Keys',
      numeric: true,
      cell: ({ keys }) => (
        <span>
          {count(keys.active)}
          <span className="note below">of {count(keys.total)} active</span>
        </span>
      ),
    },
    {
      id: 'lastUsedAt',
      title: 'Last used',
      sort: 'desc',
      cell: ({ lastUsedAt }) => <When at={lastUsedAt} zone={zone} now={now} />,
    },
    {
      id: 'actions',
      title: 'Actions',
      cell: (account) => (
        <button type="button" onClick={() => onLimits(account)}>
          Limits<span className="hidden"> of {account.id}</span>…
        </button>
      ),
    },
  ];
}

/** Leads to the figures of the same 30 days. */
function Name({ id, view }: { id: string; view: View }): ReactNode {
  const figures: View = { ...onScreen(view, ''), account: id, period: { timeframe: '30d' }, filters: NO_FILTERS };
  return (
    <ViewLink className="row-link" view={figures} title={`Figures of ${id}`}>
      {id}
    </ViewLink>
  );
}

function Requests({ of: { usage } }: { of: Account }): ReactNode {
  const change = changeOf(usage.requests, usage.previousRequests, false);
  return (
    <span title={`${count(usage.previousRequests)} in the 30 days before`}>
      {count(usage.requests)}
      <span className="note below">{change && usage.requests + usage.previousRequests > 0 ? change.text : ''}</span>
    </span>
  );
}

/** From here on, in percent, failures are many. */
const MANY_FAIL = 5;

function Failed({ of: { usage } }: { of: Account }): ReactNode {
  if (usage.requests === 0) return <span className="note">–</span>;
  const share = (usage.failedRequests / usage.requests) * 100;
  return (
    <span>
      {count(usage.failedRequests)}
      <span className={`below ${share >= MANY_FAIL ? 'change bad' : 'note'}`}>{percent(share)}</span>
    </span>
  );
}

function Limit({ of, limits }: { of: Account; limits: readonly KeyLimit[] }): ReactNode {
  const nearest = nearestLimit(of, limits);
  if (nearest === null) return <span className="note">no limit</span>;
  const tone = nearest.utilization >= 100 ? 'bad' : nearest.utilization >= NEARLY ? 'warn' : '';
  return (
    <span>
      <span className={`badge ${tone}`}>{percent(nearest.utilization)}</span>
      <span className="note below">{nearest.of}</span>
    </span>
  );
}
