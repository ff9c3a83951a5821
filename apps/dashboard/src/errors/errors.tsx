/** What failed: how often, when, and where. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { count, percent } from '../format/format';
import type { BarRow } from '../overview/bar-table';
import { Breakdown, NOTHING_FAILED, OTHER, UsageBreakdown } from '../overview/breakdowns';
import { SeriesPanel } from '../overview/series-panel';
import { UsageScreen } from '../overview/usage-screen';
import type { ScreenProps } from '../screens';
import { Classes } from './classes';

export function Errors({ view, zone }: ScreenProps): ReactNode {
  return (
    <UsageScreen
      view={view}
      zone={zone}
      figures={(usage) => (
        <>
          <Summary usage={usage} />
          <div className="panel main-panel">
            <SeriesPanel usage={usage} view={view} metric="errorRate" />
          </div>
          <Classes usage={usage} view={view} />
          <div className="breakdowns">
            <div>
              <UsageBreakdown usage={usage} view={view} filter="errorType" />
              <Breakdown
                view={view}
                filter="endpoint"
                title="Endpoints that fail"
                columns={['Failed', 'Error rate']}
                rows={endpointRows(usage)}
                empty={NOTHING_FAILED}
              />
            </div>
            <div>
              <Breakdown
                view={view}
                filter="statusCode"
                title="Failed status codes"
                columns={['Failed', 'Share']}
                rows={statusRows(usage)}
                empty={NOTHING_FAILED}
              />
              <Breakdown
                view={view}
                filter="keyId"
                title="Keys that fail"
                columns={['Failed', 'Error rate']}
                rows={keyRows(usage)}
                empty={NOTHING_FAILED}
              />
            </div>
          </div>
        </>
      )}
    />
  );
}

function Summary({ usage: { usage, errors } }: { usage: Usage }): ReactNode {
  return (
    <p className="summary">
      <strong>{count(usage.failedRequests)}</strong> of {count(usage.totalRequests)} requests failed
      {errors?.errorRate ? ` (${percent(errors.errorRate)})` : ''}, {count(usage.throttledRequests)} of them throttled.
    </p>
  );
}

const failing = (value: string, failed: number, share: number, label?: string): BarRow => ({
  value,
  ...(label === undefined ? {} : { label }),
  size: failed,
  failed,
  cells: [count(failed), percent(share)],
});

function endpointRows({ errors }: Usage): BarRow[] {
  return (errors?.byEndpoint ?? []).map((row) => failing(row.endpoint, row.count, row.errorRate));
}

function statusRows({ errors }: Usage): BarRow[] {
  return (errors?.byStatusCode ?? [])
    .toSorted((a, b) => b.count - a.count)
    .map((row) => failing(String(row.statusCode), row.count, row.percentage));
}

/** Of all keys together past the first thousand nothing can be said apart. */
function keyRows({ breakdown }: Usage): BarRow[] {
  return (breakdown?.byKey ?? [])
    .filter(({ keyId, failedRequests }) => failedRequests > 0 && keyId !== OTHER)
    .toSorted((a, b) => b.failedRequests - a.failedRequests)
    .map((row) =>
      failing(row.keyId, row.failedRequests, (row.failedRequests / row.requests) * 100, row.name ?? row.keyId),
    );
}
