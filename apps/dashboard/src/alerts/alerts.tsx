/** Alerts of rules: those that are open, those that were, and one of them. */
import type { ReactNode } from 'react';
import { type AlertsQuery, useAlerts } from '../api/use-alerts';
import { type Me, useMe } from '../api/use-me';
import { useRules } from '../api/use-rules';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { type View, onScreen, withItem } from '../state/view';
import { Choice } from '../ui/choice';
import { DataTable } from '../ui/data-table';
import { Pagination } from '../ui/pagination';
import { alertColumns } from './alert-columns';
import { AlertPage } from './alert-page';
import './alerts.css';
import { Sections } from './sections';

const PAGE = 25;
const STATUSES = [
  { value: '', label: 'Open' },
  { value: 'resolved', label: 'History' },
  { value: 'all', label: 'All' },
];

export function Alerts({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  return (
    <>
      <Sections view={view} />
      {!me && <Skeleton />}
      {me && view.item && <AlertPage key={view.item} id={view.item} view={view} zone={zone} caller={me.caller} />}
      {me && !view.item && <AlertList view={view} zone={zone} caller={me.caller} />}
    </>
  );
}

function AlertList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const status = STATUSES.find(({ value }) => value === view.list.status)?.value ?? '';
  const query = useAlerts(queryOf(view, status), status === '');
  const rules = useRules({ accountId: view.account }).data?.rules;
  const data = query.data;
  const columns = alertColumns({
    view,
    zone,
    now: Date.now(),
    ofAll: caller.isAdmin && view.account === undefined,
    rules: new Map(rules?.map((rule) => [rule.id, rule])),
  });
  return (
    <section className="panel" aria-label="Alerts">
      <div className="list-head">
        <p className="note">{status === '' ? 'What fires, and what may soon.' : 'The newest first.'}</p>
        <Choice
          label="Which alerts"
          options={STATUSES}
          chosen={status}
          onChoose={(chosen) => go({ ...view, list: chosen === '' ? {} : { status: chosen } })}
        />
      </div>
      <CallState query={query} />
      {!data && query.isPending && <p className="note table-empty">Loading the alerts…</p>}
      {data && (
        <>
          <DataTable
            caption={status === '' ? 'Open alerts' : 'Alerts'}
            columns={columns}
            rows={data.alerts}
            rowKey={({ id }) => id}
            empty={
              <Nothing status={status} view={view} hasRules={rules === undefined || rules.length > 0} caller={caller} />
            }
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="alerts"
            onOffset={(offset) => go({ ...view, list: { ...view.list, offset } })}
          />
        </>
      )}
    </section>
  );
}

function queryOf({ account, list }: View, status: string): AlertsQuery {
  return {
    ...(account === undefined ? {} : { accountId: account }),
    ...(status === 'resolved' ? { state: 'resolved' as const } : {}),
    limit: PAGE,
    offset: list.offset ?? 0,
  };
}

interface NothingProps {
  status: string;
  view: View;
  hasRules: boolean;
  caller: Me['caller'];
}

function Nothing({ status, view, hasRules, caller }: NothingProps): ReactNode {
  if (hasRules) {
    return <p>{status === '' ? 'All is well: no alert is open.' : 'No alert of a rule has ended yet.'}</p>;
  }
  return (
    <>
      <p>There is no rule yet. A rule watches a figure, and tells your channels when it is not as it should be.</p>
      {caller.permissions.includes('alerts:write') && (
        <button type="button" className="primary" onClick={() => go(withItem(onScreen(view, 'alerts/rules'), 'new'))}>
          Make the first rule
        </button>
      )}
    </>
  );
}
