/** The views and their columns; a click puts a name into the statement. */
import { type ReactNode, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { type CallError, client, unwrap } from '../api/client';

const QUERY = `SELECT t.name, t.comment, c.name, c.type, c.comment
FROM system.tables AS t
LEFT JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
WHERE t.database = 'meterhouse_bi'
ORDER BY t.name, c.position`;

const PERCENTILES = ['requests', 'latency_count', 'p50', 'p75', 'p90', 'p95', 'p99'];
const LAST_DAY = "account = '', from = toString(now() - INTERVAL 1 DAY), to = toString(now())";

/** The views with arguments, whose columns the engine lists nowhere: how they are called, and what they have. */
const WITH_ARGUMENTS: Readonly<Record<string, { call: string; columns: readonly string[] }>> = {
  latency: { call: `latency(${LAST_DAY})`, columns: ['endpoint', ...PERCENTILES] },
  latency_series: { call: `latency_series(${LAST_DAY}, step = 3600)`, columns: ['bucket', ...PERCENTILES] },
};

interface ViewColumns {
  name: string;
  comment: string;
  columns: { name: string; type: string; comment: string }[];
}

export function Schema({ onInsert }: { onInsert: (text: string) => void }): ReactNode {
  const { data, error } = useQuery<unknown[][], CallError>({
    queryKey: ['sql', 'columns'],
    queryFn: async ({ signal }) =>
      (await unwrap(client.POST('/sql', { body: { query: QUERY, maxRows: 1_000 }, signal }), signal)).rows,
    staleTime: Infinity,
  });
  const views = useMemo(() => viewsOf(data ?? []), [data]);
  return (
    <section className="panel schema" aria-label="Views">
      <h2>Views</h2>
      {error && <p className="note">{error.message}</p>}
      {views.map((view) => (
        <details key={view.name}>
          <summary title={view.comment}>{view.name}</summary>
          <p className="note">{view.comment}</p>
          <button
            type="button"
            className="quiet"
            onClick={() => onInsert(WITH_ARGUMENTS[view.name]?.call ?? view.name)}
          >
            Insert <code>{view.name}</code>
          </button>
          <ul>
            {view.columns.map(({ name, type, comment }) => (
              <li key={name}>
                <button type="button" className="quiet" title={comment} onClick={() => onInsert(name)}>
                  <code>{name}</code> <span className="type">{type}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function viewsOf(rows: readonly (readonly unknown[])[]): ViewColumns[] {
  const views = new Map<string, ViewColumns>();
  for (const row of rows) {
    const [view = '', about = '', name = '', type = '', comment = ''] = row.map(String);
    const known = views.get(view) ?? { name: view, comment: about, columns: [] };
    if (name !== '') known.columns.push({ name, type, comment });
    views.set(view, known);
  }
  return [...views.values()].map((view) => ({
    ...view,
    columns: [
      ...view.columns,
      ...(WITH_ARGUMENTS[view.name]?.columns ?? []).map((name) => ({ name, type: '', comment: '' })),
    ],
  }));
}
