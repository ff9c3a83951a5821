import type { ReactNode } from 'react';
import type { LatencyLine } from '../state/view';
import { LATENCY_LINES } from '../state/view';
import { LATENCY_LABELS, type Series } from './series';

/** Which line is which. @param previous what "before" was */
export function Legend({
  series: { lines, bands = [] },
  previous = '',
}: {
  series: Series;
  previous?: string;
}): ReactNode {
  return (
    <ul className="legend">
      {lines.map(({ name, label }) => (
        <li key={name} className={`key ${name}`}>
          {name === 'previous' ? capitalised(previous) : label}
        </li>
      ))}
      {bands.toReversed().map(({ name, label }) => (
        <li key={name} className={`key ${name}`}>
          {label}
        </li>
      ))}
    </ul>
  );
}

const capitalised = (text: string): string => text.replace(/^the /, '').replace(/^./, (first) => first.toUpperCase());

interface ToggleProps {
  shown: readonly LatencyLine[];
  onToggle: (line: LatencyLine) => void;
}

/** A legend whose entries are buttons: each draws its line or takes it away. */
export function LatencyLegend({ shown, onToggle }: ToggleProps): ReactNode {
  return (
    <div className="legend toggles" role="group" aria-label="Lines">
      {LATENCY_LINES.map((line) => (
        <button
          key={line}
          type="button"
          className={`key ${line}`}
          aria-pressed={shown.includes(line)}
          onClick={() => onToggle(line)}
        >
          {LATENCY_LABELS[line]}
        </button>
      ))}
    </div>
  );
}
