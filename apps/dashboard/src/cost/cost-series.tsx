import { type ReactNode, useMemo, useState } from 'react';
import type { Cost } from '../api/use-cost';
import { Chart } from '../chart/chart';
import { ChartTable } from '../chart/chart-table';
import type { Series } from '../chart/series';
import { money, shortMoney } from '../format/money';
import { go } from '../state/use-view';
import type { View } from '../state/view';
import { bucketEnd } from '../time/zone';

/** What the lines came to on each day. */
export function CostSeries({ cost, view }: { cost: Cost; view: View }): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => seriesOf(cost), [cost]);
  const shown = { series, granularity: 'day' as const, zone: cost.period.timezone };
  const zoom = (from: number, to: number): void =>
    go({ ...view, period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } });
  return (
    <section className="series" aria-label="Cost over time">
      <div className="series-head">
        <p className="note">Lines by day; fees, minimum and maximum are of no day.</p>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
      </div>
      {asTable ? <ChartTable {...shown} /> : <Chart {...shown} onWindow={zoom} />}
    </section>
  );
}

function seriesOf({ timeSeries, currency, period }: Cost): Series {
  const starts = timeSeries.map(({ timestamp }) => Date.parse(timestamp));
  const last = starts.at(-1);
  const ends = [...starts.slice(1), ...(last === undefined ? [] : [bucketEnd(last, 'day', period.timezone)])];
  const known = Math.min(Date.parse(period.to), Date.parse(period.watermark));
  const digits = timeSeries[0]?.amount.split('.')[1]?.length ?? 0;
  return {
    label: 'Cost',
    starts,
    ends,
    partial: starts.map((start, index) => start < Date.parse(period.from) || (ends[index] ?? 0) > known),
    lines: [{ name: 'value', label: 'Cost', values: timeSeries.map(({ amount }) => Number(amount)), area: true }],
    format: (value) => money(value.toFixed(digits), currency),
    short: (value) => shortMoney(value, currency),
    wholeOnly: false,
  };
}
