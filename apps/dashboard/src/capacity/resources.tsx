/** When the service itself is full: `GET /admin/capacity`, for admins. */
import type { ReactNode } from 'react';
import { NEARLY } from '../accounts/nearest';
import { type Resource, useResources } from '../api/use-capacity';
import { Call } from '../as-call/as-call';
import { bytes, percent } from '../format/format';
import { CallState } from '../shell/call-state';
import { type Column, DataTable } from '../ui/data-table';
import { Met } from './met';

const NAMES: Record<Resource['resource'], string> = {
  disk: 'Disk',
  memory: 'Memory of the engine',
  log: 'Write-ahead log',
};

export function Resources(): ReactNode {
  const query = useResources();
  return (
    <>
      <section className="panel" aria-label="The service itself">
        <h2>When the service itself is full</h2>
        <CallState query={query} />
        {query.isPending && <p className="note table-empty">Loading what is in use…</p>}
        {query.data && (
          <DataTable
            caption="Resources of the service"
            columns={COLUMNS}
            rows={query.data}
            rowKey={({ resource, instance }) => `${resource} ${instance ?? ''}`}
            empty={<p>There is no sample yet; one is taken every ten minutes.</p>}
          />
        )}
      </section>
      <Call path="/admin/capacity" query={{}} />
    </>
  );
}

const COLUMNS: readonly Column<Resource>[] = [
  {
    id: 'resource',
    title: 'Resource',
    cell: ({ resource, instance }) => (
      <span>
        {NAMES[resource]}
        {instance !== null && <span className="note below">{instance}</span>}
      </span>
    ),
  },
  {
    id: 'used',
    title: 'In use',
    cell: ({ used, limit, utilization }) => (
      <>
        {bytes(used)} of {bytes(limit)}, {percent(utilization)}
        <div className={`meter${utilization >= NEARLY ? ' nearly' : ''}`} aria-hidden="true">
          <span style={{ width: `${Math.min(100, utilization)}%` }} />
        </div>
      </>
    ),
  },
  {
    id: 'growth',
    title: 'Growth a day',
    numeric: true,
    cell: ({ growthPerDay }) => (growthPerDay === null ? <span className="note">–</span> : bytes(growthPerDay)),
  },
  {
    id: 'full',
    title: 'Full',
    cell: ({ exhausts, notice }) =>
      notice === null ? <Met exhausts={exhausts} /> : <span className="note">{notice}</span>,
  },
];
