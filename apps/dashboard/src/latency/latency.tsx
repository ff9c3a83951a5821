/** How long requests take: the percentiles of the window, over time and by endpoint. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { changeOf, duration, orNone } from '../format/format';
import type { BarRow } from '../overview/bar-table';
import { Breakdown } from '../overview/breakdowns';
import { SeriesPanel } from '../overview/series-panel';
import { UsageScreen } from '../overview/usage-screen';
import type { ScreenProps } from '../screens';

const FIGURES = ['p50', 'p75', 'p90', 'p95', 'p99', 'peak'] as const;

export function Latency({ view, zone }: ScreenProps): ReactNode {
  return (
    <UsageScreen
      view={view}
      zone={zone}
      figures={(usage) => (
        <>
          <div className="panel main-panel">
            <Percentiles usage={usage} />
            <SeriesPanel usage={usage} view={view} metric="p95" />
          </div>
          <Breakdown
            view={view}
            filter="endpoint"
            title="Endpoints by p95"
            columns={['p50', 'p95', 'p99']}
            rows={endpointRows(usage)}
          />
        </>
      )}
    />
  );
}

function Percentiles({ usage: { latency, comparison } }: { usage: Usage }): ReactNode {
  return (
    <dl className="tiles percentiles">
      {FIGURES.map((name) => {
        const change = changeOf(latency?.[name], comparison?.latency?.[name], false);
        return (
          <div key={name} className="tile">
            <dt className="label">{name === 'peak' ? 'Highest' : name}</dt>
            <dd className="figure">{orNone(duration, latency?.[name])}</dd>
            <dd className="change">{change ? change.text : 'nothing to compare'}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The slowest of the endpoints with most requests. */
function endpointRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byEndpoint ?? [])
    .toSorted((a, b) => (b.p95 ?? 0) - (a.p95 ?? 0))
    .map(({ endpoint, p50, p95, p99 }) => ({
      value: endpoint,
      size: p95 ?? 0,
      failed: 0,
      cells: [orNone(duration, p50), orNone(duration, p95), orNone(duration, p99)],
    }));
}
