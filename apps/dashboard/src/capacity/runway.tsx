/** When each limit of each key is met, the most urgent first. */
import type { ReactNode } from 'react';
import { type CapacityQuery, type KeyLimit, useCapacity } from '../api/use-capacity';
import { NEARLY } from '../accounts/nearest';
import { Call } from '../as-call/as-call';
import { count, dayAndTime, percent } from '../format/format';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { type View, pageOf } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { Pagination } from '../ui/pagination';
import { ViewLink } from '../ui/view-link';
import './capacity.css';
import { Met } from './met';

const PAGE = 25;

export function Runway({ view, zone }: { view: View; zone: string }): ReactNode {
  const asked: CapacityQuery = {
    ...(view.account === undefined ? {} : { accountId: view.account }),
    limit: PAGE,
    offset: view.list.offset ?? 0,
  };
  const query = useCapacity(asked);
  const data = query.data;
  return (
    <>
      <section className="panel" aria-label="Limits of keys">
        <h2>When limits are met</h2>
        <CallState query={query} />
        {!data && query.isPending && <p className="note table-empty">Loading the limits…</p>}
        {data && (
          <>
            <DataTable
              caption="Limits of keys"
              columns={columns(view, zone)}
              rows={data.limits}
              rowKey={({ keyId, window }) => `${keyId} ${window}`}
              empty={<p>No key has a limit: keys of the tier enterprise have those that they are given.</p>}
              stale={query.isPlaceholderData}
            />
            <Pagination
              pagination={data.pagination}
              things="limits"
              onOffset={(offset) => go({ ...view, list: { ...view.list, offset } })}
            />
          </>
        )}
      </section>
      <Call path="/usage/capacity" query={asked} />
    </>
  );
}

function columns(view: View, zone: string): Column<KeyLimit>[] {
  return [
    { id: 'name', title: 'Key', cell: (limit) => <KeyName limit={limit} view={view} /> },
    {
      id: 'limit',
      title: 'Limit',
      numeric: true,
      cell: ({ limit, window }) => (
        <span>
          {count(limit)} <span className="note">per {window}</span>
        </span>
      ),
    },
    {
      id: 'peak',
      title: 'Fullest in 30 days',
      cell: ({ peak, peakAt, utilization }) => (
        <>
          {count(peak)}, {percent(utilization)} of it
          <div className={`meter${utilization >= NEARLY ? ' nearly' : ''}`} aria-hidden="true">
            <span style={{ width: `${Math.min(100, utilization)}%` }} />
          </div>
          {peakAt !== null && <span className="note">{dayAndTime(Date.parse(peakAt), zone)}</span>}
        </>
      ),
    },
    { id: 'exhausts', title: 'Met', cell: ({ exhausts }) => <Met exhausts={exhausts} /> },
  ];
}

function KeyName({ limit: { keyId, name, tier, accountId }, view }: { limit: KeyLimit; view: View }): ReactNode {
  const page = pageOf({ ...view, account: accountId }, 'keyId', keyId);
  return (
    <span>
      {page ? <ViewLink view={page}>{name}</ViewLink> : name}
      <span className="note below">
        {accountId}, {tier}
      </span>
    </span>
  );
}
