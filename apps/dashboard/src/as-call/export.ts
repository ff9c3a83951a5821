/** `GET /usage/export` for a panel: the window that was answered, and the filters of the view. */
import { client, unwrap } from '../api/client';
import type { Usage } from '../api/client';
import type { paths } from '../api/schema';
import type { View } from '../state/view';
import { saveFile } from '../ui/save-file';

export type ExportQuery = NonNullable<paths['/usage/export']['get']['parameters']['query']>;
export type Table = NonNullable<ExportQuery['table']>;
export type Format = NonNullable<ExportQuery['format']>;

export const FORMATS: readonly { format: Format; label: string; hint: string }[] = [
  { format: 'csv', label: 'CSV', hint: 'for spreadsheets' },
  { format: 'ndjson', label: 'NDJSON', hint: 'one JSON object a line' },
  { format: 'parquet', label: 'Parquet', hint: 'for DuckDB, pandas, Spark' },
  { format: 'arrow', label: 'Arrow', hint: 'the IPC stream' },
];

export function exportQuery(table: Table, format: Format, view: View, { period }: Pick<Usage, 'period'>): ExportQuery {
  const { from, to, granularity, timezone, weekStart } = period;
  return {
    table,
    format,
    ...(view.account === undefined ? {} : { accountId: view.account }),
    from,
    to,
    ...(table === 'timeSeries' ? { granularity, ...(granularity === 'week' ? { weekStart } : {}) } : {}),
    timezone,
    ...Object.fromEntries(Object.entries(view.filters).filter(([, values]) => values.length > 0)),
  };
}

/** Has the browser save the file under the name that the service gives it. @throws CallError */
export async function download(query: ExportQuery): Promise<void> {
  const call = client.GET('/usage/export', { params: { query }, parseAs: 'blob' });
  const bytes = await unwrap<Blob>(call);
  const { response } = await call;
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  saveFile(bytes, name ?? `meterhouse-usage.${query.format ?? 'csv'}`);
}
