/** Plans, for admins: what usage costs, and one of them to make or change. */
import type { ReactNode } from 'react';
import type { Plan } from '../api/use-cost';
import { usePlanPage } from '../api/use-plans';
import { dayAndTime } from '../format/format';
import { money } from '../format/money';
import '../rules/rules.css';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { type View, withItem } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { Pagination } from '../ui/pagination';
import { ViewLink } from '../ui/view-link';
import { PlanPage } from './plan-page';
import './plans.css';

const PAGE = 25;

export function Plans(props: ScreenProps): ReactNode {
  const { item } = props.view;
  return item ? <PlanPage key={item} id={item} {...props} /> : <PlanList {...props} />;
}

function PlanList({ view }: ScreenProps): ReactNode {
  const query = usePlanPage({ limit: PAGE, offset: view.list.offset ?? 0 });
  const data = query.data;
  return (
    <section className="panel" aria-label="Plans">
      <div className="list-head">
        <p className="note">What usage costs. An account pays by the plan that it is given.</p>
        <button type="button" className="primary" onClick={() => go(withItem(view, 'new'))}>
          New plan
        </button>
      </div>
      <CallState query={query} />
      {!data && query.isPending && <p className="note table-empty">Loading the plans…</p>}
      {data && (
        <>
          <DataTable
            caption="Plans"
            columns={columns(view)}
            rows={data.plans}
            rowKey={({ id }) => id}
            empty={<p>There is no plan yet. Make one, and see what an account would pay before you save it.</p>}
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="plans"
            onOffset={(offset) => go({ ...view, list: { offset } })}
          />
        </>
      )}
    </section>
  );
}

function columns(view: View): Column<Plan>[] {
  return [
    {
      id: 'name',
      title: 'Plan',
      cell: ({ id, name }) => (
        <ViewLink className="row-link" view={withItem(view, id)}>
          {name}
        </ViewLink>
      ),
    },
    { id: 'fee', title: 'Flat fee', numeric: true, cell: ({ flatFee, currency }) => money(flatFee, currency) },
    { id: 'prices', title: 'Prices', cell: ({ prices }) => prices.map(({ name }) => name).join(', ') || 'none' },
    {
      id: 'version',
      title: 'Newest version',
      cell: ({ version, effectiveFrom, timezone }) => (
        <span>
          {version}
          <span className="note below">from {dayAndTime(Date.parse(effectiveFrom), timezone)}</span>
        </span>
      ),
    },
  ];
}
