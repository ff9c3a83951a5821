/** What an owner of keys opens every morning. */
import type { ReactNode } from 'react';
import type { ScreenProps } from '../screens';
import { Alerts } from './alerts';
import { Breakdowns } from './breakdowns';
import { RateLimits } from './rate-limits';
import { SeriesPanel } from './series-panel';
import { Tiles } from './tiles';
import { UsageScreen } from './usage-screen';

export function Overview({ view, zone }: ScreenProps): ReactNode {
  return (
    <UsageScreen
      view={view}
      zone={zone}
      figures={(usage) => (
        <>
          <div className="panel main-panel">
            <Tiles usage={usage} view={view} />
            <SeriesPanel usage={usage} view={view} metric={view.metric} />
          </div>
          <Alerts alerts={usage.alerts} view={view} zone={usage.period.timezone} />
          <Breakdowns usage={usage} view={view} />
        </>
      )}
      always={(usage) => <RateLimits usage={usage} />}
    />
  );
}
