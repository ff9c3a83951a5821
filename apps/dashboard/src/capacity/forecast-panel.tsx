import { type ReactNode, useMemo, useState } from 'react';
import type { Usage } from '../api/client';
import { type Forecast, type ForecastQuery, useForecast } from '../api/use-capacity';
import { useUsage } from '../api/use-usage';
import { Chart } from '../chart/chart';
import { ChartTable } from '../chart/chart-table';
import { Legend } from '../chart/legend';
import { dayAndTime, percent } from '../format/format';
import { METRIC_INFO, type MetricInfo } from '../overview/metrics';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { HORIZONS, NO_FILTERS, type View } from '../state/view';
import { Choice } from '../ui/choice';
import { forecastSeries } from './forecast-series';

/** What is forecast, by the figures that a view can show. */
const METRICS = { requests: 'requests', bytes: 'dataTransferred' } as const;
const HORIZON_NAMES = { '7d': '7 days', '30d': '30 days', '90d': '90 days' } as const;

export function ForecastPanel({ view, zone }: { view: View; zone: string }): ReactNode {
  const metric = view.metric === 'bytes' ? 'bytes' : 'requests';
  const { keyId } = view.filters;
  const asked: ForecastQuery = {
    ...(view.account === undefined ? {} : { accountId: view.account }),
    metric: METRICS[metric],
    horizon: view.horizon ?? '30d',
    granularity: 'day',
    timezone: zone,
    ...(keyId.length > 0 ? { keyId: [...keyId] } : {}),
  };
  const forecast = useForecast(asked);
  const past = useUsage(pastOf(view), zone, false);
  const stale = forecast.isPlaceholderData || past.isPlaceholderData;
  return (
    <section className="panel main-panel" aria-label="Forecast" aria-busy={stale} data-stale={stale}>
      <div className="series-head">
        <Choice
          label="What is forecast"
          options={[
            { value: 'requests', label: 'Requests' },
            { value: 'bytes', label: 'Bytes' },
          ]}
          chosen={metric}
          onChoose={(value) => go({ ...view, metric: value })}
        />
        <HorizonChoice view={view} />
      </div>
      <CallState query={forecast} />
      <CallState query={past} />
      {(forecast.isPending || past.isPending) && (
        <p className="note table-empty" role="status">
          Reading the past…
        </p>
      )}
      {forecast.data && past.data && (
        <Shown forecast={forecast.data} usage={past.data} metric={METRIC_INFO[metric]} zone={zone} view={view} />
      )}
    </section>
  );
}

/** The weeks before, day by day; what is forecast has no filters but keys. */
function pastOf(view: View): View {
  const { compare: _, ...rest } = view;
  const filters = { ...NO_FILTERS, keyId: view.filters.keyId };
  return { ...rest, period: { timeframe: '30d' }, granularity: 'day', filters };
}

function HorizonChoice({ view }: { view: View }): ReactNode {
  const { horizon, ...usual } = view;
  return (
    <Choice
      label="How far ahead"
      options={(['7d', '30d', '90d'] as const).map((value) => ({ value, label: HORIZON_NAMES[value] }))}
      chosen={horizon ?? '30d'}
      onChoose={(value) => {
        const chosen = HORIZONS.find((known) => known === value);
        go(chosen === undefined ? usual : { ...usual, horizon: chosen });
      }}
    />
  );
}

interface ShownProps {
  forecast: Forecast;
  usage: Usage;
  metric: MetricInfo;
  zone: string;
  view: View;
}

function Shown({ forecast, usage, metric, zone, view }: ShownProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => forecastSeries(usage, forecast, metric, zone), [usage, forecast, metric, zone]);
  const shown = { series, granularity: 'day' as const, zone };
  const look = (from: number, to: number): void =>
    go({ ...view, screen: '', period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } });
  return (
    <div className="series">
      <Said forecast={forecast} metric={metric} zone={zone} />
      <div className="series-head">
        <Legend series={series} />
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
      </div>
      {asTable ? <ChartTable {...shown} /> : <Chart {...shown} onWindow={look} />}
    </div>
  );
}

/** What is expected in all, and how far that can be relied on. */
function Said({ forecast, metric, zone }: Pick<ShownProps, 'forecast' | 'metric' | 'zone'>): ReactNode {
  const { total, accuracy, notice, history } = forecast;
  return (
    <div className="forecast-said">
      {total && (
        <p>
          <strong>{metric.format(total.expected)}</strong> expected, {metric.format(total.low80)} to{' '}
          {metric.format(total.high80)} in 8 of 10 cases.
        </p>
      )}
      <p className="note">
        From what was sent since {dayAndTime(Date.parse(history.from), zone)}
        {accuracy &&
          `; in the past, ${percent(accuracy.coverage80)} of the days were within the narrower band (${accuracy.origins} forecasts tried)`}
        . {notice}
      </p>
    </div>
  );
}
