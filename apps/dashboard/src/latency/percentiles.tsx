import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { changeOf, duration, orNone } from '../format/format';
import { COMPARE_NAMES } from '../overview/metrics';
import type { View } from '../state/view';

const FIGURES = ['p50', 'p75', 'p90', 'p95', 'p99', 'peak'] as const;

/** Those of the whole window, with their change. */
export function Percentiles({ usage: { latency, comparison }, view }: { usage: Usage; view: View }): ReactNode {
  return (
    <dl className="tiles percentiles">
      {FIGURES.map((name) => {
        const change = changeOf(latency?.[name], comparison?.latency?.[name], false);
        const tone = change?.direction === 'up' ? 'bad' : change?.direction === 'down' ? 'good' : '';
        return (
          <div key={name} className="tile">
            <dt className="label">{name === 'peak' ? 'Highest' : name}</dt>
            <dd className="figure">{orNone(duration, latency?.[name])}</dd>
            <dd className={`change ${tone}`}>
              {change ? change.text : 'nothing to compare'}
              {change && <span className="hidden"> against {COMPARE_NAMES[view.compare ?? 'previous']}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
