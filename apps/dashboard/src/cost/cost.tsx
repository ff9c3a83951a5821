/** What usage costs: the bill of a period, what it comes from, and what another plan would have cost. */
import type { ReactNode } from 'react';
import { type Cost, costQuery, useCost } from '../api/use-cost';
import { useMe } from '../api/use-me';
import { usePlanPage } from '../api/use-plans';
import { Call } from '../as-call/as-call';
import { clock, span } from '../format/format';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { Pills } from '../shell/pills';
import { hasFilters } from '../state/view';
import { Bills } from './bills';
import { CostControls } from './cost-controls';
import { CostSeries } from './cost-series';
import { CostTiles } from './cost-tiles';
import './cost.css';
import { NoAccount, NoPlan } from './no-plan';
import { Remarks } from './remarks';
import { Shares } from './shares';

/** The plans that are offered to compare with. */
const OFFERED = { limit: 100, offset: 0 };

export function CostScreen({ view }: ScreenProps): ReactNode {
  const me = useMe().data;
  const isAdmin = me?.caller.permissions.includes('admin') ?? false;
  const isOfOne = me !== undefined && (!isAdmin || view.account !== undefined);
  const asked = costQuery(view);
  const query = useCost(isOfOne ? asked : null);
  const other = useCost(isOfOne && view.planId !== undefined ? { ...asked, planId: view.planId } : null);
  const plans = usePlanPage(OFFERED, isAdmin);
  if (me && !isOfOne) return <NoAccount />;
  const cost = query.data;
  const names = new Map(cost?.byKey.map(({ keyId, name }) => [keyId, name]));
  const isStale = query.isPlaceholderData;
  return (
    <>
      <Pills view={view} keyName={(keyId) => names.get(keyId) ?? keyId} />
      <CostControls view={view} asked={asked} plans={plans.data?.plans ?? []} cost={cost} />
      {query.error?.code === 'PLAN_NOT_FOUND' ? (
        <NoPlan isAdmin={isAdmin} view={view} />
      ) : (
        <>
          <CallState query={query} />
          {!cost && query.isPending && (
            <p className="note" role="status">
              Loading the cost…
            </p>
          )}
          {cost && (
            <div className="figures" aria-busy={isStale} data-stale={isStale}>
              <Priced cost={cost} />
              <div className="panel main-panel">
                <CostTiles cost={cost} />
                <CostSeries cost={cost} view={view} />
              </div>
              {view.planId !== undefined && <CallState query={other} />}
              <Bills
                cost={cost}
                other={view.planId === undefined ? undefined : other.data}
                isShare={hasFilters(view) && !isStale}
              />
              <Shares cost={cost} view={view} />
              <Remarks cost={cost} />
              <Call path="/usage/cost" query={asked} />
            </div>
          )}
        </>
      )}
    </>
  );
}

/** Which time was priced by what, and how far it can be relied on. */
function Priced({ cost: { period, plan } }: { cost: Cost }): ReactNode {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
  const { timezone, complete, watermark } = period;
  return (
    <p className="completeness">
      <span className={complete ? 'ok' : 'warn'}>
        {complete ? 'Complete' : `Running: complete to ${clock(Date.parse(watermark), timezone)}`}
      </span>
      <span>
        {span(from, to, 'day', timezone)}, {timezone}
      </span>
      <span>
        {plan.name}, version {plan.version}
      </span>
      <span>Amounts exact</span>
    </p>
  );
}
