import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { dayAndTime } from '../format/format';
import { withoutGranularity } from '../shell/controls';
import { type Metric, type View, onScreen } from '../state/view';
import { ViewLink } from '../ui/view-link';

type Alert = Usage['alerts'][number];

/** The screen that shows the evidence of an alert, and what its chart draws; the others are seen on the overview. */
const EVIDENCE: Partial<Record<Alert['type'], { screen?: string; metric?: Metric }>> = {
  high_error_rate: { screen: 'errors' },
  endpoint_errors: { screen: 'errors' },
  high_latency: { screen: 'latency' },
  endpoint_latency: { screen: 'latency' },
  throttling: { metric: 'throttled' },
};

interface Props {
  alerts: readonly Alert[];
  view: View;
  zone: string;
}

/** What deserves attention, each leading to the time and figure that show it. */
export function Alerts({ alerts, view, zone }: Props): ReactNode {
  if (alerts.length === 0) return null;
  const evidenceOf = ({ type, evidence }: Alert): View => {
    const { screen = '', metric = 'requests' } = EVIDENCE[type] ?? {};
    const period = { from: evidence.from, to: evidence.to };
    return { ...onScreen(withoutGranularity(view), screen), period, metric };
  };
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
            <ViewLink
              className="button"
              view={evidenceOf(alert)}
              title={`${dayAndTime(Date.parse(alert.evidence.from), zone)} – ${dayAndTime(Date.parse(alert.evidence.to), zone)}`}
            >
              Show<span className="hidden"> the evidence of: {alert.message}</span>
            </ViewLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
