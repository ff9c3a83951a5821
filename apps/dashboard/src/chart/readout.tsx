/** What the cursor of a chart says about a bucket. */
import type { ReactNode } from 'react';
import { orNone } from '../format/format';
import type { Line, Series } from './series';

/** The bucket as a sentence, for the cursor's announcement. */
export function spoken(series: Series, index: number, nameOf: (start: number) => string): string {
  const start = series.starts[index];
  if (start === undefined) return 'No buckets';
  const values = series.lines.flatMap((line) => said(line, index, series) ?? []);
  return `${nameOf(start)}: ${values.join(', ')}${series.partial[index] ? ', not complete' : ''}`;
}

/** Null where it is not worth a word. */
function said({ name, label, values }: Line, index: number, series: Series): string | null {
  const value = values[index] ?? null;
  const text = value === null ? 'nothing to measure' : series.format(value);
  if (name === 'failed') return value === null || value === 0 ? null : `${text} failed`;
  if (name === 'previous') return value === null ? null : `before ${text}`;
  return label === series.label ? text : `${label} ${text}`;
}

interface Props {
  series: Series;
  index: number;
  name: string;
  /** Where the cursor is, and how wide the chart, in pixels. */
  x: number;
  width: number;
}

export function Readout({ series, index, name, x, width }: Props): ReactNode {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  return (
    <div className="readout" style={side} aria-hidden="true">
      <p className="name">{name}</p>
      <dl>
        {series.lines.map((line) => (
          <Row key={line.name} line={line} text={orNone(series.format, line.values[index])} />
        ))}
      </dl>
      {series.partial[index] && <p className="note">Not complete</p>}
    </div>
  );
}

function Row({ line: { name, label }, text }: { line: Line; text: string }): ReactNode {
  return (
    <>
      <dt className={`key ${name}`}>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}
