import { type ReactNode, useState } from 'react';
import type { Plan } from '../api/use-cost';
import { usePlan } from '../api/use-plans';
import { dayAndTime } from '../format/format';
import { money } from '../format/money';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { withItem } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { AssignDialog } from './assign-dialog';
import { PlanEditor } from './plan-editor';

/** A plan to make or to change, with its versions. @param id or `new` */
export function PlanPage({ id, view, zone }: ScreenProps & { id: string }): ReactNode {
  const isNew = id === 'new';
  const [isAssigning, setAssigning] = useState(false);
  const query = usePlan(isNew ? null : id);
  const plan = query.data?.plan;
  return (
    <>
      <p className="back">
        <ViewLink view={withItem(view, null)}>← All plans</ViewLink>
      </p>
      {isNew && <h2 className="page-title">New plan</h2>}
      {isNew && <PlanEditor view={view} zone={zone} />}
      {!isNew && <CallState query={query} />}
      {!isNew && query.isPending && <Skeleton />}
      {query.data && plan && (
        <>
          <div className="list-head">
            <h2 className="page-title">{plan.name}</h2>
            <button type="button" onClick={() => setAssigning(true)}>
              Give it to an account…
            </button>
          </div>
          <PlanEditor key={`${plan.id} ${plan.version}`} view={view} zone={zone} plan={plan} />
          <section className="panel rule-alerts" aria-label="Versions">
            <h2>Versions</h2>
            <DataTable
              caption="Versions"
              columns={COLUMNS}
              rows={[...query.data.versions].reverse()}
              rowKey={({ version }) => String(version)}
              empty={null}
            />
          </section>
          {isAssigning && <AssignDialog plan={plan} account={view.account} onClose={() => setAssigning(false)} />}
        </>
      )}
    </>
  );
}

const COLUMNS: readonly Column<Plan>[] = [
  { id: 'version', title: 'Version', cell: ({ version, name }) => `${version}, ${name}` },
  {
    id: 'from',
    title: 'Holds from',
    cell: ({ effectiveFrom, timezone }) => (
      <span>
        {dayAndTime(Date.parse(effectiveFrom), timezone)}
        <span className="note below">{timezone}</span>
      </span>
    ),
  },
  { id: 'fee', title: 'Flat fee', numeric: true, cell: ({ flatFee, currency }) => money(flatFee, currency) },
  { id: 'prices', title: 'Prices', cell: ({ prices }) => prices.map(({ name }) => name).join(', ') || 'none' },
];
