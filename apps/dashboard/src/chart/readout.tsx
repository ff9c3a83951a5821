/** What the cursor of a chart says about a bucket. */
import type { ReactNode } from 'react';
import { orNone } from '../format/format';
import type { Line, Series } from './series';

/** The bucket as a sentence, for the cursor's announcement. */
export function spoken(series: Series, index: number, nameOf: (start: number) => string): string {
  const start = series.starts[index];
  if (start === undefined) return 'No buckets';
  const values = series.lines.flatMap((line) => said(line, index, series) ?? []);
  const bands = (series.bands ?? []).toReversed().flatMap(({ label, low, high }) => {
    const text = betweenText(series, low[index], high[index]);
    return text === null ? [] : [`${label} ${text}`];
  });
  return `${nameOf(start)}: ${[...values, ...bands].join(', ')}${series.partial[index] ? ', not complete' : ''}`;
}

/** Null where it is not worth a word. */
function said({ name, label, values }: Line, index: number, series: Series): string | null {
  const value = values[index] ?? null;
  const text = value === null ? 'nothing to measure' : series.format(value);
  if (name === 'failed') return value === null || value === 0 ? null : `${text} failed`;
  if (name === 'previous') return value === null ? null : `before ${text}`;
  // Of past and forecast each has a part of the buckets.
  if (series.bands && value === null) return null;
  return label === series.label ? text : `${label} ${text}`;
}

/** Null where the band is not over the bucket. */
function betweenText({ format }: Series, low: number | null | undefined, high: number | null | undefined) {
  return typeof low === 'number' && typeof high === 'number' ? `${format(low)} to ${format(high)}` : null;
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
        {series.lines
          .filter(({ values }) => series.bands === undefined || values[index] !== null)
          .map((line) => (
            <Row key={line.name} line={line} text={orNone(series.format, line.values[index])} />
          ))}
        {series.bands?.toReversed().map(({ name: band, label, low, high }) => (
          <BandRow key={band} name={band} label={label} text={betweenText(series, low[index], high[index])} />
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

function BandRow({ name, label, text }: { name: string; label: string; text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <>
      <dt className={`key ${name}`}>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}
