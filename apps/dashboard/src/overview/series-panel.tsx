import { type ReactNode, useState } from 'react';
import type { Usage } from '../api/client';
import { CallButton } from '../as-call/call-button';
import { Chart } from '../chart/chart';
import { ChartTable } from '../chart/chart-table';
import { bucketsOf } from '../chart/series';
import { withoutGranularity } from '../shell/controls';
import { granularitiesOf } from '../state/granularity';
import { go } from '../state/use-view';
import { GRANULARITIES, type Metric, type View } from '../state/view';
import { METRIC_INFO } from './metrics';

interface Props {
  usage: Usage;
  view: View;
  /** The figure that is drawn. */
  metric: Metric;
}

/** The time series of a figure, as a chart or a table. */
export function SeriesPanel({ usage, view, metric: name }: Props): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const { granularity, timezone } = usage.period;
  const metric = METRIC_INFO[name];
  const buckets = bucketsOf(usage, metric, view.compare);
  const shown = { buckets, metric, granularity, zone: timezone };
  const sensible = granularitiesOf(view.period, Date.now());
  const zoom = (from: number, to: number): void =>
    go({
      ...withoutGranularity(view),
      period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    });
  return (
    <section
      className="series"
      data-tone={metric.isTrouble ? 'bad' : undefined}
      aria-label={`${metric.label} over time`}
    >
      <div className="series-head">
        <Legend hasFailed={metric.failed !== undefined} hasPrevious={view.compare} label={metric.label} />
        <label className="inline">
          By
          <select
            value={granularity}
            onChange={({ target }) => {
              const chosen = GRANULARITIES.find((name) => name === target.value);
              if (chosen) go({ ...view, granularity: chosen });
            }}
          >
            {GRANULARITIES.filter((name) => name === granularity || sensible.includes(name)).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={view.compare}
          title="Compare with the period before (x)"
          onClick={() => go({ ...view, compare: !view.compare })}
        >
          Compare
        </button>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
        <CallButton table="timeSeries" title={`${metric.label} over time`} />
      </div>
      {asTable ? <ChartTable {...shown} /> : <Chart {...shown} onWindow={zoom} />}
    </section>
  );
}

function Legend(props: { hasFailed: boolean; hasPrevious: boolean; label: string }): ReactNode {
  return (
    <ul className="legend">
      <li className="key value">{props.label}</li>
      {props.hasFailed && <li className="key failed">Failed</li>}
      {props.hasPrevious && <li className="key previous">Period before</li>}
    </ul>
  );
}
