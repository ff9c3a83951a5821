import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { count, percent } from '../format/format';

type Window = keyof Usage['rateLimits']['current'];

const WINDOWS: readonly { name: Window; label: string }[] = [
  { name: 'requestsPerMinute', label: 'This minute' },
  { name: 'requestsPerHour', label: 'This hour' },
  { name: 'requestsPerDay', label: 'This day (UTC)' },
];

/** From here on a limit is nearly used up. */
const NEARLY = 80;

/** What is used of the limits of all keys together, now. */
export function RateLimits({ limits }: { limits: Usage['rateLimits'] }): ReactNode {
  return (
    <section className="panel limits" aria-label="Rate limits">
      <h2>Rate limits</h2>
      <div className="meters">
        {WINDOWS.map(({ name, label }) => {
          const [limit, used, utilization] = [limits.current[name], limits.usage[name], limits.utilization[name]];
          if (limit === null || utilization === null) {
            return (
              <div key={name}>
                <p className="label">{label}</p>
                <p className="note">No limit{used === null ? '' : `, ${count(used)} used`}</p>
              </div>
            );
          }
          return (
            <div key={name}>
              <p className="label">
                {label} <strong>{percent(utilization)}</strong>
              </p>
              <div className={`meter${utilization >= NEARLY ? ' nearly' : ''}`} aria-hidden="true">
                <span style={{ width: `${utilization}%` }} />
              </div>
              <p className="note">
                {count(used ?? 0)} of {count(limit)}
              </p>
            </div>
          );
        })}
      </div>
    </section>
  );
}
