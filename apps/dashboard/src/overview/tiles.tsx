import { type ReactNode, useMemo } from 'react';
import type { Usage } from '../api/client';
import { changeOf, orNone } from '../format/format';
import { go } from '../state/use-view';
import { METRICS, type Metric, type View } from '../state/view';
import { COMPARE_NAMES, METRIC_INFO } from './metrics';
import { Sparkline } from './sparkline';

/** The totals with their change; the pressed one is what the chart shows. */
export function Tiles({ usage, view }: { usage: Usage; view: View }): ReactNode {
  return (
    <div className="tiles" role="group" aria-label="Figures; one chooses the chart">
      {METRICS.map((metric) => (
        <Tile key={metric} metric={metric} usage={usage} view={view} />
      ))}
    </div>
  );
}

function Tile({ metric, usage, view }: { metric: Metric; usage: Usage; view: View }): ReactNode {
  const info = METRIC_INFO[metric];
  const { timeSeries } = usage;
  const value = info.total(usage);
  const values = useMemo(() => timeSeries.map(info.of), [timeSeries, info]);
  return (
    <button
      type="button"
      className="tile"
      aria-pressed={view.metric === metric}
      data-metric={metric}
      title={value === null ? undefined : (info.exact?.(usage) ?? info.format(value))}
      onClick={() => go({ ...view, metric })}
    >
      <span className="label">{info.label}</span>
      <span className="figure">{orNone(info.short, value)}</span>
      <ChangeNote metric={metric} usage={usage} view={view} />
      <Sparkline values={values} />
    </button>
  );
}

function ChangeNote({ metric, usage, view }: { metric: Metric; usage: Usage; view: View }): ReactNode {
  const info = METRIC_INFO[metric];
  const { comparison } = usage;
  if (comparison === undefined) return <span className="change">comparing…</span>;
  if (comparison === null) return <span className="change">nothing before</span>;
  if (comparison.usage.totalRequests === 0) return <span className="change">no requests before</span>;
  const change = changeOf(info.total(usage), info.total(comparison), info.isRate);
  if (!change) return <span className="change">nothing to compare</span>;
  const tone = change.direction === 'same' || !info.moreIsWorse ? '' : change.direction === 'up' ? 'bad' : 'good';
  const arrow = { up: '↑', down: '↓', same: '→' }[change.direction];
  return (
    <span className={`change ${tone}`}>
      <span aria-hidden="true">{arrow}</span> {change.text}
      <span className="hidden"> against {COMPARE_NAMES[view.compare ?? 'previous']}</span>
    </span>
  );
}
