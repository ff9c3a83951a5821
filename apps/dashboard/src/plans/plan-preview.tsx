/** What the chosen account would pay by the plan of the form, priced by the service as one types. */
import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { CallError } from '../api/client';
import { type Cost, useCost } from '../api/use-cost';
import { Bills } from '../cost/bills';
import '../cost/cost.css';
import { span } from '../format/format';
import { CallState } from '../shell/call-state';

interface Props {
  account: string | undefined;
  query: UseQueryResult<Cost, CallError>;
  /** Whether the form was changed since it was asked for. */
  isOld: boolean;
}

export function PlanPreview({ account, query, isOld }: Props): ReactNode {
  const own = useCost(account === undefined ? null : { accountId: account, period: 'current' });
  const cost = query.isError ? undefined : query.data;
  const stale = isOld || query.isPlaceholderData;
  return (
    <section className="panel preview" aria-label="Preview" aria-busy={stale}>
      <h2>What it would cost</h2>
      {account === undefined && (
        <p className="note">Choose an account beside the screens to see what it would pay for its running period.</p>
      )}
      {query.error?.isPassing && <CallState query={query} />}
      {query.isError && !query.error.isPassing && (
        <p role="status" className="note">
          It cannot be priced as it is: {query.error.message}
        </p>
      )}
      {account !== undefined && query.isPending && <div className="chart shade" role="status" aria-label="Loading" />}
      {cost && (
        <div className="figures" data-stale={stale}>
          <p className="note">
            {account}, {periodOf(cost)}, so far
          </p>
          {own.data && isSamePeriod(own.data, cost) ? (
            <Bills cost={own.data} other={cost} isShare={false} />
          ) : (
            <Bills cost={cost} other={undefined} isShare={false} />
          )}
        </div>
      )}
    </section>
  );
}

function periodOf({ period: { from, to, timezone } }: Cost): string {
  return span(Date.parse(from), Date.parse(to), 'day', timezone);
}

/** Totals of two periods say nothing of each other. */
function isSamePeriod(one: Cost, other: Cost): boolean {
  return one.period.from === other.period.from && one.period.to === other.period.to;
}
