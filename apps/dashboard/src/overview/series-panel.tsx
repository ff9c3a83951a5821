/** Time series of a usage screen, each as a chart or a table. */
import { type ReactNode, useMemo, useState } from 'react';
import type { Usage } from '../api/client';
import { CallButton } from '../as-call/call-button';
import { Chart } from '../chart/chart';
import { ChartTable } from '../chart/chart-table';
import { incidentsOf } from '../chart/incidents';
import { LatencyLegend, Legend } from '../chart/legend';
import { type Series, latencySeries, seriesOf } from '../chart/series';
import { withoutGranularity } from '../shell/controls';
import { go } from '../state/use-view';
import { type Metric, type View, toggleLine } from '../state/view';
import { Incidents } from './incidents';
import { COMPARE_NAMES, METRIC_INFO, type MetricInfo } from './metrics';
import { GranularityChoice, LogButton } from './series-controls';

interface Props {
  usage: Usage;
  view: View;
}

/** A figure over time, with what of it failed and the period before, and where errors rose. */
export function SeriesPanel({ usage, view, metric }: Props & { metric: Metric }): ReactNode {
  return (
    <MetricPanel
      usage={usage}
      view={view}
      metric={METRIC_INFO[metric]}
      log={metric === 'p95' && view.log}
      controls={metric === 'p95' && <LogButton view={view} />}
      showsIncidents
    />
  );
}

/** The requests of a view in which all failed. */
export function FailedPanel({ usage, view }: Props): ReactNode {
  return <MetricPanel usage={usage} view={view} metric={FAILED} />;
}

const { failed: _, ...requests } = METRIC_INFO.requests;
const FAILED: MetricInfo = { ...requests, label: 'Failed requests', isTrouble: true };

type MetricProps = Pick<PanelProps, 'usage' | 'view' | 'log' | 'controls' | 'showsIncidents'> & { metric: MetricInfo };

function MetricPanel({ metric, ...rest }: MetricProps): ReactNode {
  const { usage, view } = rest;
  const { compare } = view;
  const series = useMemo(
    () => seriesOf(usage, metric, compare ? (usage.comparison?.timeSeries ?? null) : null),
    [usage, metric, compare],
  );
  return (
    <Panel
      {...rest}
      series={series}
      tone={metric.isTrouble ? 'bad' : undefined}
      legend={<Legend series={series} previous={COMPARE_NAMES[compare ?? 'previous']} />}
    />
  );
}

/** The percentiles of the latency over time; the legend chooses which. */
export function LatencyPanel({ usage, view }: Props): ReactNode {
  const { lines } = view;
  const series = useMemo(() => latencySeries(usage, lines), [usage, lines]);
  return (
    <Panel
      usage={usage}
      view={view}
      series={series}
      log={view.log}
      legend={<LatencyLegend shown={lines} onToggle={(line) => go(toggleLine(view, line), 'replace')} />}
      controls={<LogButton view={view} />}
    />
  );
}

interface PanelProps extends Props {
  series: Series;
  log?: boolean;
  tone?: 'bad' | undefined;
  legend: ReactNode;
  controls?: ReactNode;
  /** Whether the times at which errors rose are marked. */
  showsIncidents?: boolean;
}

export function Panel(props: PanelProps): ReactNode {
  const { usage, view, series, log = false, tone, legend, controls, showsIncidents = false } = props;
  const [asTable, setAsTable] = useState(false);
  const { granularity, timezone } = usage.period;
  const incidents = useMemo(
    () => (showsIncidents ? incidentsOf(usage.timeSeries) : []),
    [usage.timeSeries, showsIncidents],
  );
  const zoom = (from: number, to: number): void =>
    go({
      ...withoutGranularity(view),
      period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    });
  const shown = { series, granularity, zone: timezone };
  return (
    <section className="series" data-tone={tone} aria-label={`${series.label} over time`}>
      <div className="series-head">
        {legend}
        {controls}
        <GranularityChoice view={view} granularity={granularity} />
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
        <CallButton table="timeSeries" title={`${series.label} over time`} />
      </div>
      {asTable ? <ChartTable {...shown} /> : <Chart {...shown} log={log} incidents={incidents} onWindow={zoom} />}
      <Incidents incidents={incidents} series={series} view={view} period={usage.period} />
    </section>
  );
}
