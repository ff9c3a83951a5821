import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { count, percent } from '../format/format';
import { WINDOWS, type Window, runwayOf } from './runway';

/** From here on a limit is nearly used up. */
const NEARLY = 80;

/** What is used of the limits of all keys together, now, and how long the rest lasts. */
export function RateLimits({ usage: { rateLimits, timestamp, period } }: { usage: Usage }): ReactNode {
  const now = Date.parse(timestamp);
  return (
    <section className="panel limits" aria-label="Rate limits">
      <h2>Rate limits</h2>
      <div className="meters">
        {WINDOWS.map((window) => {
          const [limit, used] = [rateLimits.current[window.name], rateLimits.usage[window.name] ?? 0];
          const utilization = rateLimits.utilization[window.name];
          if (limit === null || utilization === null) return <NoLimit key={window.name} window={window} used={used} />;
          return (
            <div key={window.name}>
              <p className="label">
                {window.label} <strong>{percent(utilization)}</strong>
              </p>
              <div className={`meter${utilization >= NEARLY ? ' nearly' : ''}`} aria-hidden="true">
                <span style={{ width: `${utilization}%` }} />
              </div>
              <p className="note">
                {count(used)} of {count(limit)}
              </p>
              <p className="note">{runwayOf(window, used, limit, now, period.timezone)}</p>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function NoLimit({ window: { label }, used }: { window: Window; used: number }): ReactNode {
  return (
    <div>
      <p className="label">{label}</p>
      <p className="note">No limit, {count(used)} used</p>
    </div>
  );
}
