/** Who and what the requests of the last hour were; the stream itself has only sums. */
import type { ReactNode } from 'react';
import { useUsage } from '../api/use-usage';
import { count, percent } from '../format/format';
import { BarTable } from '../overview/bar-table';
import { go } from '../state/use-view';
import { NO_FILTERS, type View, toggleFilter } from '../state/view';

interface Props {
  view: View;
  zone: string;
  /** Whether it is asked for again as time goes on. */
  running: boolean;
}

export function WhoSends({ view, zone, running }: Props): ReactNode {
  const keyId = view.filters.keyId.slice(0, 1);
  const filters = { ...NO_FILTERS, keyId };
  const { granularity: _, ...rest } = view;
  const hour: View = { ...rest, period: { timeframe: '1h' }, filters };
  const { data } = useUsage(hour, zone, running);
  if (!data) return null;
  const rate = (failed: number, all: number): string => (failed === 0 ? count(0) : percent((failed / all) * 100));
  const rows = (data.breakdown?.byEndpoint ?? []).map(({ endpoint, requests, failedRequests }) => ({
    value: endpoint,
    size: requests,
    failed: failedRequests,
    cells: [count(requests), rate(failedRequests, requests)],
  }));
  const keys = (data.breakdown?.byKey ?? []).map(({ keyId: id, name, requests, failedRequests }) => ({
    value: id,
    label: name ?? id,
    fixed: id === '{other}',
    size: requests,
    failed: failedRequests,
    cells: [count(requests), rate(failedRequests, requests)],
  }));
  return (
    <div className="breakdowns">
      <BarTable
        title="Endpoints of the last hour"
        columns={['Requests', 'Errors']}
        rows={rows}
        empty="No requests."
        chosen={[]}
        onChoose={(endpoint) => go({ ...toggleFilter(hour, 'endpoint', endpoint), screen: '' })}
      />
      <BarTable
        title="Keys of the last hour"
        columns={['Requests', 'Errors']}
        rows={keys}
        empty="No requests."
        chosen={keyId}
        onChoose={(id) => go({ ...view, filters: { ...view.filters, keyId: keyId.includes(id) ? [] : [id] } })}
      />
    </div>
  );
}
