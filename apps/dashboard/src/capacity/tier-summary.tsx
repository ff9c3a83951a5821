/** All keys in each tier, and with the limit that is tried. */
import type { ReactNode } from 'react';
import type { Tiers } from '../api/use-capacity';
import { count, percent } from '../format/format';
import type { TriedLimit } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';

interface Row {
  name: string;
  throttledKeys: number;
  throttledRequests: number;
  /** Keys that it fits, and no lower tier does; null for the limit that is tried. */
  fits: number | null;
}

interface Props {
  summary: Tiers['summary'];
  tried: TriedLimit | undefined;
  stale: boolean;
}

export function TierSummary({ summary, tried, stale }: Props): ReactNode {
  const rows: Row[] = summary.byTier.map(({ tier, ...all }) => ({ name: tier, ...all }));
  if (summary.custom && tried) rows.push({ name: 'the tried limit', fits: null, ...summary.custom });
  const columns: Column<Row>[] = [
    { id: 'name', title: 'With the limits of', cell: ({ name }) => name },
    {
      id: 'keys',
      title: 'Keys refused some',
      numeric: true,
      cell: ({ throttledKeys }) => `${count(throttledKeys)} of ${count(summary.keys)}`,
    },
    {
      id: 'requests',
      title: 'Requests refused',
      numeric: true,
      cell: ({ throttledRequests }) => (
        <span>
          {count(throttledRequests)}
          <span className="note below">
            {summary.requests > 0 && throttledRequests > 0 ? percent((throttledRequests / summary.requests) * 100) : ''}
          </span>
        </span>
      ),
    },
    {
      id: 'fits',
      title: 'Lowest that fits',
      numeric: true,
      cell: ({ fits }) => (fits === null ? <span className="note">–</span> : `${count(fits)} keys`),
    },
  ];
  return (
    <DataTable
      caption="All keys by tier"
      columns={columns}
      rows={rows}
      rowKey={({ name }) => name}
      empty={null}
      stale={stale}
    />
  );
}
