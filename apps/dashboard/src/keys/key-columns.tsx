/** The columns of the list of keys. */
import type { ReactNode } from 'react';
import type { Key } from '../api/use-keys';
import { count, dayAndTime, fromNow, shortCount } from '../format/format';
import { type View, NO_FILTERS, onScreen } from '../state/view';
import type { Column } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';

export type KeyAction = 'edit' | 'rotate' | 'revoke';

interface Shown {
  view: View;
  zone: string;
  now: number;
  /** Whether keys of several accounts are listed. */
  ofAll: boolean;
  /** Undefined for who may only look. */
  onAction: ((action: KeyAction, key: Key) => void) | undefined;
}

/** Within which an end is near. */
const SOON_MS = 14 * 86_400_000;

export function keyColumns({ view, zone, now, ofAll, onAction }: Shown): Column<Key>[] {
  const account: Column<Key> = { id: 'account', title: 'Account', cell: ({ accountId }) => accountId };
  const actions: Column<Key> = {
    id: 'actions',
    title: 'Actions',
    cell: (key) => onAction && <Actions of={key} onAction={onAction} />,
  };
  return [
    { id: 'name', title: 'Key', sort: 'asc', cell: (key) => <Name of={key} view={view} /> },
    ...(ofAll ? [account] : []),
    { id: 'status', title: 'Status', cell: (key) => <Status of={key} zone={zone} now={now} /> },
    { id: 'tier', title: 'Tier and limits', cell: (key) => <Limits of={key} /> },
    {
      id: 'requests',
      title: 'Requests',
      numeric: true,
      sort: 'desc',
      cell: ({ usage }) => (
        <span title={`${count(usage.requestsToday)} today, ${count(usage.requestsThisMonth)} this month (UTC)`}>
          {count(usage.totalRequests)}
          <span className="note below">{shortCount(usage.requestsThisMonth)} this month</span>
        </span>
      ),
    },
    {
      id: 'lastUsedAt',
      title: 'Last used',
      sort: 'desc',
      cell: ({ lastUsedAt }) => <When at={lastUsedAt} zone={zone} now={now} />,
    },
    {
      id: 'createdAt',
      title: 'Made',
      sort: 'asc',
      cell: ({ createdAt }) => <When at={createdAt} zone={zone} now={now} />,
    },
    ...(onAction ? [actions] : []),
  ];
}

/** Leads to the figures of the key. */
function Name({ of, view }: { of: Key; view: View }): ReactNode {
  const figures: View = { ...onScreen(view, ''), filters: { ...NO_FILTERS, keyId: [of.id] } };
  return (
    <div className="row-title">
      <ViewLink className="row-link" view={figures} title={`Figures of ${of.name}`}>
        {of.name}
      </ViewLink>
      {of.external && (
        <span className="badge" title="Known only from events: it has no secret here">
          external
        </span>
      )}
      <span className="note below">
        <code>{of.id}</code>
        {of.description && ` · ${of.description}`}
      </span>
    </div>
  );
}

function Status({
  of: { status, expiresAt, revokedAt },
  zone,
  now,
}: {
  of: Key;
  zone: string;
  now: number;
}): ReactNode {
  const ended = status === 'revoked' ? revokedAt : expiresAt;
  const title = ended === null ? undefined : dayAndTime(Date.parse(ended), zone);
  const isNear = status === 'active' && expiresAt !== null && Date.parse(expiresAt) - now < SOON_MS;
  const tone = status !== 'active' ? '' : isNear ? 'warn' : 'good';
  return (
    <span title={title}>
      <span className={`badge ${tone}`}>{status}</span>
      {ended !== null && (
        <span className="note below">
          {status === 'active' ? 'ends ' : ''}
          {fromNow(Date.parse(ended), now)}
        </span>
      )}
    </span>
  );
}

function Limits({ of: { tier, rateLimit } }: { of: Key }): ReactNode {
  const parts = [
    [rateLimit.requestsPerMinute, 'min'],
    [rateLimit.requestsPerHour, 'h'],
    [rateLimit.requestsPerDay, 'day'],
  ] as const;
  const limits = parts.flatMap(([limit, unit]) => (limit === null ? [] : [`${shortCount(limit)}/${unit}`]));
  return (
    <span>
      {tier}
      <span className="note below">{limits.length === 0 ? 'no limit' : limits.join(' · ')}</span>
    </span>
  );
}

const ACTIONS: readonly { action: KeyAction; label: string }[] = [
  { action: 'edit', label: 'Edit' },
  { action: 'rotate', label: 'Rotate' },
  { action: 'revoke', label: 'Revoke' },
];

/** What can be done to a key: a revoked one stays as it is, one that does not sign in has no secret to rotate. */
function Actions({ of, onAction }: { of: Key; onAction: (action: KeyAction, key: Key) => void }): ReactNode {
  const possible = ACTIONS.filter(({ action }) =>
    action === 'rotate' ? of.status === 'active' && !of.external : of.status !== 'revoked',
  );
  return (
    <span className="row-actions">
      {possible.map(({ action, label }) => (
        <button key={action} type="button" className="quiet" onClick={() => onAction(action, of)}>
          {label}
          <span className="hidden"> {of.name}</span>
        </button>
      ))}
    </span>
  );
}
