/** An answer as a chart: a line over times, bars over texts. */
import { type ReactNode, useMemo, useState } from 'react';
import { Chart } from '../chart/chart';
import { shortCount } from '../format/format';
import type { Series } from '../chart/series';
import type { SqlAnswer } from './use-statement';
import { type Drawing, drawingOf } from './chart-data';

const digits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 });
const fewDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

export function ResultChart({ answer: { columns, rows } }: { answer: SqlAnswer }): ReactNode {
  const drawing = useMemo(() => drawingOf(columns, rows), [columns, rows]);
  const [chosen, setChosen] = useState('');
  if (drawing.kind === 'none') return <p className="note chart-reason">{drawing.reason}</p>;
  const number = drawing.numbers.find((name) => name === chosen) ?? drawing.numbers[0] ?? '';
  return (
    <div className="series">
      {drawing.numbers.length > 1 && (
        <label className="inline chart-column">
          Column
          <select value={number} onChange={({ target }) => setChosen(target.value)}>
            {drawing.numbers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <Drawn drawing={drawing} number={number} />
    </div>
  );
}

function Drawn({ drawing, number }: { drawing: Drawing; number: string }): ReactNode {
  if (drawing.kind === 'times') return <Times drawing={drawing} number={number} />;
  if (drawing.kind === 'texts') return <Bars bars={drawing.bars(number)} number={number} />;
  return null;
}

function Bars({ bars, number }: { bars: { label: string; value: number }[]; number: string }): ReactNode {
  const largest = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return (
    <table className="bars result-bars">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">Value</span>
          </th>
          <th scope="col">{number}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ label, value }, index) => (
          <tr key={index}>
            <th scope="row">
              {value > 0 && (
                <span
                  className="bar"
                  style={{ width: `${((value / largest) * 100).toFixed(2)}%` }}
                  aria-hidden="true"
                />
              )}
              <span className="row-name">{label}</span>
            </th>
            <td>{digits.format(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Times({ drawing, number }: { drawing: Drawing & { kind: 'times' }; number: string }): ReactNode {
  const series = useMemo(() => seriesOf(drawing, number), [drawing, number]);
  return (
    <>
      <Chart series={series} granularity={drawing.granularity} zone="UTC" onWindow={() => undefined} />
      <p className="note chart-zone">Times are UTC, as in the rows.</p>
    </>
  );
}

/** A column of a statement as a line. */
function seriesOf(drawing: Drawing & { kind: 'times' }, label: string): Series {
  const { values, ...frame } = drawing.points(label);
  return {
    ...frame,
    label,
    lines: [{ name: 'value', label, values, area: true }],
    format: (value) => digits.format(value),
    short: (value) => (Math.abs(value) < 10 ? fewDigits.format(value) : shortCount(value)),
    wholeOnly: false,
  };
}
