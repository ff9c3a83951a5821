/** What every screen about usage has around its figures: filters, states, completeness, the call. */
import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { useCompared } from '../api/use-compared';
import { useUsage } from '../api/use-usage';
import type { ScreenProps } from '../screens';
import { AsCall } from '../as-call/as-call';
import { ShownUsage } from '../as-call/shown-usage';
import { CallState } from '../shell/call-state';
import { Pills } from '../shell/pills';
import { Completeness } from './completeness';
import { Empty } from './empty';
import { Skeleton } from './skeleton';

interface Props extends ScreenProps {
  /** Above the figures, with or without requests. */
  head?: (usage: Usage) => ReactNode;
  /** The figures of a window that had requests. */
  figures: (usage: Usage) => ReactNode;
  /** Shown whether there were requests or not. */
  always?: (usage: Usage) => ReactNode;
}

export function UsageScreen({ view, zone, head, figures, always }: Props): ReactNode {
  const query = useUsage(view, zone);
  const usage = useCompared(view, zone, query.data, query.isPlaceholderData);
  const names = new Map(usage?.breakdown?.byKey.map(({ keyId, name }) => [keyId, name]));
  return (
    <>
      <Pills view={view} keyName={(keyId) => names.get(keyId) ?? keyId} />
      <CallState query={query} />
      {!usage && query.isPending && <Skeleton />}
      {usage && (
        <div className="figures" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
          {head?.(usage)}
          <Completeness usage={usage} />
          <ShownUsage value={{ view, usage }}>
            {usage.usage.totalRequests === 0 ? <Empty view={view} /> : figures(usage)}
          </ShownUsage>
          {always?.(usage)}
          {!view.embed && <AsCall view={view} zone={zone} />}
        </div>
      )}
    </>
  );
}
