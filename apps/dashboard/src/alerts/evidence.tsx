import type { ReactNode } from 'react';
import type { Alert } from '../api/use-alerts';
import type { Rule } from '../api/use-rules';
import type { AlertMetric } from '../rules/rule';
import { commandOf } from '../as-call/command';
import type { ScreenProps } from '../screens';
import { type Metric, type View, onScreen } from '../state/view';
import { viewOf } from '../state/view-of-call';
import { Snippet } from '../ui/snippet';
import { ViewLink } from '../ui/view-link';

/** What the overview's chart shows of a rule's metric. */
const SHOWN: Partial<Record<AlertMetric, Metric>> = {
  failedRequests: 'errorRate',
  errorRate: 'errorRate',
  throttledRequests: 'throttled',
  throttledRate: 'throttled',
  averageLatency: 'p95',
  peakLatency: 'p95',
  p50: 'p95',
  p75: 'p95',
  p90: 'p95',
  p95: 'p95',
  p99: 'p95',
  dataTransferred: 'bytes',
};

/** The screens of what is not requests. */
const SCREENS: Readonly<Record<string, string>> = { '/usage/cost': 'cost', '/usage/capacity': 'capacity' };

function shownBy(usage: string, path: string, view: View, metric: AlertMetric = 'requests'): View {
  const shown = viewOf(usage, view);
  const screen = SCREENS[path];
  return screen === undefined ? { ...shown, metric: SHOWN[metric] ?? 'requests' } : onScreen(shown, screen);
}

interface Props extends ScreenProps {
  alert: Alert;
  rule: Rule | undefined;
}

/** The figures behind an alert: the view that shows them, and the call that returns them. */
export function Evidence({ alert, rule, view }: Props): ReactNode {
  const { usage } = alert.evidence;
  const { pathname, searchParams: query } = new URL(usage, window.location.origin);
  const asked = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return (
    <section className="panel evidence" aria-label="Evidence">
      <div className="panel-head">
        <h2>Evidence</h2>
        <ViewLink className="button" view={shownBy(usage, pathname, view, rule?.metric)}>
          {pathname in SCREENS ? 'Show it' : 'Show these requests'}
        </ViewLink>
      </div>
      <Snippet title="The figures of the window, as a call" text={commandOf(window.location.origin, pathname, asked)} />
    </section>
  );
}
