import type { ReactNode } from 'react';
import { METRICS } from '../state/view';

/** The shape of what comes, on the first load alone. */
export function Skeleton(): ReactNode {
  return (
    <div className="figures skeleton" role="status" aria-label="Loading">
      <p className="completeness">
        <span className="shade">Loading the figures…</span>
      </p>
      <div className="panel main-panel" aria-hidden="true">
        <div className="tiles">
          {METRICS.map((metric) => (
            <div key={metric} className="tile">
              <span className="label shade">00000000</span>
              <span className="figure shade">0000</span>
              <span className="change shade">000</span>
            </div>
          ))}
        </div>
        <div className="chart shade" />
      </div>
    </div>
  );
}
