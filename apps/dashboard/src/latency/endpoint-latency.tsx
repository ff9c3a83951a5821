/** The latency of each endpoint; the columns sort it, and the address says how. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { CallButton } from '../as-call/call-button';
import { count, duration, orNone } from '../format/format';
import { go } from '../state/use-view';
import { type View, pageOf, toggleFilter } from '../state/view';
import { type Column, DataTable, type Sort } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';

type Row = NonNullable<Usage['breakdown']>['byEndpoint'][number];

const FIGURES = [
  { id: 'requests', title: 'Requests', of: (row: Row) => row.requests, format: count },
  { id: 'average', title: 'Mean', of: (row: Row) => row.averageLatency, format: duration },
  { id: 'p50', title: 'p50', of: (row: Row) => row.p50, format: duration },
  { id: 'p95', title: 'p95', of: (row: Row) => row.p95, format: duration },
  { id: 'p99', title: 'p99', of: (row: Row) => row.p99, format: duration },
] as const;

const BY_P95: Sort = { by: 'p95', order: 'desc' };

export function EndpointLatency({ usage, view }: { usage: Usage; view: View }): ReactNode {
  const { list } = view;
  const figure = FIGURES.find(({ id }) => id === list.sort);
  const sort: Sort = figure ? { by: figure.id, order: list.order ?? 'desc' } : BY_P95;
  const { of } = figure ?? FIGURES[3];
  const sign = sort.order === 'desc' ? -1 : 1;
  const rows = (usage.breakdown?.byEndpoint ?? []).toSorted((a, b) => sign * ((of(a) ?? 0) - (of(b) ?? 0)));
  const { total, hasMore } = usage.pagination;
  return (
    <section className="panel" aria-label="Latency by endpoint">
      <div className="panel-head">
        <h2>Endpoints</h2>
        <CallButton table="endpoints" title="Latency by endpoint" />
      </div>
      <DataTable
        caption="Latency by endpoint"
        columns={columnsOf(view)}
        rows={rows}
        rowKey={({ endpoint }) => endpoint}
        sort={sort}
        onSort={({ by, order }) => go({ ...view, list: { sort: by, order } }, 'replace')}
        empty="No requests."
      />
      {hasMore && (
        <p className="note">
          The {count(rows.length)} of {count(total ?? 0)} endpoints with most requests.
        </p>
      )}
    </section>
  );
}

function columnsOf(view: View): Column<Row>[] {
  return [
    {
      id: 'endpoint',
      title: 'Endpoint',
      cell: ({ endpoint }) => (
        <span className="subject-cell">
          <button
            type="button"
            aria-pressed={view.filters.endpoint.includes(endpoint)}
            onClick={() => go(toggleFilter(view, 'endpoint', endpoint))}
          >
            {endpoint}
          </button>
          <ViewLink
            view={pageOf(view, 'endpoint', endpoint) ?? view}
            aria-label={`Open the page of ${endpoint}`}
            title="Open its page"
          >
            <span aria-hidden="true">→</span>
          </ViewLink>
        </span>
      ),
    },
    ...FIGURES.map(({ id, title, of, format }): Column<Row> => ({
      id,
      title,
      numeric: true,
      sort: 'desc',
      cell: (row) => orNone(format, of(row)),
    })),
  ];
}
