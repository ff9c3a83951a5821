/** What an owner of keys opens every morning. */
import type { ReactNode } from 'react';
import { useUsage } from '../api/use-usage';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { Pills } from '../shell/pills';
import { AsCall } from './as-call';
import { Alerts } from './alerts';
import { Breakdowns } from './breakdowns';
import { Completeness } from './completeness';
import { Empty } from './empty';
import { RateLimits } from './rate-limits';
import { SeriesPanel } from './series-panel';
import { Skeleton } from './skeleton';
import { Tiles } from './tiles';

export function Overview({ view, zone }: ScreenProps): ReactNode {
  const query = useUsage(view, zone);
  const usage = query.data;
  const names = new Map(usage?.breakdown?.byKey.map(({ keyId, name }) => [keyId, name]));
  return (
    <>
      <Pills view={view} keyName={(keyId) => names.get(keyId) ?? keyId} />
      <CallState query={query} />
      {!usage && query.isPending && <Skeleton />}
      {usage && (
        <div className="figures" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
          <Completeness usage={usage} />
          {usage.usage.totalRequests === 0 ? (
            <Empty view={view} />
          ) : (
            <>
              <div className="panel main-panel">
                <Tiles usage={usage} view={view} />
                <SeriesPanel usage={usage} view={view} />
              </div>
              <Alerts alerts={usage.alerts} view={view} zone={usage.period.timezone} />
              <Breakdowns usage={usage} view={view} />
            </>
          )}
          <RateLimits limits={usage.rateLimits} />
          <AsCall view={view} zone={zone} />
        </div>
      )}
    </>
  );
}
