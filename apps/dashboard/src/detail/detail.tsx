/** The page of one endpoint, key or error type: the figures of the view that is filtered by it. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { changeOf, count } from '../format/format';
import { FailedPanel, LatencyPanel, SeriesPanel } from '../overview/series-panel';
import { Percentiles } from '../latency/percentiles';
import { UsageBreakdown } from '../overview/breakdowns';
import { COMPARE_NAMES } from '../overview/metrics';
import { RateLimits } from '../overview/rate-limits';
import { Tiles } from '../overview/tiles';
import { UsageScreen } from '../overview/usage-screen';
import type { ScreenProps } from '../screens';
import { type Filter, SUBJECTS, type SubjectScreen, type View } from '../state/view';
import { Subject } from './subject';

/** What the page breaks its requests down by. */
const TABLES: Record<SubjectScreen, readonly [readonly Filter[], readonly Filter[]]> = {
  endpoint: [
    ['keyId', 'errorType'],
    ['statusCode', 'method'],
  ],
  key: [
    ['endpoint', 'errorType'],
    ['statusCode', 'method'],
  ],
  error: [
    ['endpoint', 'method'],
    ['keyId', 'statusCode'],
  ],
};

export function Detail({ screen, view, zone }: ScreenProps & { screen: SubjectScreen }): ReactNode {
  const filter = SUBJECTS[screen];
  const values = view.filters[filter];
  if (values.length === 0) return <Choose view={view} zone={zone} filter={filter} />;
  return (
    <UsageScreen
      view={view}
      zone={zone}
      head={(usage) => <Subject screen={screen} view={view} zone={zone} usage={usage} />}
      figures={(usage) => (
        <>
          <div className="panel main-panel">
            {screen === 'error' ? <Failures usage={usage} view={view} /> : <Tiles usage={usage} view={view} />}
            {screen === 'error' ? (
              <FailedPanel usage={usage} view={view} />
            ) : (
              <SeriesPanel usage={usage} view={view} metric={view.metric} />
            )}
          </div>
          <div className="panel main-panel">
            <Percentiles usage={usage} view={view} />
            <LatencyPanel usage={usage} view={view} />
          </div>
          <Tables usage={usage} view={view} screen={screen} />
        </>
      )}
      always={(usage) => screen === 'key' && <RateLimits usage={usage} />}
    />
  );
}

/** Without a subject the page asks for one. */
function Choose({ view, zone, filter }: ScreenProps & { filter: Filter }): ReactNode {
  return (
    <UsageScreen
      view={view}
      zone={zone}
      figures={(usage) => (
        <>
          <p className="note">The arrow of a row opens its page.</p>
          <UsageBreakdown usage={usage} view={view} filter={filter} />
        </>
      )}
    />
  );
}

/** Of an error type all requests failed: what counts is how many. */
function Failures({ usage: { usage, comparison }, view }: { usage: Usage; view: View }): ReactNode {
  const change = changeOf(usage.totalRequests, comparison?.usage.totalRequests, false);
  return (
    <p className="summary failures">
      <strong>{count(usage.totalRequests)}</strong> requests failed with it
      {change && `, ${change.text} against ${COMPARE_NAMES[view.compare ?? 'previous']}`}.
    </p>
  );
}

function Tables({ usage, view, screen }: { usage: Usage; view: View; screen: SubjectScreen }): ReactNode {
  return (
    <div className="breakdowns">
      {TABLES[screen].map((column) => (
        <div key={column[0]}>
          {column.map((filter) => (
            <UsageBreakdown key={filter} usage={usage} view={view} filter={filter} />
          ))}
        </div>
      ))}
    </div>
  );
}
