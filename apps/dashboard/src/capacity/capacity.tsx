/** What is to come: the forecast over the past, when limits are met, what other limits would do, and the service itself. */
import type { ReactNode } from 'react';
import { useMe } from '../api/use-me';
import type { ScreenProps } from '../screens';
import { Pills } from '../shell/pills';
import { ForecastPanel } from './forecast-panel';
import { Resources } from './resources';
import { Runway } from './runway';
import { Tiers } from './tiers';

export function Capacity({ view, zone }: ScreenProps): ReactNode {
  const isAdmin = useMe().data?.caller.permissions.includes('admin') ?? false;
  return (
    <>
      <Pills view={view} keyName={(keyId) => keyId} />
      <div className="figures">
        <ForecastPanel view={view} zone={zone} />
        <Runway view={view} zone={zone} />
        <Tiers view={view} zone={zone} />
        {isAdmin && view.account === undefined && <Resources />}
      </div>
    </>
  );
}
