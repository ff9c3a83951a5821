import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import type { Incident } from '../chart/incidents';
import type { Series } from '../chart/series';
import { count, percent, span } from '../format/format';
import { withoutGranularity } from '../shell/controls';
import { type View, onScreen } from '../state/view';
import { ViewLink } from '../ui/view-link';

/** More are in the chart, and can be seen by their marks alone. */
const FEW = 5;

interface Props {
  incidents: readonly Incident[];
  series: Pick<Series, 'starts' | 'ends'>;
  view: View;
  period: Usage['period'];
}

/** The times at which errors rose, in words; each leads to its errors. */
export function Incidents({ incidents, series: { starts, ends }, view, period }: Props): ReactNode {
  if (incidents.length === 0) return null;
  const largest = incidents.toSorted((a, b) => b.failed - a.failed).slice(0, FEW);
  const hidden = incidents.length - largest.length;
  return (
    <div className="incidents">
      <h2>Where errors rose</h2>
      <ul>
        {largest
          .toSorted((a, b) => a.first - b.first)
          .map(({ first, last, failed, requests, usual }) => {
            const [from, to] = [starts[first] ?? 0, ends[last] ?? 0];
            const during = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
            return (
              <li key={first}>
                <ViewLink view={{ ...onScreen(withoutGranularity(view), 'errors'), period: during }}>
                  {span(from, to, period.granularity, period.timezone)}
                </ViewLink>{' '}
                {percent((failed / requests) * 100)} failed, usually {percent(usual)}: {count(failed)} of{' '}
                {count(requests)}
              </li>
            );
          })}
      </ul>
      {hidden > 0 && <p className="note">{`and ${hidden} smaller, marked in the chart`}</p>}
    </div>
  );
}
