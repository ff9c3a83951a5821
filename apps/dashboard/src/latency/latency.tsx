/** How long requests take: the percentiles of the window, over time and by endpoint. */
import type { ReactNode } from 'react';
import { LatencyPanel } from '../overview/series-panel';
import { UsageScreen } from '../overview/usage-screen';
import type { ScreenProps } from '../screens';
import { EndpointLatency } from './endpoint-latency';
import { Percentiles } from './percentiles';

export function Latency({ view, zone }: ScreenProps): ReactNode {
  return (
    <UsageScreen
      view={view}
      zone={zone}
      figures={(usage) => (
        <>
          <div className="panel main-panel">
            <Percentiles usage={usage} view={view} />
            <LatencyPanel usage={usage} view={view} />
          </div>
          <EndpointLatency usage={usage} view={view} />
        </>
      )}
    />
  );
}
