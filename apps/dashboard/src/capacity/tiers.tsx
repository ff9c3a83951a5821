/** What each tier, and a limit of one's own, would have refused of what keys sent: `GET /usage/tiers`. */
import type { ReactNode } from 'react';
import { type KeyBacktest, type TiersQuery, useTiers } from '../api/use-capacity';
import { Call } from '../as-call/as-call';
import { count, dayAndTime, span } from '../format/format';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { type View, pageOf } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { TierSummary } from './tier-summary';
import { TriedLimitControl } from './tried-limit';

/** The keys that are throttled most; there is a call for all. */
const SHOWN = 25;

export function Tiers({ view, zone }: { view: View; zone: string }): ReactNode {
  const asked: TiersQuery = {
    ...(view.account === undefined ? {} : { accountId: view.account }),
    ...(view.filters.keyId.length > 0 ? { keyId: [...view.filters.keyId] } : {}),
    ...(view.tried ? { [view.tried.name]: view.tried.requests } : {}),
    timeframe: '30d',
    limit: SHOWN,
  };
  const query = useTiers(asked);
  const data = query.data;
  return (
    <>
      <section className="panel" aria-label="Other limits">
        <h2>What other limits would have refused</h2>
        <p className="note">
          Each request of the last 30 days, minute by minute by the limiter’s rules.
          {data && ` Tried: ${span(Date.parse(data.period.from), Date.parse(data.period.to), 'day', zone)}. `}
          {data?.notice}
        </p>
        <TriedLimitControl tried={view.tried} onTry={(tried) => go(withTried(view, tried), 'replace')} />
        <CallState query={query} />
        {!data && query.isPending && <p className="note table-empty">Trying the tiers on the past…</p>}
        {data && (
          <>
            {data.summary.keys > 0 && (
              <TierSummary summary={data.summary} tried={view.tried} stale={query.isPlaceholderData} />
            )}
            <DataTable
              caption="Keys in other tiers"
              columns={columns(view, zone)}
              rows={data.keys}
              rowKey={({ keyId }) => keyId}
              empty={<p>There is no active key whose requests could be tried.</p>}
              stale={query.isPlaceholderData}
            />
            {data.pagination.total > SHOWN && (
              <p className="note">
                The first {SHOWN} of {count(data.pagination.total)} keys, those first that are throttled most.
              </p>
            )}
          </>
        )}
      </section>
      <Call path="/usage/tiers" query={asked} />
    </>
  );
}

function withTried({ tried: _, ...view }: View, tried: View['tried']): View {
  return tried ? { ...view, tried } : view;
}

function columns(view: View, zone: string): Column<KeyBacktest>[] {
  const common: Column<KeyBacktest>[] = [
    { id: 'name', title: 'Key', cell: (key) => <KeyName of={key} view={view} /> },
    { id: 'requests', title: 'Sent', numeric: true, cell: ({ requests }) => count(requests) },
    {
      id: 'now',
      title: 'Refused by its tier',
      numeric: true,
      cell: ({ byTier, tier }) => <Refused of={byTier.find((tried) => tried.tier === tier)} zone={zone} />,
    },
    {
      id: 'fits',
      title: 'Lowest tier that fits',
      cell: ({ fits, tier }) =>
        fits === null ? (
          <span className="badge warn">none</span>
        ) : (
          <span>
            {fits}
            {fits === tier && <span className="note below">its own</span>}
          </span>
        ),
    },
  ];
  if (!view.tried) return common;
  const custom: Column<KeyBacktest> = {
    id: 'custom',
    title: 'Refused by the tried limit',
    numeric: true,
    cell: ({ custom: tried }) => <Refused of={tried ?? undefined} zone={zone} />,
  };
  return [...common, custom];
}

type Backtest = Pick<KeyBacktest['byTier'][number], 'throttledRequests' | 'worst'>;

function Refused({ of, zone }: { of: Backtest | undefined; zone: string }): ReactNode {
  if (!of) return <span className="note">–</span>;
  return (
    <span>
      {count(of.throttledRequests)}
      {of.worst && (
        <span className="note below">
          most at {dayAndTime(Date.parse(of.worst.at), zone)}: {count(of.worst.requests)}
        </span>
      )}
    </span>
  );
}

function KeyName({ of: { keyId, name, tier, accountId }, view }: { of: KeyBacktest; view: View }): ReactNode {
  const page = pageOf({ ...view, account: accountId }, 'keyId', keyId);
  return (
    <span>
      {page ? <ViewLink view={page}>{name}</ViewLink> : name}
      <span className="note below">
        {accountId}, {tier}
      </span>
    </span>
  );
}
