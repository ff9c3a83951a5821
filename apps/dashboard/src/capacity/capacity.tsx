/** What is to come: the forecast over the past, and when each limit of each key is met. */
import type { ReactNode } from 'react';
import type { ScreenProps } from '../screens';
import { Pills } from '../shell/pills';
import { ForecastPanel } from './forecast-panel';
import { Runway } from './runway';

export function Capacity({ view, zone }: ScreenProps): ReactNode {
  return (
    <>
      <Pills view={view} keyName={(keyId) => keyId} />
      <div className="figures">
        <ForecastPanel view={view} zone={zone} />
        <Runway view={view} zone={zone} />
      </div>
    </>
  );
}
