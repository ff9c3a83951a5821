import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { dayAndTime } from '../format/format';
import { withoutGranularity } from '../shell/controls';
import { go } from '../state/use-view';
import type { Metric, View } from '../state/view';

type Alert = Usage['alerts'][number];

/** What the chart shows of an alert. */
const METRIC_OF: Partial<Record<Alert['type'], Metric>> = {
  high_error_rate: 'errorRate',
  endpoint_errors: 'errorRate',
  high_latency: 'p95',
  endpoint_latency: 'p95',
  throttling: 'throttled',
};

interface Props {
  alerts: readonly Alert[];
  view: View;
  zone: string;
}

/** What deserves attention, each leading to the time and figure that show it. */
export function Alerts({ alerts, view, zone }: Props): ReactNode {
  if (alerts.length === 0) return null;
  const show = ({ type, evidence }: Alert): void =>
    go({
      ...withoutGranularity(view),
      period: { from: evidence.from, to: evidence.to },
      metric: METRIC_OF[type] ?? 'requests',
    });
  return (
    <section className="panel alerts" aria-label="Alerts">
      <h2>Alerts</h2>
      <ul>
        {alerts.map((alert) => (
          <li key={alert.type + alert.message}>
            <span className={`priority ${alert.priority}`}>{alert.priority}</span>
            <div>
              <p className="message">{alert.message}</p>
              <p className="note">{alert.recommendation}</p>
            </div>
            <button
              type="button"
              title={`${dayAndTime(Date.parse(alert.evidence.from), zone)} – ${dayAndTime(Date.parse(alert.evidence.to), zone)}`}
              onClick={() => show(alert)}
            >
              Show<span className="hidden"> the time of: {alert.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
