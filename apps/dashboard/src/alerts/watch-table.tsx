import { type ReactNode, useState } from 'react';
import { dayAndTime, orNone } from '../format/format';
import { type Watched, spanOf } from './watched';

/** A table of more rows helps nobody. */
const MAX_ROWS = 500;

/** What the chart shows, as a legend and a table. */
export function WatchTable({ watched, zone }: { watched: Watched; zone: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const { points, firings, label, format } = watched;
  const spans = firings.map((firing) => spanOf(firing, points));
  const fires = (index: number): boolean => spans.some((span) => span && span.first <= index && index <= span.last);
  return (
    <>
      <div className="series-head watch-legend">
        <ul className="legend">
          <li className="key value">{label}</li>
          <li className="key threshold">Compared with</li>
          {firings.length > 0 && <li className="key firing">Firing</li>}
        </ul>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          Table
        </button>
      </div>
      {open && (
        <div className="scroll" tabIndex={0} role="region" aria-label={`${label} as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Window to ({zone})</th>
                <th scope="col">{label}</th>
                <th scope="col">Compared with</th>
                <th scope="col">Fires</th>
              </tr>
            </thead>
            <tbody>
              {points
                .map((point, index) => ({ ...point, isFiring: fires(index) }))
                .slice(-MAX_ROWS)
                .map(({ to, high, threshold, isFiring }) => (
                  <tr key={to}>
                    <th scope="row">{dayAndTime(to, zone)}</th>
                    <td>{orNone(format, high)}</td>
                    <td>{orNone(format, threshold)}</td>
                    <td>{isFiring ? 'yes' : 'no'}</td>
                  </tr>
                ))}
            </tbody>
          </table>
          {points.length > MAX_ROWS && (
            <p className="note">
              The last {MAX_ROWS} of {points.length}.
            </p>
          )}
        </div>
      )}
    </>
  );
}
