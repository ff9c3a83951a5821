/** What keys and endpoints cost: each row filters the bill. */
import type { ReactNode } from 'react';
import type { Cost } from '../api/use-cost';
import { count } from '../format/format';
import { money } from '../format/money';
import { type BarRow, BarTable } from '../overview/bar-table';
import { OTHER } from '../overview/breakdowns';
import { go } from '../state/use-view';
import { type Filter, type View, pageOf, toggleFilter } from '../state/view';

export function Shares({ cost, view }: { cost: Cost; view: View }): ReactNode {
  const { byKey, byEndpoint } = cost;
  const row = (value: string, label: string, share: { requests: number; amount: string }): BarRow => ({
    value,
    label,
    fixed: value === OTHER,
    size: Math.max(0, Number(share.amount)),
    failed: 0,
    cells: [count(share.requests), money(share.amount, cost.currency)],
  });
  return (
    <div className="breakdowns">
      <ShareTable
        title="Endpoints"
        filter="endpoint"
        view={view}
        rows={byEndpoint.map((share) => row(share.endpoint, share.endpoint, share))}
      />
      <ShareTable
        title="Keys"
        filter="keyId"
        view={view}
        rows={byKey.map((share) => row(share.keyId, share.name ?? share.keyId, share))}
      />
    </div>
  );
}

function ShareTable({ title, filter, view, rows }: { title: string; filter: Filter; view: View; rows: BarRow[] }) {
  return (
    <BarTable
      title={title}
      columns={['Requests', 'Cost']}
      rows={rows}
      empty="No requests."
      chosen={view.filters[filter]}
      onChoose={(value) => go(toggleFilter(view, filter, value))}
      pageOf={(value) => pageOf(view, filter, value)}
    />
  );
}
